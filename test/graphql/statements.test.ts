import { indicators } from "../../src/domain/figures/catalogue.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("none");
  const { desk } = running;
  const province = (count: number) => [
    draft.province(`P${count}`, "VN"),
    ...Array.from({ length: count }, (_, index) => `P${count}-${index}`).flatMap((code) => [
      draft.district(code, `P${count}`),
      draft.union(`${code}-CD`, code),
      draft.school(`${code}-A`, `${code}-CD`),
      draft.school(`${code}-B`, code, { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" }),
    ]),
  ];
  const done = [
    ...(await desk.register(draft.confederation("VN"), ...province(3), ...province(30))),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    await desk.openYear({ ...schoolYear(2025), startsOn: "2025-06-01" }),
    ...(await desk.submit(
      ...[3, 30]
        .flatMap((count) => Array.from({ length: count }, (_, index) => `P${count}-${index}`))
        .flatMap((code) => [
          report.conference(`${code}-A`),
          report.figure(code, { indicator: "members", value: 1 }),
          report.directive(code, [{ indicator: "members", schoolYear: "2024-2025", target: 3 }]),
        ]),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  analyst = await running.as("ANALYST", "VN");
  // What looks through the branch is priced by its size, which is counted once for all that follow.
  await analyst.data('{ unit(code: "P3") { rollup(schoolYear: "2024-2025", tree: TODAY) { members { value } } } }');
});
afterAll(() => running.close());

/**
 * A question takes this many statements, for a province with 3 districts as for one with 30. Databases answer when they
 * like: what depends on two answers may be asked for once or, at `most`, apart.
 */
async function expectStatements(question: (code: string) => string, least: number, most = least): Promise<void> {
  for (const code of ["P3", "P30"]) {
    const heard = await running.statements(async () => {
      const data = JSON.stringify(await analyst.data(question(code)));
      expect(data.match(/"code":/g)!.length).toBeGreaterThanOrEqual(Number(code.slice(1)));
    });
    expect([code, least <= heard.length && heard.length <= most, heard.length]).toEqual([code, true, heard.length]);
  }
}

const keys = indicators.map(({ key }) => key);
const all = (fields: string) => keys.map((key) => `${key} { ${fields} }`).join(" ");
const screen = (args: string, fields: string) => (code: string) =>
  `{ unit(code: "${code}") { rollup(${args}) { ${all(fields)} } children(first: 50) { totalCount nodes { code name rollup(${args}) { ${all(fields)} } } } } }`;
const FIGURES = "value numerator denominator bounds { lower upper }";
const EVERYTHING = `${FIGURES} coverage { expected reported missing notDue rate } statuses { yes } target deadline attained`;

/** The token, the unit, its children, their number, the school years, the ledger. */
const SCREEN = 6;

describe("a province with its children and all indicators of a year", () => {
  test.each([
    ["", 'schoolYear: "2024-2025"'],
    [", filtered", 'schoolYear: "2024-2025", where: {schoolLevel: PRESCHOOL, ownership: NON_PUBLIC}'],
    [", under today's tree", 'schoolYear: "2024-2025", tree: TODAY'],
  ])("takes the same 6 statements for 3 children and for 30%s", (_, args) => expectStatements(screen(args, FIGURES), SCREEN, SCREEN + 1));

  test.each([
    ["", 'schoolYear: "2024-2025"'],
    [", filtered", 'schoolYear: "2024-2025", where: {ownership: PUBLIC}'],
  ])(
    "takes 5 more with coverage, targets and deadlines%s: the lines, the directives, what became known too late, and what is not due of the province and of the districts",
    (_, args) => expectStatements(screen(args, EVERYTHING), SCREEN + 5, SCREEN + 9),
  );

  test("takes 2 more while reports are not due: one for the province, one for the districts", () =>
    expectStatements(screen('schoolYear: "2025-2026"', EVERYTHING), SCREEN + 5, SCREEN + 9));

  test("takes no more for a trend of several years", () => {
    const trend = `trend(from: "2023-2024", to: "2024-2025") { ${all(FIGURES)} }`;
    return expectStatements((code) => `{ unit(code: "${code}") { children(first: 50) { totalCount nodes { code ${trend} } } } }`, SCREEN);
  });

  test("takes one for the ledger, one for unions and one for schools where units of every level are asked for", () =>
    expectStatements(
      (code) =>
        `{ units(filter: {ancestor: "${code}"}, first: 200) { nodes { code rollup(schoolYear: "2024-2025") { ${all(FIGURES)} } } } }`,
      7,
    ));
});

describe("what hangs on each of many units is fetched for all of them together", () => {
  /** The token, the unit and the list; then what is asked for. */
  const LIST = 3;
  test.each<[string, string, number]>([
    ["parents and ancestors: those that are not known yet", "parent { code } ancestors { name unit { code } }", 1],
    ["placements with their parents, who are known", "placements { nodes { from parent { name unit { name } } } }", 1],
    ["records, and how many there are", "records(first: 2) { totalCount nodes { id } }", 2],
    ["profiles", 'profile(on: "2020-01-01") { name }', 1],
    [
      "directives with those who issued them, who are known: which there are, and those of the page",
      "directives { nodes { number unit { code } reporter { name } } }",
      2,
    ],
    [
      "reconciliation: the years, the ledger and the figures",
      'reconciliation(schoolYear: "2024-2025") { nodes { published { value unit { code } } agrees } }',
      3,
    ],
  ])("%s", (_, fields, more) =>
    expectStatements((code) => `{ unit(code: "${code}") { children(first: 50) { nodes { code ${fields} } } } }`, LIST + more),
  );

  test("a worklist: the years, the list, its length, its units, those above them", () => {
    const worklist = `worklist(schoolYear: "2024-2025", indicator: "staffConferenceCompletion", status: YES, first: 100)`;
    const fields = "totalCount nodes { unit { code parent { code } ancestors { name } } }";
    return expectStatements((code) => `{ unit(code: "${code}") { ${worklist} { ${fields} } } }`, 2 + 5);
  });

  test("records by their ids: units and records of these ids, the units of the records, those above, the versions, the years", async () => {
    const RECORDS = (code: string) =>
      `{ units(filter: {ancestor: "${code}", level: SCHOOL, ownership: PUBLIC}) { nodes { records { nodes { id } } } } }`;
    const ids = new Map<string, string[]>();
    for (const code of ["P3", "P30"]) {
      const { units } = await analyst.data(RECORDS(code));
      ids.set(
        code,
        units.nodes.flatMap(({ records }: any) => records.nodes.map(({ id }: any) => id)),
      );
    }
    const fields = "unit { code ancestors { name } } reporter { name } versions { nodes { recordedBy { name unit } } } findings { code }";
    await expectStatements((code) => `{ nodes(ids: ${JSON.stringify(ids.get(code))}) { ... on Conference { ${fields} } } }`, 1 + 6);
  });

  test("units ordered by an indicator: the list, its page, the years, the ledger for the order and for the page", () => {
    const children = `children(first: 50, orderBy: {by: INDICATOR, indicator: "schoolCount", schoolYear: "2024-2025"})`;
    return expectStatements(
      (code) =>
        `{ unit(code: "${code}") { ${children} { totalCount nodes { code rollup(schoolYear: "2024-2025") { schoolCount { value } } } } } }`,
      2 + 5,
    );
  });
});

test("a conference is recorded in a fixed number of statements, however many schools stand beside it", async () => {
  const app = await running.as("RECORDER", "VN");
  const RECORD = `mutation ($unit: ID!) { recordConference(input: {unit: $unit, schoolYear: "2023-2024", heldOn: "2023-09-25", convened: 30, present: 28}) { outcome } }`;
  const counts: number[] = [];
  for (const unit of ["P3-1-A", "P30-1-A"])
    counts.push(
      (await running.statements(async () => expect(await app.data(RECORD, { unit })).toEqual({ recordConference: { outcome: "STORED" } })))
        .length,
    );
  expect(counts[0]).toBe(counts[1]);
  // Of these one looks where the school stood in that year, one reads what became known of it too late, one what is found in it, one what was published above it, one asks who may see it; the first record of a school year also takes a finding away and brings others.
  expect(counts[0]).toBeLessThanOrEqual(27);
});

test("a country of schools may be sorted by an indicator: more ids than a statement takes are asked for in portions", async () => {
  const ids = Array.from({ length: 40_000 }, (_, index) => `01a200f4-20cd-7148-bde7-${String(index).padStart(12, "0")}`);
  const known = await running.desk.id("P3-1-A");
  const sums = await running.hub.database.read((stores) =>
    stores.dossiers.sums(ids, [...ids, known], ["2024-2025"], { schoolLevel: null, ownership: null }, ["schools"]),
  );
  expect(sums).toMatchObject([{ unitId: known, tally: { schools: 1 } }]);
});
