import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let client: Client;

/** D: SAID (100 members, then 110), SILENT (40, then no report), NEVER and NONE (0 members, by its report of 2024-2025). */
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const former = (code: string, members: number) => report.membership(code, members, {}, { schoolYear: "2023-2024" });
  const done = [
    ...(await desk.register(
      draft.province("P"),
      ...[draft.district("D", "P"), draft.district("E", "P")],
      ...["SAID", "SILENT", "NEVER", "NONE"].map((code) => draft.school(code, "D")),
      ...[draft.school("MUTE", "E")],
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    ...(await desk.submit(former("SAID", 100), former("SILENT", 40), former("MUTE", 7), former("NONE", 2))),
    ...(await desk.submit(report.membership("SAID", 110), report.membership("NONE", 0))),
    ...(await desk.submit(report.figure("E", { indicator: "members", value: 7, scope: "SCHOOLS" }))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  client = await running.as("ANALYST", "P");
});
afterAll(() => running.close());

const unit = async (code: string, fields: string) =>
  (await client.data(`query ($code: String!) { unit(code: $code) { ${fields} } }`, { code })).unit;
const list = async (args: string) =>
  (await client.data(`{ units(${args}) { nodes { code } totalCount withoutValue } }`)).units as {
    nodes: { code: string }[];
    totalCount: number;
    withoutValue: number | null;
  };
const codes = ({ nodes, ...rest }: Awaited<ReturnType<typeof list>>) => ({ codes: nodes.map(({ code }) => code), ...rest });
const MEMBERS = `indicator: "members", schoolYear: "2024-2025"`;

test("a count that nobody has reported is null with its coverage; one of which half is missing is what is there", async () => {
  const figure = `members { value numerator attained attainment coverage { expected reported missing rate } }`;
  const rollup = async (code: string) => (await unit(code, `rollup(schoolYear: "2024-2025") { ${figure} schoolCount { value } } `)).rollup;
  const coverage = { expected: 1, reported: 0, missing: 1, rate: 0 };
  const nothing = { value: null, numerator: 0, attained: null, attainment: null, coverage };
  expect(await rollup("E")).toEqual({ members: nothing, schoolCount: { value: 1 } });
  expect(await rollup("SILENT")).toMatchObject({ members: nothing });
  expect(await rollup("NONE")).toMatchObject({ members: { value: 0, coverage: { expected: 1, reported: 1 } } });
  expect(await rollup("D")).toMatchObject({ members: { value: 110, coverage: { expected: 4, reported: 2, missing: 2, rate: 0.5 } } });
});

test("a count that nobody has reported has no distribution of noughts; one of the register has", async () => {
  const fields = `welfareAmount { value buckets { key } } grassrootsUnionsEnded { value buckets { count } }`;
  const { rollup } = await unit("E", `rollup(schoolYear: "2024-2025") { ${fields} }`);
  expect(rollup.welfareAmount).toEqual({ value: null, buckets: [] });
  expect(rollup.grassrootsUnionsEnded.value).toBe(0);
  expect(rollup.grassrootsUnionsEnded.buckets.length).toBeGreaterThan(0);
});

test("a filter by a count leaves out who has not reported, and says how many", async () => {
  const filter = (more: string) => `filter: { level: [SCHOOL], indicator: { ${MEMBERS} ${more} } }`;
  expect(codes(await list(filter("below: 1")))).toEqual({ codes: ["NONE"], totalCount: 1, withoutValue: 3 });
  expect(codes(await list(filter("atLeast: 1")))).toEqual({ codes: ["SAID"], totalCount: 1, withoutValue: 3 });
  expect(codes(await list(`filter: { level: [DISTRICT], indicator: { ${MEMBERS} below: 1000 } }`))).toMatchObject({ withoutValue: 1 });
});

test("an order by a count leaves out who has not reported, in both directions, and says how many", async () => {
  const ordered = (direction: string) =>
    list(`filter: { level: [SCHOOL] }, orderBy: [{ by: INDICATOR, direction: ${direction}, ${MEMBERS} }, { by: NAME }]`);
  expect(codes(await ordered("ASC"))).toEqual({ codes: ["NONE", "SAID"], totalCount: 2, withoutValue: 3 });
  expect(codes(await ordered("DESC"))).toEqual({ codes: ["SAID", "NONE"], totalCount: 2, withoutValue: 3 });
  expect(codes(await list(`filter: { level: [SCHOOL] }, orderBy: [{ by: NAME }, { by: CODE }]`))).toMatchObject({
    ...{ totalCount: 5, withoutValue: null },
  });
});

test("a unit that the limit excludes is not counted as one without a value", async () => {
  const args = `filter: { level: [SCHOOL], indicator: { ${MEMBERS} atLeast: 1 } }, orderBy: [{ by: INDICATOR, indicator: "welfareGifts", schoolYear: "2024-2025" }]`;
  expect(codes(await list(args))).toEqual({ codes: [], totalCount: 0, withoutValue: 4 });
});

test("a trend has no value for a year without a report, and says where a fall may be only reports", async () => {
  const trend = async (code: string) =>
    (await unit(code, `trend(from: "2023-2024", to: "2024-2025") { members { value } breaks { code words { en vi } } }`)).trend;
  const [, last] = await trend("E");
  expect(last.members).toEqual({ value: null });
  const silent = (await trend("D"))[1].breaks.find(({ code }: { code: string }) => code === "OTHER_COVERAGE");
  expect(await trend("D")).toMatchObject([{ members: { value: 142 } }, { members: { value: 110 } }]);
  expect(silent.words.en).toBe(
    "2 of 4 units have not sent their membership report, in the year before 1 of 4: counts of the two years are of other units, and a rise or fall may be only reports.",
  );
  expect(silent.words.vi).toContain("2/4 đơn vị chưa có báo cáo lao động và đoàn viên, năm học trước 1/4");
  expect((await trend("SAID"))[1].breaks).toEqual([]);
});

test("a ranking has no rank, and no change, for who has not reported", async () => {
  const { nodes, missing } = (
    await unit("P", `ranking(level: SCHOOL, ${MEMBERS}) { missing nodes { unit { code } rank unranked change figure { value } } }`)
  ).ranking;
  expect(missing).toBe(3);
  expect(nodes.find((row: any) => row.unit.code === "SILENT")).toEqual({
    ...{ unit: { code: "SILENT" }, rank: null, unranked: "NO_REPORT", change: null, figure: { value: null } },
  });
  expect(nodes.find((row: any) => row.unit.code === "NONE")).toMatchObject({ rank: 2, change: -2, figure: { value: 0 } });
});

test("an explanation says that it is unknown, and a printed figure that reports are missing", async () => {
  const { explain, reconciliation } = await unit(
    "E",
    `explain(${MEMBERS}) { value formula { en vi } } reconciliation(schoolYear: "2024-2025") { nodes { incomparable causes { code words { en } } } }`,
  );
  expect(explain).toEqual({
    value: null,
    formula: { en: "union members: unknown: none of those who report it has", vi: "đoàn viên: chưa rõ: chưa có đơn vị nào báo cáo" },
  });
  expect(reconciliation.nodes).toEqual([
    {
      incomparable: "NO_COMPUTED_VALUE",
      causes: [{ code: "MISSING_REPORTS", words: { en: "1 of 1 units have reported nothing; what they would add is missing." } }],
    },
  ]);
});

test("the first report of 0 members is an effect: unknown becomes 0", async () => {
  const recorder = await running.as("RECORDER", "P");
  const input = `unit: "NEVER", schoolYear: "2024-2025", ${["workers", "womenWorkers", "members", "womenMembers"]
    .flatMap((name) => [`${name}Opening: 0`, `${name}Closing: 0`])
    .join(", ")}`;
  const { reportMembership } = await recorder.data(
    `mutation { reportMembership(input: { ${input}, dryRun: true }) { userErrors { message { en } } effects(first: 500) { nodes { unit { code } indicator { key } before { value } after { value } sentence { en vi } } } } }`,
  );
  const ofMembers = ({ unit: of, indicator }: any) => of.code === "NEVER" && indicator.key === "members";
  expect({ ...reportMembership, effects: reportMembership.effects.nodes.filter(ofMembers) }).toEqual({
    userErrors: [],
    effects: [
      {
        ...{ unit: { code: "NEVER" }, indicator: { key: "members" }, before: { value: null }, after: { value: 0 } },
        sentence: {
          en: "Đơn vị NEVER, 2024-2025, union members: from nothing reported to 0",
          vi: "Đơn vị NEVER, năm học 2024-2025, số đoàn viên công đoàn: từ chưa có báo cáo thành 0",
        },
      },
    ],
  });
});

describe("one cell that is not known", () => {
  const activity = (code: string, content: object) => ({
    ...report.conference(code),
    kind: "activityReport",
    content: { policyApplied: true, welfare: [], ...content },
  });

  beforeAll(async () => {
    const { desk } = running;
    const done = [
      ...(await desk.register(draft.district("F", "P"), ...["TOLD", "OPEN", "LATE"].map((code) => draft.school(code, "F")))),
      ...(await desk.submit(activity("TOLD", { initiativesRegistered: 4 }), activity("OPEN", {}))),
      ...(await desk.submit(
        report.membership("TOLD", 10, { admitted: 1, membersClosing: 11 }),
        report.membership("OPEN", 10, { rejoined: null }),
      )),
    ];
    expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  });

  const COVERAGE = "coverage { expected reported missing unsaid notDue rate }";
  const rollup = async (code: string) =>
    (
      await unit(
        code,
        `rollup(schoolYear: "2024-2025") { initiativesRegistered { value ${COVERAGE} } membersAdmitted { value ${COVERAGE} } membershipBalance { statuses { yes no noReport } } }`,
      )
    ).rollup;

  test("is unknown and not 0, and the coverage of its indicator counts who said it", async () => {
    const open = { expected: 1, reported: 0, missing: 1, unsaid: 1, notDue: 0, rate: 0 };
    expect(await rollup("OPEN")).toMatchObject({
      initiativesRegistered: { value: null, coverage: open },
      membersAdmitted: { value: null, coverage: open },
      membershipBalance: { statuses: { yes: 0, no: 0, noReport: 1 } },
    });
    expect(await rollup("F")).toMatchObject({
      initiativesRegistered: { value: 4, coverage: { expected: 3, reported: 1, missing: 2, unsaid: 1, rate: 1 / 3 } },
      membersAdmitted: { value: 1, coverage: { expected: 3, reported: 1, missing: 2, unsaid: 1 } },
      membershipBalance: { statuses: { yes: 1, no: 0, noReport: 2 } },
    });
  });

  test("is told apart from a missing report where units are left out and ranked", async () => {
    const args = `indicator: "initiativesRegistered", schoolYear: "2024-2025"`;
    const { explain, ranking } = await unit(
      "F",
      `explain(${args}) { leftOut(reasons: [NO_REPORT, NOT_SAID, NOT_DUE]) { reason count units { nodes { code } } } } ranking(level: SCHOOL, ${args}) { nodes { unit { code } unranked } }`,
    );
    const left = explain.leftOut.filter(({ count }: { count: number }) => count > 0);
    expect(left).toEqual([
      { reason: "NO_REPORT", count: 1, units: { nodes: [{ code: "LATE" }] } },
      { reason: "NOT_SAID", count: 1, units: { nodes: [{ code: "OPEN" }] } },
    ]);
    const unranked = ranking.nodes.map((row: any) => `${row.unit.code} ${row.unranked}`).sort();
    expect(unranked).toEqual(["LATE NO_REPORT", "OPEN NOT_SAID", "TOLD null"]);
  });

  test("is null in the record, as it was sent, and 0 is 0", async () => {
    const cells = `records(first: 9) { nodes { ... on ActivityReport { initiativesRegistered communicationSessions } ... on MembershipReport { left rejoined } } }`;
    const of = async (code: string) => Object.assign({}, ...(await unit(code, cells)).records.nodes);
    expect(await of("TOLD")).toEqual({ initiativesRegistered: 4, communicationSessions: null, left: 0, rejoined: 0 });
    expect(await of("OPEN")).toEqual({ initiativesRegistered: null, communicationSessions: null, left: 0, rejoined: null });
  });
});
