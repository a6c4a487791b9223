import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let steward: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const done = [
    ...(await desk.register(draft.province("P"), draft.district("E", "P"), draft.union("U", "E"), draft.school("A", "U"))),
    await desk.openYear(schoolYear(2023)),
    ...(await desk.submit(report.conference("A", { heldOn: "2023-10-20" }, { schoolYear: "2023-2024" }))),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  steward = await running.as("STEWARD", "P");
});
afterAll(() => running.close());

/** Sends a change and answers its payload. */
const change = async (mutation: string, input: object, fields: string) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const data = await steward.data(
    `mutation ($input: ${type.replace(/^Withdraw.*/, "WithdrawInput")}!) { payload: ${mutation}(input: $input) { outcome ${fields} userErrors { code field message { en } } } }`,
    { input },
  );
  return data.payload;
};
const why = ({ outcome, userErrors }: any) => [outcome, ...userErrors.map(({ code, field }: any) => `${code} ${field}`)];
/** A figure of a unit. */
const figure = async (code: string, label: string, fields: string) =>
  (await steward.data(`{ unit(code: "${code}") { rollup(schoolYear: "${label}") { figure: ${fields} } } }`)).unit.rollup.figure;

const onTime = () => figure("A", "2023-2024", "conferenceOnTime { value }");
const direct = (unit: string, number: string, deadline: string, more: object = {}) =>
  change(
    "recordDirective",
    {
      unit,
      number,
      issuedOn: "2023-09-01",
      settings: [{ indicator: "staffConferenceCompletion", schoolYear: "2023-2024", deadline, target: 0.9 }],
      ...more,
    },
    "version record { id } findings { code }",
  );

test("a deadline re-judges what was in time below it; a nearer unit's own holds instead, until it is withdrawn", async () => {
  expect(await onTime()).toEqual({ value: 1 });
  expect(await direct("P", "1", "2023-10-10")).toMatchObject({ outcome: "STORED", version: 1, findings: [] });
  expect(await onTime()).toEqual({ value: 0 });
  const { record } = await direct("E", "2", "2023-10-20");
  expect(await onTime()).toEqual({ value: 1 });
  expect(await figure("A", "2023-2024", "staffConferenceCompletion { deadline target attained }")).toEqual({
    deadline: "2023-10-20",
    target: 0.9,
    attained: true,
  });
  expect(why(await direct("E", "2", "2023-10-21"))).toEqual(["REJECTED", "VERSION_CONFLICT expectedVersion"]);
  expect(
    await change(
      "withdrawDirective",
      { record: record.id, reason: "recorded twice" },
      "version record { state reason versions { nodes { version } } }",
    ),
  ).toMatchObject({
    outcome: "STORED",
    version: 2,
    record: { state: "WITHDRAWN", reason: "recorded twice", versions: { nodes: [{ version: 2 }, { version: 1 }] } },
  });
  expect(await onTime()).toEqual({ value: 0 });
  expect((await steward.data('{ unit(code: "A") { directives { nodes { number } } } }')).unit.directives.nodes).toEqual([{ number: "1" }]);
});

test("a directive answers everything that is wrong with it, with the place of each setting", async () => {
  const settings = [
    { indicator: "membrs", schoolYear: "2023-2024", target: 1 },
    { indicator: "members", schoolYear: "2023-2024", deadline: "2023-10-01" },
    { indicator: "members", schoolYear: "2030-2031" },
  ];
  expect(why(await direct("P", "3", "2023-10-10", { settings, issuedOn: "2026-01-01" })).sort()).toEqual([
    "INDICATOR_NOT_FOUND settings.0.indicator",
    "OUT_OF_RANGE issuedOn",
    "REJECTED",
    "REQUIRED settings.2",
    "RULE settings.1.deadline",
    "SCHOOL_YEAR_NOT_FOUND settings.2.schoolYear",
  ]);
  expect(why(await direct("A", "3", "2023-10-10"))).toEqual(["REJECTED", "WRONG_LEVEL unit"]);
});

test("a published figure stands beside the computed one until it is withdrawn, and changes no rollup", async () => {
  const before = await figure("E", "2023-2024", "schoolCount { value }");
  const { outcome, record } = await change(
    "recordPublishedFigure",
    { unit: "E", schoolYear: "2023-2024", indicator: "schoolCount", period: "2023-2024", value: 7, document: "Báo cáo" },
    "record { id scope }",
  );
  expect([outcome, record.scope]).toEqual(["STORED", "SCHOOLS"]);
  const shown = async () =>
    (
      await steward.data(
        '{ unit(code: "E") { reconciliation(schoolYear: "2023-2024") { nodes { published { value } computed { value } difference agrees } } } }',
      )
    ).unit.reconciliation.nodes;
  expect(await shown()).toEqual([{ published: { value: 7 }, computed: before, difference: before.value - 7, agrees: false }]);
  expect(await figure("E", "2023-2024", "schoolCount { value }")).toEqual(before);
  expect(why(await change("withdrawPublishedFigure", { record: record.id, reason: "a typing error" }, ""))).toEqual(["STORED"]);
  expect(await shown()).toEqual([]);
});

test.each<[string, object, string]>([
  ["another kind's id", { reason: "x" }, "RECORD_NOT_FOUND record"],
  ["no reason", { reason: " " }, "REQUIRED reason"],
  ["a very long reason", { reason: "x".repeat(501) }, "OUT_OF_RANGE reason"],
  ["the id of nothing", { record: "7", reason: "x" }, "RECORD_NOT_FOUND record"],
])("withdrawing with %s is refused", async (name, input, problem) => {
  const { nodes } = (await steward.data('{ unit(code: "A") { records { nodes { id } } } }')).unit.records;
  const mutation = name.startsWith("another") ? "withdrawMembershipReport" : "withdrawConference";
  expect(why(await change(mutation, { record: nodes[0].id, ...input }, ""))).toEqual(["REJECTED", problem]);
});

test("the target of a count is that of the unit whose directive sets it: its schools have none, unless their own says so", async () => {
  const { desk } = running;
  await desk.register(draft.school("B", "U"));
  for (const [code, admitted] of [
    ["A", 4],
    ["B", 2],
  ] as const)
    await desk.send(
      report.membership(code, 20, { membersClosing: 20 + admitted, workersClosing: 30, admitted }, { schoolYear: "2023-2024" }),
    );
  const settings = [
    { indicator: "membersAdmitted", schoolYear: "2023-2024", target: 8 },
    { indicator: "emulationPact", schoolYear: "2023-2024", target: 0.5 },
  ];
  expect((await change("recordDirective", { unit: "E", number: "8", issuedOn: "2023-09-01", settings }, "version")).outcome).toBe("STORED");
  const STANDARD = "target attainment attained";
  const ASKED = `rollup(schoolYear: "2023-2024") { membersAdmitted { value ${STANDARD} } emulationPact { target } }
    explain(indicator: "membersAdmitted", schoolYear: "2023-2024") { target { value source { en } } }`;
  const of = async (code: string) => (await steward.data(`{ unit(code: "${code}") { ${ASKED} } }`)).unit;
  const none = { target: null, attainment: null, attained: null };
  expect(await of("E")).toEqual({
    rollup: { membersAdmitted: { value: 6, target: 8, attainment: 0.75, attained: false }, emulationPact: { target: 0.5 } },
    explain: { target: { value: 8, source: { en: "Directive 8 of 2023-09-01" } } },
  });
  for (const [code, value] of [
    ["U", 6],
    ["A", 4],
    ["B", 2],
  ] as const)
    expect([code, await of(code)]).toEqual([
      code,
      { rollup: { membersAdmitted: { value, ...none }, emulationPact: { target: 0.5 } }, explain: { target: null } },
    ]);
  const { unit } = await steward.data(`{ unit(code: "P") { rollup(schoolYear: "2023-2024") { membersAdmitted { ${STANDARD} } }
    schools: ranking(indicator: "membersAdmitted", level: SCHOOL, schoolYear: "2023-2024") { nodes { distance figure { ${STANDARD} } } }
    districts: ranking(indicator: "membersAdmitted", level: DISTRICT, schoolYear: "2023-2024") { nodes { distance figure { target } } } } }`);
  expect(unit).toEqual({
    rollup: { membersAdmitted: none },
    schools: { nodes: Array(2).fill({ distance: null, figure: none }) },
    districts: { nodes: [{ distance: -2, figure: { target: 8 } }] },
  });
});
