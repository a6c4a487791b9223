import { type Client, type Running, serve } from "./graphql/server.js";

/**
 * Each of the five source documents could be written from the hub's answers: of each of its statements the query that
 * gives it, and what the answer says. Left out is what states no fact (tasks set, wishes, praise).
 */
let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("demo");
  analyst = await running.as("ANALYST", "VN");
}, 600_000);
afterAll(() => running.close());

type Statement = [says: string, query: string, holds: (data: any) => void];

const rollup = (code: string, year: string, figures: string) =>
  `{ unit(code: "${code}") { rollup(schoolYear: "${year}") { ${figures} } } }`;
const directives = (code: string) =>
  `{ unit(code: "${code}") { directives { nodes { number issuer issuedOn settings { nodes { indicator schoolYear deadline target } } } } } }`;
const numbers = (data: any) => data.unit.directives.nodes.map(({ number, issuedOn }: any) => `${number} ${issuedOn}`);
const whole = { value: 1, denominator: expect.any(Number) };
const is = (expected: object) => (data: any) => expect(data.unit.rollup).toEqual(expected);
const reconciled = (code: string, year: string) =>
  `{ unit(code: "${code}") { reconciliation(schoolYear: "${year}") { nodes { published { indicator value words period } agrees incomparable causes { code words { en } } } } } }`;
const printed = (expected: Record<string, unknown>) => (data: any) =>
  expect(
    Object.fromEntries(
      data.unit.reconciliation.nodes.map(({ published, agrees, incomparable }: any) => [
        published.indicator,
        agrees ?? published.words ?? `${published.value} ${incomparable}`,
      ]),
    ),
  ).toMatchObject(expected);
const conferenceOf = (code: string) =>
  `{ unit(code: "${code}") { records(schoolYear: "2023-2024", kind: [conference]) { nodes { ... on Conference { heldOn heldOnPrecision pactSigned } } } } }`;
const heldOn = (expected: object) => (data: any) => expect(data.unit.records.nodes).toEqual([expected]);

const documents: Record<string, Statement[]> = {
  "Cao Bằng city, conferences of 2024-2025": [
    [
      "32 grassroots unions in the school sector",
      rollup("CB-TP", "2024-2025", "grassrootsUnionCount { value }"),
      is({ grassrootsUnionCount: { value: 32 } }),
    ],
    [
      "guided by 08/HD-LĐLĐ of the province, under Decrees 59/2023 and 145/2020",
      directives("CB-TP"),
      (data) =>
        expect(numbers(data)).toEqual(
          expect.arrayContaining(["08/HD-LĐLĐ 2024-03-26", "59/2023/NĐ-CP 2023-08-14", "145/2020/NĐ-CP 2020-12-14"]),
        ),
    ],
    [
      "100% held their conference",
      rollup("CB-TP", "2024-2025", "staffConferenceCompletion { value numerator denominator }"),
      is({ staffConferenceCompletion: { value: 1, numerator: 32, denominator: 32 } }),
    ],
    [
      "which reviewed the resolution, heard the inspection committee's report and signed the pact",
      `{ unit(code: "CB-TP") {
        rollup(schoolYear: "2024-2025") { emulationPact { numerator } }
        worklist(schoolYear: "2024-2025", indicator: "staffConferenceCompletion", status: YES) { totalCount nodes { unit { records(schoolYear: "2024-2025", kind: [conference]) { nodes { ... on Conference { adopted } } } } } } } }`,
      ({ unit }) => {
        expect(unit.rollup.emulationPact.numerator).toBe(32);
        for (const { unit: school } of unit.worklist.nodes)
          expect(school.records.nodes[0].adopted).toEqual(expect.arrayContaining(["RESOLUTION_REVIEW", "INSPECTION_COMMITTEE_REPORT"]));
      },
    ],
    [
      "and elected inspection committees of 3 to 5 for 2024-2026",
      rollup(
        "CB-TP",
        "2024-2025",
        "inspectionCommitteeElection { numerator denominator } inspectionCommitteeSize { buckets { key count } }",
      ),
      ({ unit: { rollup: found } }) => {
        expect(found.inspectionCommitteeElection).toEqual({ numerator: 32, denominator: 32 });
        const sizes = found.inspectionCommitteeSize.buckets.filter(({ count }: any) => count > 0);
        expect(sizes.map(({ key }: any) => key)).toEqual(["OF_3", "OF_4", "OF_5"]);
        expect(sizes.reduce((sum: number, { count }: any) => sum + count, 0)).toBe(32);
      },
    ],
    [
      "and what was printed agrees",
      reconciled("CB-TP", "2024-2025"),
      printed({ grassrootsUnionCount: true, staffConferenceCompletion: true, inspectionCommitteeSize: expect.stringContaining("3 to 5") }),
    ],
  ],
  "Cao Bằng's education sector union, congresses 2023-2028": [
    [
      "led by 279-NQ/ĐU, 17-CT/TU, 13-CT/TW and 05-CT/TW",
      directives("CB-GD"),
      (data) =>
        expect(numbers(data)).toEqual(
          expect.arrayContaining(["279-NQ/ĐU 2022-07-06", "17-CT/TU 2022-04-21", "13-CT/TW 2022-01-17", "05-CT/TW 2016-05-15"]),
        ),
    ],
    [
      "congresses of the grassroots unions before 31 May 2023",
      rollup("CB-GD", "2022-2023", "congressCompletion { value numerator denominator deadline }"),
      is({ congressCompletion: { value: 1, numerator: 30, denominator: 30, deadline: "2023-05-30" } }),
    ],
    [
      "congress of the sector union before 31 July 2023",
      rollup("CB-GD", "2023-2024", "federationCongressCompletion { numerator denominator deadline }"),
      is({ federationCongressCompletion: { numerator: 1, denominator: 1, deadline: "2023-07-30" } }),
    ],
  ],
  "Thanh Trì, conferences of 2023-2024": [
    [
      "Liên Ninh primary: September 2023, pact signed",
      conferenceOf("HN-TT-TH-LIENNINH"),
      heldOn({ heldOn: "2023-09-30", heldOnPrecision: "MONTH", pactSigned: true }),
    ],
    [
      "Tứ Hiệp primary: September 2023, pact signed",
      conferenceOf("HN-TT-TH-TUHIEP"),
      heldOn({ heldOn: "2023-09-30", heldOnPrecision: "MONTH", pactSigned: true }),
    ],
    [
      "Chu Văn An lower secondary: 25 September, pact signed",
      conferenceOf("HN-TT-THCS-CHUVANAN"),
      heldOn({ heldOn: "2023-09-25", heldOnPrecision: "DAY", pactSigned: true }),
    ],
    [
      "by guidance 383/HD-UBND-LĐLĐ the block ends before 14 October",
      `{ unit(code: "HN-TT") { directives { nodes { number settings { nodes { deadline } } } } rollup(schoolYear: "2023-2024", where: { ownership: PUBLIC }) { conferenceOnTime { value deadline denominator } } } }`,
      ({ unit }) => {
        expect(unit.directives.nodes).toContainEqual({ number: "383/HD-UBND-LĐLĐ", settings: { nodes: [{ deadline: "2023-10-13" }] } });
        expect(unit.rollup.conferenceOnTime).toEqual({ ...whole, deadline: "2023-10-13" });
      },
    ],
    [
      "in 2018-2023 100%, 73.3%, 54%, 88.12% and 98.02%, of agencies and enterprises, too",
      reconciled("HN-TT", "2022-2023"),
      printed({
        staffConferenceCompletion: "1 OTHER_SCOPE",
        labourConferenceCompletion: "0.733 OTHER_SCOPE",
        agreementsSignedInTerm: "0.54 OTHER_SCOPE",
        democracyRegulation: "0.8812 OTHER_SCOPE",
        inspectionCommitteeInTerm: "0.9802 OTHER_SCOPE",
      }),
    ],
    [
      "aims for 2023-2028: 100% of staff conferences, 100% of labour conferences, each year",
      rollup("HN-TT", "2023-2024", "staffConferenceCompletion { target attained } labourConferenceCompletion { target }"),
      is({ staffConferenceCompletion: { target: 1, attained: true }, labourConferenceCompletion: { target: 1 } }),
    ],
  ],
  "Cao Phong, school year 2021-2022": [
    [
      "hundreds were given presents",
      rollup("HB-CP", "2021-2022", "welfareGifts { value } welfareRecipients { value perHundred { value } }"),
      ({ unit: { rollup: found } }) => {
        expect(found.welfareRecipients.value).toBeGreaterThan(200);
        expect(found.welfareGifts.value).toBeGreaterThan(200);
      },
    ],
    [
      "100% of the units apply pay and benefit policy in full",
      rollup("HB-CP", "2021-2022", "policyCompliance { value numerator denominator }"),
      is({ policyCompliance: { value: 1, numerator: 31, denominator: 31 } }),
    ],
    [
      "democracy regulations are carried on",
      rollup("HB-CP", "2021-2022", "democracyRegulation { value }"),
      ({ unit: { rollup: found } }) => expect(found.democracyRegulation.value).toBeGreaterThan(0.75),
    ],
    [
      "many initiatives were registered, collectives and people rewarded",
      rollup("HB-CP", "2021-2022", "initiativesRegistered { value } awardsCollective { value } awardsIndividual { value }"),
      ({ unit: { rollup: found } }) => {
        expect(found.initiativesRegistered.value).toBeGreaterThan(50);
        expect([found.awardsCollective.value > 0, found.awardsIndividual.value > 0]).toEqual([true, true]);
      },
    ],
    [
      "and what was printed agrees, or stands in words",
      reconciled("HB-CP", "2021-2022"),
      printed({ policyCompliance: true, welfareRecipients: expect.any(String), initiativesRegistered: expect.any(String) }),
    ],
  ],
  "Bắc Từ Liêm, school year 2023-2024": [
    [
      "an occupational union of nursery teachers was founded, members recruited",
      `{ unit(code: "HN-BTL") { now: rollup(schoolYear: "2023-2024") { occupationalUnionCount { value } membersAdmitted { value } } before: rollup(schoolYear: "2022-2023") { occupationalUnionCount { value } } } }`,
      ({ unit: { now, before } }) => {
        expect([before.occupationalUnionCount.value, now.occupationalUnionCount.value]).toEqual([0, 1]);
        expect(now.membersAdmitted.value).toBeGreaterThan(0);
      },
    ],
    [
      "100% have the full set of regulations of the term 2023-2028",
      rollup("HN-BTL", "2023-2024", "fullRegulationSet { value denominator }"),
      is({ fullRegulationSet: { value: 1, denominator: 70 } }),
    ],
    [
      "women's committees stand, yearly programmes of both committees were adopted, officers were trained",
      rollup("HN-BTL", "2023-2024", "womensCommittee { value } annualProgramme { value } trainingAttendance { value }"),
      ({ unit: { rollup: found } }) => {
        expect(found.womensCommittee.value).toBe(1);
        expect([found.annualProgramme.value > 0.9, found.trainingAttendance.value > 0.8]).toEqual([true, true]);
      },
    ],
    [
      "the three bodies meet every month or every two months, with minutes",
      rollup(
        "HN-BTL",
        "2023-2024",
        "meetingCadence { buckets { key count } } executiveMeetingCompliance { value denominator } inspectionMeetingCompliance { value denominator } womensMeetingCompliance { value denominator }",
      ),
      ({ unit: { rollup: found } }) => {
        expect(found.meetingCadence.buckets.reduce((sum: number, { count }: any) => sum + count, 0)).toBe(70);
        for (const body of ["executive", "inspection", "womens"]) expect(found[`${body}MeetingCompliance`].denominator).toBeGreaterThan(0);
      },
    ],
    [
      "collectives and people were rewarded",
      rollup("HN-BTL", "2023-2024", "awardsCollective { value } awardsIndividual { value }"),
      ({ unit: { rollup: found } }) => expect([found.awardsCollective.value > 0, found.awardsIndividual.value > 0]).toEqual([true, true]),
    ],
    ["and what was printed agrees", reconciled("HN-BTL", "2023-2024"), printed({ fullRegulationSet: true })],
  ],
};

describe.each(Object.entries(documents))("%s", (_, statements) => {
  test.each(statements)("%s", async (_says, query, holds) => holds(await analyst.data(query)));
});
