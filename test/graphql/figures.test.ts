import { report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("demo");
  const { desk } = running;
  const done = [
    await desk.move("CB-TP-TH-HOPGIANG-CD", "CB-HA", "2025-01-01"),
    await desk.openYear(schoolYear(2025)),
    ...(await desk.submit(
      report.directive(
        "CB-TP",
        [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-10-10", target: 0.5 }],
        { number: "7" },
      ),
      report.directive("CB-TP", [{ indicator: "members", schoolYear: "2024-2025", target: 9 }], { number: "8" }),
    )),
  ];
  expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  analyst = await running.as("ANALYST", "CB");
}, 600_000);
afterAll(() => running.close());

const unit = async (code: string, fields: string) =>
  (await analyst.data(`query ($code: String!) { unit(code: $code) { ${fields} } }`, { code })).unit;

describe("rollup and trend", () => {
  const COUNTS = ["schoolCount", "members", "workers", "membersAdmitted", "agreementsSigned"];
  const counts = COUNTS.map((key) => `${key} { value }`).join(" ");

  test("a unit's figures are the sum of its children's, as are those of both ownerships", async () => {
    const { whole, byPublic, byOther, children } = await unit(
      "CB",
      `whole: rollup(schoolYear: "2024-2025") { ${counts} staffConferenceCompletion { numerator denominator } }
       byPublic: rollup(schoolYear: "2024-2025", where: {ownership: PUBLIC}) { ${counts} } byOther: rollup(schoolYear: "2024-2025", where: {ownership: NON_PUBLIC}) { ${counts} }
       children(first: 50, schoolYear: "2024-2025") { nodes { rollup(schoolYear: "2024-2025") { ${counts} staffConferenceCompletion { numerator denominator } } } }`,
    );
    const rollups = children.nodes.map(({ rollup }: any) => rollup);
    const sum = (list: any[], pick: (rollup: any) => number) => list.reduce((total, rollup) => total + pick(rollup), 0);
    for (const key of COUNTS) {
      expect([key, sum(rollups, (r) => r[key].value)]).toEqual([key, whole[key].value]);
      expect([key, byPublic[key].value + byOther[key].value]).toEqual([key, whole[key].value]);
    }
    for (const part of ["numerator", "denominator"] as const)
      expect(sum(rollups, (r) => r.staffConferenceCompletion[part])).toBe(whole.staffConferenceCompletion[part]);
    expect(whole.staffConferenceCompletion.numerator).toBeLessThan(whole.staffConferenceCompletion.denominator);
  });

  test("a past year stands under its own tree, and regrouped under today's; the total is the same in both", async () => {
    const both = `year: rollup(schoolYear: "2023-2024") { tree schoolCount { value } } today: rollup(schoolYear: "2023-2024", tree: TODAY) { tree schoolCount { value } }`;
    const [city, district, province] = [await unit("CB-TP", both), await unit("CB-HA", both), await unit("CB", both)];
    const moved = ({ year, today }: any) => today.schoolCount.value - year.schoolCount.value;
    expect([moved(city), moved(district), moved(province)]).toEqual([-1, 1, 0]);
    expect([province.year.tree, province.today.tree]).toEqual(["OF_THE_YEAR", "TODAY"]);
  });

  test("a rate has its numerator, denominator, coverage, bounds, target, deadline and whether it is reached", async () => {
    const { rollup } = await unit(
      "CB-TP",
      `rollup(schoolYear: "2024-2025") { unit { code } schoolYear { label } staffConferenceCompletion { value numerator denominator bounds { lower upper } coverage { expected reported missing notDue rate } target deadline attained } members { value numerator denominator bounds { lower } coverage { rate } target attained deadline } }`,
    );
    expect(rollup).toMatchObject({ unit: { code: "CB-TP" }, schoolYear: { label: "2024-2025" } });
    expect(rollup.staffConferenceCompletion).toEqual({
      value: 1,
      numerator: 31,
      denominator: 31,
      bounds: { lower: 1, upper: 1 },
      coverage: { expected: 31, reported: 31, missing: 0, notDue: 0, rate: 1 },
      target: 0.5,
      deadline: "2024-10-10",
      attained: true,
    });
    expect(rollup.members).toMatchObject({ denominator: null, bounds: null, target: 9, attained: true, deadline: null });
    expect(rollup.members.value).toBe(rollup.members.numerator);
    const before = await unit(
      "CB-TP",
      `rollup(schoolYear: "2023-2024") { staffConferenceCompletion { numerator denominator bounds { lower upper } coverage { expected reported missing } } }`,
    );
    expect(before.rollup.staffConferenceCompletion).toEqual({
      numerator: 30,
      denominator: 32,
      bounds: { lower: 30 / 32, upper: 1 },
      coverage: { expected: 32, reported: 30, missing: 2 },
    });
  });

  test("a figure that another's deadline judges shows that deadline", async () => {
    const { rollup } = await unit(
      "CB-TP",
      `rollup(schoolYear: "2024-2025") { conferenceOnTime { deadline } emulationPact { deadline } staffConferenceCompletion { deadline } }`,
    );
    expect(rollup.staffConferenceCompletion.deadline).toMatch(/^2024-/);
    expect([rollup.conferenceOnTime.deadline, rollup.emulationPact.deadline]).toEqual(
      Array(2).fill(rollup.staffConferenceCompletion.deadline),
    );
  });

  test("the law's deadline holds where no directive sets one, and before it nothing is missing", async () => {
    const { rollup } = await unit(
      "CB-TP",
      `rollup(schoolYear: "2025-2026") { staffConferenceCompletion { value deadline target attained coverage { expected missing notDue } statuses { noReport notDue } } }`,
    );
    const { expected } = rollup.staffConferenceCompletion.coverage;
    expect(expected).toBeGreaterThan(25);
    expect(rollup.staffConferenceCompletion).toEqual({
      value: 0,
      deadline: "2025-12-05",
      target: null,
      attained: null,
      coverage: { expected, missing: 0, notDue: expected },
      statuses: { noReport: 0, notDue: expected },
    });
  });

  test("indicators(keys) are those of the keys, once and in the order of the catalogue", async () => {
    const { rollup } = await unit(
      "CB",
      `rollup(schoolYear: "2024-2025") { indicators(keys: ["members", "agreementCoverage", "members"]) { indicator { key } } none: indicators(keys: []) { value } }`,
    );
    expect(rollup).toEqual({ indicators: [{ indicator: { key: "agreementCoverage" } }, { indicator: { key: "members" } }], none: [] });
    const { errors } = await analyst.ask(
      `{ unit(code: "CB") { rollup(schoolYear: "2024-2025") { indicators(keys: "membres") { value } } } }`,
    );
    expect(errors).toMatchObject([
      { message: expect.stringContaining('Did you mean "members"?'), extensions: { code: "INDICATOR_NOT_FOUND" } },
    ]);
  });

  test("trend is the rollups of the years from one to another, and only in this order", async () => {
    const figure = "schoolYear { label } members { value } staffConferenceCompletion { numerator }";
    const { trend, one, two } = await unit(
      "CB",
      `trend(from: "2023-2024", to: "2024-2025", where: {schoolLevel: PRIMARY}) { ${figure} } one: rollup(schoolYear: "2023-2024", where: {schoolLevel: PRIMARY}) { ${figure} } two: rollup(schoolYear: "2024-2025", where: {schoolLevel: PRIMARY}) { ${figure} }`,
    );
    expect(trend).toEqual([one, two]);
    const codes = (from: string, to: string) => analyst.codes(`{ unit(code: "CB") { trend(from: "${from}", to: "${to}") { tree } } }`);
    expect([await codes("2024-2025", "2023-2024"), await codes("2019-2020", "2024-2025")]).toEqual([
      ["BAD_USER_INPUT"],
      ["SCHOOL_YEAR_NOT_FOUND"],
    ]);
  });
});

test("whatever way it is asked for, coverage and target are there", async () => {
  const data = await analyst.data(
    `query ($with: Boolean!) { unit(code: "CB") { ...Screen trend(from: "2024-2025", to: "2024-2025") { ...Figures } } }
     fragment Screen on Unit { ... on ProvincialFederation { there: rollup(schoolYear: "2024-2025") { ...Figures } } }
     fragment Figures on Rollup { rate: staffConferenceCompletion { ... @include(if: $with) { covered: coverage { expected } } goal: target } indicators(keys: "staffConferenceCompletion") { attained statuses { yes no } } }`,
    { with: true },
  );
  expect(data.unit.trend).toEqual([data.unit.there]);
  const { yes, no } = data.unit.there.indicators[0].statuses;
  expect([data.unit.there.rate, data.unit.there.indicators[0].attained]).toEqual([
    { covered: { expected: expect.any(Number) }, goal: 1 },
    false,
  ]);
  expect(data.unit.there.rate.covered.expected).toBeGreaterThanOrEqual(yes + no);
});

describe("what hangs on a unit", () => {
  test("records are its own, the newest first, by kind and school year, page by page", async () => {
    const { records, conferences, year } = await unit(
      "CB-TP-MN-SONGHIEN",
      `records { totalCount nodes { id kind } } conferences: records(kind: [conference]) { nodes { kind schoolYear } } year: records(schoolYear: "2022-2023") { nodes { schoolYear } }`,
    );
    expect([
      ...new Set(conferences.nodes.map(({ kind }: any) => kind)),
      ...new Set(year.nodes.map(({ schoolYear: label }: any) => label)),
    ]).toEqual(["conference", "2022-2023"]);
    const paged: string[] = [];
    for (let after = "null", page; ; after = `"${page.pageInfo.endCursor}"`) {
      page = (await unit("CB-TP-MN-SONGHIEN", `records(first: 2, after: ${after}) { nodes { id } pageInfo { hasNextPage endCursor } }`))
        .records;
      paged.push(...page.nodes.map(({ id }: any) => id));
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(paged).toEqual(records.nodes.map(({ id }: any) => id));
    expect(paged).toHaveLength(records.totalCount);
  });

  test("directives are its own and those from above it, the latest issued first", async () => {
    const {
      directives: { nodes: directives },
    } = await unit(
      "CB-TP",
      "directives { nodes { number issuedOn unit { code } reporter { name } settings { nodes { indicator schoolYear deadline target } } } }",
    );
    expect(directives.slice(0, 3).map(({ number, issuedOn, unit: of }: any) => [number, issuedOn, of.code])).toEqual([
      ["8", "2024-09-01", "CB-TP"],
      ["7", "2024-09-01", "CB-TP"],
      [expect.stringContaining("2024-2025"), "2024-08-20", "CB"],
    ]);
    expect(directives.map(({ issuedOn }: any) => issuedOn)).toEqual(
      directives
        .map(({ issuedOn }: any) => issuedOn)
        .toSorted()
        .reverse(),
    );
    expect(directives[1].settings.nodes).toEqual([
      { indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-10-10", target: 0.5 },
    ]);
  });

  test("reconciliation shows the published figure beside the computed one, the difference, or why not", async () => {
    const {
      reconciliation: { nodes: reconciliation },
    } = await unit(
      "CB-TP",
      `reconciliation(schoolYear: "2024-2025") { nodes { published { indicator value numerator document } computed { value numerator denominator } difference agrees incomparable because { en vi } } }`,
    );
    const of = (indicator: string) => reconciliation.find(({ published }: any) => published.indicator === indicator);
    // One of the 32 has been moved to another district above.
    expect(of("staffConferenceCompletion")).toMatchObject({
      published: { value: 1, numerator: 32 },
      computed: { value: 1, numerator: 31, denominator: 31 },
      difference: 0,
      agrees: true,
      incomparable: null,
      because: null,
    });
    expect(of("grassrootsUnionCount")).toMatchObject({ computed: { value: 31, denominator: null }, difference: -1, agrees: false });
    expect(of("inspectionCommitteeSize")).toMatchObject({
      computed: { numerator: 121, denominator: 31 },
      difference: null,
      agrees: null,
      incomparable: "IN_WORDS",
      because: { en: "It was printed in words, not as a number", vi: "số liệu công bố bằng chữ" },
    });
    expect(of("emulationPact")).toMatchObject({ difference: null, incomparable: "IN_WORDS" });
  });
});
