import { indicators } from "../../src/domain/figures/catalogue.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let province: Client;
let city: Client;
let rural: Client;

const MANY = 25;

beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const preschool = { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" } as const;
  const done = [
    ...(await desk.register(
      draft.province("CB"),
      draft.district("CB-TP", "CB", { kind: "CITY" }),
      draft.district("CB-HA", "CB"),
      draft.union("U", "CB-TP"),
      draft.school("A", "U"),
      draft.school("B", "U"),
      draft.school("SMALL", "U"),
      draft.school("C", "CB-TP"),
      draft.school("P", "U", preschool),
      draft.school("CLOSED", "CB-TP"),
      draft.school("GONE", "CB-TP"),
      draft.province("MANY"),
      ...Array.from({ length: MANY }, (_, index) => draft.district(`D${index}`, "MANY")),
      ...Array.from({ length: MANY }, (_, index) => draft.school(`D${index}-S`, `D${index}`)),
    )),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(
      report.conference("A"),
      report.conference("C", {
        heldOn: null,
        convened: null,
        present: null,
        votesFor: null,
        pactSigned: null,
        notHeldBecause: "POSTPONED",
      }),
      report.conference("GONE"),
      report.membership("A", 20, { admitted: 2, membersClosing: 22 }),
      report.membership("GONE", 30, { left: 1, membersClosing: 29 }),
      report.membership("SMALL", 4, { workersOpening: 6, workersClosing: 6 }),
      report.agreement("P", { reference: "old", signedOn: "2019-10-01", expiresOn: "2021-09-30", filedOn: "2019-10-05" }),
      report.agreement("P", { reference: "new" }),
      report.directive("CB", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", target: 1 }], { number: "12/KH-LĐLĐ" }),
      report.directive("CB-TP", [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-11-15" }], {
        number: "7/HD",
      }),
      ...Array.from({ length: MANY }, (_, index) => report.conference(`D${index}-S`)),
    )),
    await desk.close("CLOSED", "2024-01-01"),
    await desk.move("GONE", "CB-HA", "2025-06-10"),
    await desk.send({ ...report.conference("A", { present: 29 }), expectedVersion: 1, reason: "counted again" }),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  [province, city, rural] = [await running.as("ANALYST", "CB"), await running.as("ANALYST", "CB-TP"), await running.as("ANALYST", "CB-HA")];
});
afterAll(() => running.close());

const YEAR = 'schoolYear: "2024-2025"';
const explain = async (client: Client, code: string, fields: string, args = 'indicator: "staffConferenceCompletion"') =>
  (await client.data(`query ($code: String!) { unit(code: $code) { explain(${args}, ${YEAR}) { ${fields} } } }`, { code })).unit.explain;
const CONTRIBUTIONS = "nodes { by numerator denominator share shareOfDenominator unit { code } } totalCount";

test("from a province one goes down by contributions to the record of a school, who entered it and when", async () => {
  const line: string[] = [];
  let code = "CB";
  for (let by = "BELOW"; by === "BELOW";) {
    const { contributions } = await explain(province, code, `contributions { ${CONTRIBUTIONS} }`);
    line.push(code);
    const next = code === "CB-TP" ? contributions.nodes.find(({ unit }: any) => unit.code === "U") : contributions.nodes[0];
    ({
      by,
      unit: { code },
    } = next);
  }
  expect(line).toEqual(["CB", "CB-TP", "U", "A"]);
  const { records, numerator } = await explain(
    province,
    "A",
    "numerator records { totalCount nodes { kind version recordedBy { name } recordedAt versions { nodes { version reason content } } ... on Conference { present } } }",
  );
  expect([numerator, records]).toEqual([
    1,
    {
      totalCount: 1,
      nodes: [
        {
          ...{ kind: "conference", version: 2, recordedBy: { name: "ADMINISTRATOR of the test" }, present: 29 },
          recordedAt: "2025-06-20T05:00:00.000Z",
          versions: {
            nodes: [
              expect.objectContaining({ version: 2, reason: "counted again" }),
              expect.objectContaining({ version: 1, reason: null }),
            ],
          },
        },
      ],
    },
  ]);
});

test("the formula has the figures put in, and the figure is that of the rollup", async () => {
  const told = await explain(
    province,
    "CB-TP",
    "numerator denominator value formula { en vi } terms { part measure factor amount } coverage { expected reported missing } bounds { lower upper } indicator { key } unit { code } schoolYear { label } tree",
  );
  const { rollup } = (
    await province.data(
      `{ unit(code: "CB-TP") { rollup(${YEAR}) { staffConferenceCompletion { numerator denominator value coverage { expected reported missing } bounds { lower upper } } } } }`,
    )
  ).unit;
  expect(told).toMatchObject(rollup.staffConferenceCompletion);
  expect(told).toMatchObject({
    ...{
      numerator: 2,
      denominator: 4,
      indicator: { key: "staffConferenceCompletion" },
      unit: { code: "CB-TP" },
      schoolYear: { label: "2024-2025" },
    },
    tree: "OF_THE_YEAR",
    formula: {
      en: expect.stringMatching(/^2 public schools .* of 4 public schools .* = 50%$/),
      vi: expect.stringMatching(/^2 trường .* = 50%$/),
    },
  });
  expect(told.terms.map(({ part, measure, factor, amount }: any) => `${part} ${factor} ${measure} ${amount}`)).toEqual([
    "NUMERATOR 1 staffConferenceYes 2",
    "DENOMINATOR 1 staffConferenceYes 2",
    "DENOMINATOR 1 staffConferenceNo 1",
    "DENOMINATOR 1 staffConferenceNoReport 1",
  ]);
});

test.each(["", ", tree: TODAY", ", where: {ownership: PUBLIC}"])("contributions add up to every indicator (%s)", async (args) => {
  for (const [client, code] of [
    [province, "CB"],
    [city, "CB-TP"],
    [city, "U"],
    [rural, "GONE"],
  ] as const) {
    const one = ({ key }: { key: string }) =>
      `${key}: explain(indicator: "${key}", ${YEAR}${args}) { numerator denominator contributions { ${CONTRIBUTIONS} } }`;
    const { unit } = await client.data(`{ unit(code: "${code}") { ${indicators.map(one).join(" ")} } }`);
    for (const { key } of indicators) {
      const { numerator, denominator, contributions } = unit[key];
      const total = (field: string) => contributions.nodes.reduce((sum: number, node: any) => sum + node[field], 0);
      expect([key, total("numerator"), denominator === null ? null : total("denominator")]).toEqual([key, numerator, denominator]);
      if (numerator !== 0) expect([key, total("share")]).toEqual([key, expect.closeTo(1, 9)]);
      if (denominator) expect([key, total("shareOfDenominator")]).toEqual([key, expect.closeTo(1, 9)]);
    }
  }
});

test("what has left the caller's branch since keeps its part and loses its name", async () => {
  const members = 'indicator: "members"';
  const parts = async (client: Client, code: string) =>
    (await explain(client, code, `contributions { ${CONTRIBUTIONS} }`, members)).contributions.nodes.map(({ by, unit, numerator }: any) => [
      by,
      unit?.code,
      numerator,
    ]);
  expect(await parts(province, "CB-TP")).toEqual([
    ["BELOW", "GONE", 29],
    ["BELOW", "U", 26],
  ]);
  expect(await parts(city, "CB-TP")).toEqual([
    ["ELSEWHERE", undefined, 29],
    ["BELOW", "U", 26],
  ]);
  expect(await parts(rural, "GONE")).toEqual([["OWN", "GONE", 29]]);
});

test("contributions come the largest first, then by name, page by page", async () => {
  const page = (after: string | null) =>
    explain(
      province,
      "CB-TP",
      `contributions(first: 1, after: ${JSON.stringify(after)}) { totalCount nodes { unit { code } numerator denominator } pageInfo { hasNextPage endCursor } }`,
    );
  const pages: any[] = [];
  for (let after: string | null = null; ;) {
    const { contributions }: any = await page(after);
    pages.push(...contributions.nodes.map(({ unit, numerator, denominator }: any) => [unit.code, numerator, denominator]));
    after = contributions.pageInfo.endCursor;
    if (!contributions.pageInfo.hasNextPage) break;
  }
  expect(pages).toEqual([
    ["U", 1, 2],
    ["GONE", 1, 1],
    ["C", 0, 1],
  ]);
});

test("what closed units did until they closed is told, and who of them is left out", async () => {
  const everything = await running.as("ADMINISTRATOR");
  const of = (code: string, indicator: string) =>
    explain(
      everything,
      code,
      "value closedUnits { units numerator denominator words { en vi } } leftOut(reasons: CLOSED) { count words { en } } contributions { nodes { unit { code } numerator } }",
      `indicator: "${indicator}"`,
    );
  const { desk } = running;
  const closing = [
    ...(await desk.register(draft.province("Z"), draft.school("MERGED", "Z"), draft.school("STANDS", "Z"), draft.school("SILENT", "Z"))),
    ...(await desk.submit(report.membership("MERGED", 20, { admitted: 10, structuralLoss: 30, membersClosing: 0 }))),
    await desk.close("MERGED", "2025-05-20", null, { reason: "MERGED", successors: ["STANDS"] }),
    await desk.close("SILENT", "2025-05-20"),
  ];
  expect(closing.flatMap(({ problems }) => problems)).toEqual([]);
  const [admitted, members] = [await of("Z", "membersAdmitted"), await of("Z", "members")];
  expect(admitted).toMatchObject({
    value: 10,
    closedUnits: {
      units: 1,
      numerator: 10,
      denominator: null,
      words: { en: expect.stringMatching(/^1 unit open between 2024-06-01 and/) },
    },
    leftOut: [{ count: 1, words: { en: expect.stringContaining("nothing of it counts here") } }],
    contributions: { nodes: [{ unit: { code: "MERGED" }, numerator: 10 }] },
  });
  expect(members).toMatchObject({ value: null, closedUnits: null, leftOut: [{ count: 2 }] });
});

describe("what is left out", () => {
  const LEFT = "leftOut { reason count inDenominator words { en vi } units { totalCount nodes { code } } }";
  const told = async (client: Client, args?: string) =>
    (await explain(client, "CB-TP", LEFT, args)).leftOut.map(({ reason, count, inDenominator, units }: any) => [
      reason,
      count,
      inDenominator,
      units.totalCount,
      units.nodes.map(({ code }: any) => code),
    ]);

  test("is told by reason, with the units", async () => {
    expect(await told(province)).toEqual([
      ["NOT_ELIGIBLE", 2, false, 2, ["P", "SMALL"]],
      ["NO_REPORT", 1, true, 1, ["B"]],
      ["NOT_DUE", 0, true, 0, []],
      ["CLOSED", 1, false, 1, ["CLOSED"]],
      ["KNOWN_LATE", 0, false, 0, []],
    ]);
  });

  test("of people is who sent no report, in no part of the figure", async () => {
    expect(await told(province, 'indicator: "members"')).toEqual([
      ["NOT_ELIGIBLE", 1, false, 1, ["U"]],
      ["NO_REPORT", 3, false, 3, ["B", "C", "P"]],
      ["IN_UNION_REPORT", 0, false, 0, []],
      ["NOT_DUE", 0, false, 0, []],
      ["CLOSED", 1, false, 1, ["CLOSED"]],
      ["KNOWN_LATE", 0, false, 0, []],
    ]);
  });

  test("where nobody owes anything is only who was not open; filtered by what it was then", async () => {
    const late = ["KNOWN_LATE", 0, false, 0, []];
    expect(await told(province, 'indicator: "schoolCount", where: {ownership: PUBLIC}')).toEqual([
      ["CLOSED", 1, false, 1, ["CLOSED"]],
      late,
    ]);
    expect(await told(province, 'indicator: "schoolCount", where: {ownership: PRIVATE}')).toEqual([["CLOSED", 0, false, 0, []], late]);
  });

  test("says of a school that an indicator of unions is not about it", async () => {
    const { leftOut } = await explain(province, "A", LEFT, 'indicator: "ratedGoodOrBetter"');
    expect(leftOut[0]).toMatchObject({ reason: "NOT_ELIGIBLE", count: 1, units: { nodes: [{ code: "A" }] } });
  });

  test("is read on page by page, one reason at a time", async () => {
    const page = async (after: string) => {
      const { leftOut } = await explain(
        province,
        "CB-TP",
        `leftOut(reasons: NOT_ELIGIBLE) { units(first: 1${after}) { nodes { code } pageInfo { endCursor hasNextPage } } }`,
      );
      expect(leftOut).toHaveLength(1);
      return leftOut[0].units;
    };
    const first = await page("");
    expect(first).toMatchObject({ nodes: [{ code: "P" }], pageInfo: { hasNextPage: true } });
    expect(await page(`, after: "${first.pageInfo.endCursor}"`)).toMatchObject({
      nodes: [{ code: "SMALL" }],
      pageInfo: { hasNextPage: false },
    });
  });

  test("under today's tree is told of today's branch", async () => {
    const { leftOut } = await explain(rural, "CB-HA", LEFT, 'indicator: "agreementCoverage", tree: TODAY');
    expect(leftOut[0]).toMatchObject({ reason: "NOT_ELIGIBLE", count: 2, units: { nodes: [{ code: "CB-HA" }, { code: "GONE" }] } });
  });

  test("counts also whom the caller may no longer see, and does not name them", async () => {
    const agreement = 'indicator: "agreementCoverage", where: {ownership: PUBLIC}';
    expect((await told(province, agreement))[0]).toEqual(["NOT_ELIGIBLE", 5, false, 5, ["A", "B", "C", "GONE", "SMALL"]]);
    expect((await told(city, agreement))[0]).toEqual(["NOT_ELIGIBLE", 5, false, 4, ["A", "B", "C", "SMALL"]]);
  });
});

describe("the records behind a figure", () => {
  const records = async (code: string, args?: string) =>
    (await explain(province, code, "records { nodes { kind ... on CollectiveAgreement { reference } } }", args)).records.nodes;

  test("are those in force: an agreement that has run out makes nothing", async () =>
    expect(await records("P", 'indicator: "agreementCoverage"')).toEqual([{ kind: "collectiveAgreement", reference: "new" }]));

  test("are each of two that say the same, and the one that has run out where there is no other", async () => {
    const { desk } = running;
    const second = await desk.send(report.agreement("P", { reference: "second" }));
    expect(await records("P", 'indicator: "agreementCoverage"')).toHaveLength(2);
    const held: any = (await province.data(`{ unit(code: "P") { records { nodes { id ... on CollectiveAgreement { reference } } } } }`))
      .unit;
    const ofNew = held.records.nodes.find(({ reference }: any) => reference === "new").id;
    for (const id of [second.record!.recordId, ofNew]) expect((await desk.withdraw("collectiveAgreement", id)).problems).toEqual([]);
    expect(await records("P", 'indicator: "agreementCoverage"')).toEqual([{ kind: "collectiveAgreement", reference: "old" }]);
  });

  test("are also those that take the unit out: the report that says how small the school is", async () =>
    expect(await records("SMALL")).toEqual([{ kind: "membershipReport" }]));

  test("are none of a unit that the filter leaves out, or that was closed", async () => {
    expect(await records("A", 'indicator: "staffConferenceCompletion", where: {ownership: PRIVATE}')).toEqual([]);
    expect(await records("CLOSED")).toEqual([]);
  });

  test("come page by page", async () => {
    const fields = (after: string) => `records(first: 1${after}) { totalCount nodes { kind } pageInfo { hasNextPage endCursor } }`;
    const growth = 'indicator: "membershipGrowth"';
    const { records: page } = await explain(province, "A", fields(""), growth);
    expect(page).toMatchObject({ totalCount: 1, nodes: [{ kind: "membershipReport" }], pageInfo: { hasNextPage: false } });
    const { records: next } = await explain(province, "A", fields(`, after: "${page.pageInfo.endCursor}"`), growth);
    expect(next).toMatchObject({ totalCount: 1, nodes: [] });
  });
});

describe("deadline and target", () => {
  const FIELDS = "deadline { day source { en } directive { number } } target { value source { en } directive { number } }";

  test("say which directive set them", async () =>
    expect(await explain(city, "A", FIELDS)).toEqual({
      deadline: { day: "2024-11-15", source: { en: "Directive 7/HD of 2024-09-01" }, directive: { number: "7/HD" } },
      target: { value: 1, source: { en: "Directive 12/KH-LĐLĐ of 2024-09-01" }, directive: { number: "12/KH-LĐLĐ" } },
    }));

  test("or the law", async () =>
    expect(await explain(rural, "CB-HA", FIELDS)).toMatchObject({
      deadline: { day: "2024-12-05", source: { en: expect.stringContaining("Law 10/2022/QH15 Art. 51(1)") }, directive: null },
    }));

  test("of a federation that the unit has left are told without its directive", async () =>
    expect(await explain(rural, "GONE", FIELDS)).toMatchObject({
      deadline: {
        day: "2024-11-15",
        source: { en: expect.stringMatching(/^A directive of a federation that stood above/) },
        directive: null,
      },
      target: { value: 1, directive: { number: "12/KH-LĐLĐ" } },
    }));

  test("are none where nothing is asked", async () =>
    expect(await explain(city, "A", FIELDS, 'indicator: "members"')).toEqual({ deadline: null, target: null }));
});

test("an explanation takes the same statements for 2 children as for 25, and for one unit as for all children together", async () => {
  const FIELDS = `numerator formula { en } coverage { expected } deadline { day directive { number } } contributions { totalCount nodes { unit { code } } } leftOut { count }`;
  const analyst = await running.as("ADMINISTRATOR");
  const counts: number[] = [];
  for (const code of ["CB", "MANY"]) counts.push((await running.statements(() => explain(analyst, code, FIELDS))).length);
  expect(counts[1]).toBe(counts[0]);
  const ofAll = `{ unit(code: "MANY") { children { nodes { explain(indicator: "staffConferenceCompletion", ${YEAR}) { ${FIELDS} } } } } }`;
  expect((await running.statements(() => analyst.data(ofAll))).length).toBeLessThanOrEqual(counts[1]! + 4);
});

test.each([
  ['indicator: "staffConference", schoolYear: "2024-2025") { value }', "INDICATOR_NOT_FOUND"],
  ['indicator: "members", schoolYear: "2030-2031") { value }', "SCHOOL_YEAR_NOT_FOUND"],
  ['indicator: "members", schoolYear: "2024-2025") { contributions(first: 0) { totalCount } }', "BAD_USER_INPUT"],
  ['indicator: "members", schoolYear: "2024-2025") { contributions(first: 501) { totalCount } }', "BAD_USER_INPUT"],
  ['indicator: "members", schoolYear: "2024-2025") { contributions(after: "WyJuYW1lIl0") { totalCount } }', "BAD_USER_INPUT"],
  ['indicator: "members", schoolYear: "2024-2025") { records(after: "x") { totalCount } }', "BAD_USER_INPUT"],
  ['indicator: "members", schoolYear: "2024-2025") { leftOut { units(first: -1) { totalCount } } }', "BAD_USER_INPUT"],
])("explain(%s is refused with %s", async (rest, code) =>
  expect([...new Set(await province.codes(`{ unit(code: "CB") { explain(${rest} } }`))]).toEqual([code]),
);
