import { draft, NO_MOVEMENTS } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let app: Client;
let analyst: Client;
beforeAll(async () => {
  running = await serve("demo");
  app = await running.as("RECORDER", "CB-TP", "the app of the city");
  analyst = await running.as("ANALYST", "VN");
}, 600_000);
afterAll(() => running.close());

const ABOVE = ["city", "province", "confederation"] as const;
const rates = async () => {
  const figure = `rollup(schoolYear: "2023-2024") { figure: staffConferenceCompletion { value numerator denominator coverage { expected reported missing } } }`;
  const data = await analyst.data(
    `{ city: unit(code: "CB-TP") { ${figure} } province: unit(code: "CB") { ${figure} } confederation: unit(code: "VN") { ${figure} } }`,
  );
  return ABOVE.map((name) => data[name].rollup.figure);
};
const moved = async (work: () => Promise<unknown>) => {
  const before = await rates();
  await work();
  const after = await rates();
  return ABOVE.map((_, index) => ({
    numerator: after[index].numerator - before[index].numerator,
    denominator: after[index].denominator - before[index].denominator,
    reported: after[index].coverage.reported - before[index].coverage.reported,
  }));
};
const by = (numerator: number, reported: number) => ABOVE.map(() => ({ numerator, denominator: 0, reported }));

const RECORD = `mutation ($input: RecordConferenceInput!) {
  recordConference(input: $input) {
    outcome version userErrors { code field message { en } } findings { code field }
    record { id version state heldOn present type recordedBy { name } recordedAt reason unit { code parent { parent { code rollup(schoolYear: "2023-2024") { staffConferenceCompletion { numerator denominator } } } } }
      versions { nodes { version state recordedBy { name } reason content } } }
  }
}`;
const WITHDRAW = `mutation ($input: WithdrawInput!) { withdrawConference(input: $input) { outcome version userErrors { code field } record { state version reason } } }`;
const SCHOOL = "CB-TP-TH-SONGHIEN";
const conference = { unit: SCHOOL, schoolYear: "2023-2024", heldOn: "2023-10-05", workers: 40, convened: 40, present: 38, votesFor: 37 };
const record = async (changes: object = {}) => (await app.data(RECORD, { input: { ...conference, ...changes } })).recordConference;

describe("one conference, from its first report to its withdrawal", () => {
  let id: string;

  test("it moves the rates of city, province and confederation at once, in its own answer and in the next query", async () => {
    let answer: any;
    const before = (await rates())[0];
    expect(await moved(async () => (answer = await record()))).toEqual(by(1, 1));
    expect(answer).toMatchObject({ outcome: "STORED", version: 1, userErrors: [], findings: [], record: { type: "STAFF_CONFERENCE" } });
    expect(answer.record.unit.parent.parent).toEqual({
      code: "CB-TP",
      rollup: { staffConferenceCompletion: { numerator: before.numerator + 1, denominator: before.denominator } },
    });
    id = answer.record.id;
  });

  test("sent again unchanged it answers UNCHANGED and the same record, and nothing moves", async () => {
    let answer: any;
    expect(await moved(async () => (answer = await record()))).toEqual(by(0, 0));
    expect(answer).toMatchObject({ outcome: "UNCHANGED", version: 1, record: { id } });
  });

  test.each([
    ["no version", undefined],
    ["an old version", 0],
    ["a version that is not there yet", 2],
  ])("a correction with %s is refused, and the answer shows what stands", async (_, expectedVersion) => {
    const answer = await record({ present: 39, expectedVersion });
    expect(answer).toMatchObject({ outcome: "REJECTED", version: 1, userErrors: [{ code: "VERSION_CONFLICT", field: "expectedVersion" }] });
    expect(answer.record).toMatchObject({ id, version: 1, present: 38 });
  });

  test("corrected to less than a quorum it no longer counts, is flagged and still counts as reported", async () => {
    let answer: any;
    expect(await moved(async () => (answer = await record({ present: 12, votesFor: 12, expectedVersion: 1, reason: "đếm lại" })))).toEqual(
      by(-1, 0),
    );
    expect(answer).toMatchObject({ outcome: "STORED", version: 2, findings: [{ code: "QUORUM_NOT_MET", field: "present" }] });
    const { node } = await app.data(`query ($id: ID!) { node(id: $id) { ... on Conference { findings { code } } } }`, { id });
    expect(node.findings).toEqual([{ code: "QUORUM_NOT_MET" }]);
  });

  test("withdrawn with an old version it stays; withdrawn with the right one it counts nowhere", async () => {
    const withdraw = async (expectedVersion: number) =>
      (await app.data(WITHDRAW, { input: { record: id, reason: "nhập nhầm trường", expectedVersion } })).withdrawConference;
    expect(await withdraw(1)).toMatchObject({ outcome: "REJECTED", version: 2, userErrors: [{ code: "VERSION_CONFLICT" }] });
    expect(await moved(() => withdraw(2))).toEqual(by(0, -1));
    expect(await withdraw(3)).toEqual({
      outcome: "UNCHANGED",
      version: 3,
      userErrors: [],
      record: { state: "WITHDRAWN", version: 3, reason: "nhập nhầm trường" },
    });
  });

  test("every version stays readable with who, when and why, and the unit lists the record only when asked for withdrawn ones", async () => {
    const query = `query ($code: String!, $withdrawn: Boolean!) { unit(code: $code) { records(kind: conference, schoolYear: "2023-2024", withdrawn: $withdrawn) {
      totalCount nodes { id findings { code } versions { nodes { version state recordedAt recordedBy { name unit } reason provenance content } } } } } }`;
    const listed = async (withdrawn: boolean) => (await app.data(query, { code: SCHOOL, withdrawn })).unit.records;
    expect(await listed(false)).toMatchObject({ totalCount: 0, nodes: [] });
    const { totalCount, nodes } = await listed(true);
    expect([totalCount, nodes[0].id, nodes[0].findings]).toEqual([1, id, []]);
    const common = {
      recordedBy: { name: "the app of the city", unit: "Liên đoàn Lao động thành phố Cao Bằng" },
      recordedAt: "2025-06-20T05:00:00.000Z",
      provenance: "REPORTED",
    };
    expect(nodes[0].versions.nodes).toMatchObject([
      { version: 3, state: "WITHDRAWN", reason: "nhập nhầm trường", content: { present: 12 }, ...common },
      { version: 2, state: "STANDING", reason: "đếm lại", content: { present: 12 }, ...common },
      { version: 1, state: "STANDING", reason: null, content: { present: 38 }, ...common },
    ]);
  });

  test("reported again after its withdrawal it stands as the next version and counts again", async () => {
    let answer: any;
    expect(await moved(async () => (answer = await record()))).toEqual(by(1, 1));
    expect(answer).toMatchObject({ outcome: "STORED", version: 4, record: { id, state: "STANDING" } });
  });
});

test("a refused conference answers all its problems at once, each with the field and a sentence", async () => {
  const { outcome, record: stored, userErrors } = await record({ schoolYear: "2023-2025", heldOn: "2023-02-30", convened: -1, attempt: 3 });
  expect([outcome, stored]).toEqual(["REJECTED", null]);
  expect(userErrors.map(({ code, field }: any) => `${code} ${field}`).sort()).toEqual([
    "INVALID heldOn",
    "OUT_OF_RANGE attempt",
    "OUT_OF_RANGE convened",
    "SCHOOL_YEAR_NOT_FOUND schoolYear",
  ]);
  expect(userErrors.find(({ field }: any) => field === "schoolYear").message.en).toContain('Did you mean "2023-2024"?');
});

test("an explicit NOT HELD counts as a report and not as done", async () => {
  const notHeld = { unit: "CB-TP-THCS-DETHAM", schoolYear: "2023-2024", notHeldBecause: "REORGANISATION" };
  const send = async () => expect((await app.data(RECORD, { input: notHeld })).recordConference.outcome).toBe("STORED");
  expect(await moved(send)).toEqual(by(0, 1));
});

describe("the other kinds", () => {
  const school = "CB-TP-MN-SONGHIEN";

  test("a membership report that does not balance is accepted, counts and is flagged", async () => {
    const people = { workersOpening: 30, womenWorkersOpening: 28, membersOpening: 29, womenMembersOpening: 27 };
    const closing = { workersClosing: 31, womenWorkersClosing: 29, membersClosing: 31, womenMembersClosing: 28 };
    const moved = { ...NO_MOVEMENTS, admitted: 1 };
    const { reportMembership } = await app.data(
      `mutation ($input: ReportMembershipInput!) { reportMembership(input: $input) { outcome findings { code field message { en } }
         record { membersClosing admitted left unit { rollup(schoolYear: "2021-2022") { members { value } membershipBalance { statuses { yes no } } sources { reported } } } } } }`,
      { input: { unit: school, schoolYear: "2021-2022", ...people, ...closing, ...moved } },
    );
    expect(reportMembership).toMatchObject({
      outcome: "STORED",
      findings: [{ code: "MEMBERSHIP_DOES_NOT_BALANCE", field: "membersClosing" }],
      record: { membersClosing: 31, admitted: 1, left: 0 },
    });
    expect(reportMembership.record.unit.rollup).toEqual({
      members: { value: 31 },
      membershipBalance: { statuses: { yes: 0, no: 1 } },
      sources: { reported: 1 },
    });
  });

  test("an agreement of several schools stands with each of them and counts in every year in which it is in force", async () => {
    const steward = await running.as("STEWARD", "HN");
    const { units } = await steward.data(
      `{ units(filter: {ancestor: "HN-BTL", ownership: NON_PUBLIC, level: SCHOOL}, orderBy: {by: INDICATOR, indicator: "agreementCoverage", schoolYear: "2023-2024"}) {
         nodes { code parent { level } before: rollup(schoolYear: "2023-2024") { agreementCoverage { value } } } } }`,
    );
    const [one, two] = units.nodes.filter(
      ({ parent, before }: any) => parent.level === "GRASSROOTS" && before.agreementCoverage.value === 0,
    );
    const schools = [one.code, two.code];
    const input = { unit: "HN-BTL", reference: "01/2023/TƯ", type: "MULTI_ENTERPRISE", schools, ballotFor: 30, ballotTotal: 40 };
    const days = { signedOn: "2023-10-01", expiresOn: "2025-12-31", filedOn: "2023-10-20" };
    const { recordCollectiveAgreement } = await steward.data(
      `mutation ($input: RecordCollectiveAgreementInput!) { recordCollectiveAgreement(input: $input) { outcome userErrors { field message { en } } findings { code }
         record { effectiveOn schools { nodes { code trend(from: "2022-2023", to: "2024-2025") { agreementCoverage { value } } records(kind: collectiveAgreement) { nodes { reporter { name } unit { code } } } } } } } }`,
      { input: { ...input, ...days } },
    );
    expect(recordCollectiveAgreement).toMatchObject({ outcome: "STORED", findings: [{ code: "AGREEMENT_FILED_LATE" }] });
    for (const covered of recordCollectiveAgreement.record.schools.nodes) {
      expect(schools).toContain(covered.code);
      expect(covered.trend.map(({ agreementCoverage }: any) => agreementCoverage.value)).toEqual([0, 1, 1]);
      expect(covered.records.nodes).toContainEqual({
        unit: { code: "HN-BTL" },
        reporter: { name: expect.stringContaining("Bắc Từ Liêm") },
      });
    }
  });
});

test("two tokens of one name are told apart by who stored a version, and the unit of each is named", async () => {
  const clients = [await running.as("RECORDER", "CB-TP", "Văn phòng"), await running.as("STEWARD", "CB", "Văn phòng")];
  const ids = await Promise.all(clients.map((client) => client.tokenId()));
  const [{ problems }] = (await running.desk.register(draft.school("CB-TP-MOI", "CB-TP"))) as any;
  expect(problems).toEqual([]);
  const other = { ...conference, unit: "CB-TP-MOI" };
  const send = async (client: Client, input: object) =>
    (
      await client.data(
        `mutation ($input: RecordConferenceInput!) { recordConference(input: $input) {
      outcome record { recordedBy { name tokenId unit } versions { nodes { recordedBy { name tokenId unit } } } } } }`,
        { input },
      )
    ).recordConference;
  await send(clients[0]!, other);
  const answer = await send(clients[1]!, { ...other, present: 39, expectedVersion: 1 });
  const [city, province] = [
    { name: "Văn phòng", tokenId: ids[0], unit: "Liên đoàn Lao động thành phố Cao Bằng" },
    { name: "Văn phòng", tokenId: ids[1], unit: "Liên đoàn Lao động tỉnh Cao Bằng" },
  ];
  expect(answer).toEqual({
    outcome: "STORED",
    record: { recordedBy: province, versions: { nodes: [{ recordedBy: province }, { recordedBy: city }] } },
  });
});
