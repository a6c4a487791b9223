import { indicators } from "../../src/domain/figures/catalogue.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let analyst: Client;
let city: Client;
beforeAll(async () => {
  running = await serve("demo");
  const { desk } = running;
  const changed = [
    await desk.move("CB-TP-TH-HOPGIANG-CD", "CB-HA", "2025-01-01"),
    await desk.update("CB-TP-TH-HOPGIANG", { name: "Trường Tiểu học Hợp Giang mới", from: "2024-08-01" }),
  ];
  expect(changed.flatMap(({ problems }) => problems)).toEqual([]);
  [analyst, city] = [await running.as("ANALYST", "CB"), await running.as("ANALYST", "CB-TP")];
}, 600_000);
afterAll(() => running.close());

const fieldsOf = async (code: string, fields: string) =>
  (await analyst.data(`query ($code: String!) { unit(code: $code) { ${fields} } }`, { code })).unit;
const codesOf = ({ nodes }: { nodes: { code: string }[] }) => nodes.map(({ code }) => code);

describe("unit", () => {
  test("is found by its id and by its code, however that is typed", async () => {
    const { unit } = await analyst.data('{ unit(code: "CB-TP") { id name level kind __typename } }');
    expect(unit).toMatchObject({ level: "DISTRICT", kind: "CITY", __typename: "DistrictFederation" });
    const again = await analyst.data(
      `{ a: unit(id: "${unit.id.toUpperCase()}") { id } b: unit(code: " CB-TP ") { id } c: unit(id: "CB-TP") { id } }`,
    );
    expect(again).toEqual({ a: { id: unit.id }, b: { id: unit.id }, c: { id: unit.id } });
  });

  test.each([
    ["neither id nor code", "{ unit { id } }"],
    ["both", '{ unit(id: "CB", code: "CB") { id } }'],
    ["an empty code", '{ unit(code: "") { id } }'],
  ])("with %s is refused", async (_, query) => expect(await analyst.codes(query)).toEqual(["BAD_USER_INPUT"]));

  test.each([
    ["a code one letter off", "CB-TQ", ' Did you mean "CB-TP"?'],
    ["nothing like a code", "a school that nobody knows", ""],
    ["an id of nobody", "01a200f4-20cd-7148-bde7-5cc005b1901b", ""],
  ])("with %s is said not to be there", async (_, code, suggestion) => {
    const { errors } = await city.ask("query ($code: String) { unit(code: $code) { id } }", { code });
    expect(errors).toMatchObject([
      { message: `There is no unit "${code}" in your branch.${suggestion}`, extensions: { code: "UNIT_NOT_FOUND" } },
    ]);
  });

  test("with a code in other letters, or with a space pasted along, is found", async () => {
    const found = await city.data('{ a: unit(code: "cb-tp") { code } b: unit(code: " CB-TP") { code } }');
    expect(found).toEqual({ a: { code: "CB-TP" }, b: { code: "CB-TP" } });
  });
});

describe("up the tree", () => {
  test("parent is the unit above, ancestors are all above it with the nearest first", async () => {
    const { parent, ancestors } = await fieldsOf(
      "CB-TP-TH-SONGHIEN",
      "parent { code parent { code } } ancestors { name level unit { code } }",
    );
    expect(parent).toEqual({ code: "CB-TP-TH-SONGHIEN-CD", parent: { code: "CB-TP" } });
    expect(ancestors.map(({ level, unit: seen }: any) => [level, seen?.code ?? null])).toEqual([
      ["GRASSROOTS", "CB-TP-TH-SONGHIEN-CD"],
      ["DISTRICT", "CB-TP"],
      ["PROVINCE", "CB"],
      ["CONFEDERATION", null],
    ]);
    expect(ancestors[3].name).toBe("Tổng Liên đoàn Lao động Việt Nam");
    expect(await fieldsOf("CB", "parent { code }")).toEqual({ parent: null });
  });

  test("placements tell under whom it stood, and profile what it was, on any day", async () => {
    expect(
      (await fieldsOf("CB-TP-TH-HOPGIANG-CD", "placements { nodes { from until parent { name unit { code } } } }")).placements.nodes,
    ).toEqual([
      { from: "2010-01-01", until: "2025-01-01", parent: { name: "Liên đoàn Lao động thành phố Cao Bằng", unit: { code: "CB-TP" } } },
      { from: "2025-01-01", until: null, parent: { name: "Liên đoàn Lao động huyện Hoà An", unit: { code: "CB-HA" } } },
    ]);
    const one = "name from until kind schoolLevel ownership";
    expect(
      await fieldsOf(
        "CB-TP-TH-HOPGIANG",
        `name was: profile(on: "2024-07-31") { ${one} } then: profile(on: "2024-08-01") { ${one} } now: profile { name } first: profile(on: "1950-01-01") { name }`,
      ),
    ).toEqual({
      name: "Trường Tiểu học Hợp Giang mới",
      was: {
        name: "Trường Tiểu học Hợp Giang",
        from: null,
        until: "2024-08-01",
        kind: "SCHOOL",
        schoolLevel: "PRIMARY",
        ownership: "PUBLIC",
      },
      then: {
        name: "Trường Tiểu học Hợp Giang mới",
        from: "2024-08-01",
        until: null,
        kind: "SCHOOL",
        schoolLevel: "PRIMARY",
        ownership: "PUBLIC",
      },
      now: { name: "Trường Tiểu học Hợp Giang mới" },
      first: { name: "Trường Tiểu học Hợp Giang" },
    });
    expect(await analyst.codes('{ unit(code: "CB") { profile(on: "2024-13-01") { name } } }')).toEqual(["BAD_USER_INPUT"]);
  });
});

describe("children", () => {
  const MOVED = "CB-TP-TH-HOPGIANG-CD";
  const holds = async (args: string) =>
    codesOf((await fieldsOf("CB-TP", `children${args} { nodes { code } totalCount }`)).children).includes(MOVED);

  test("are those of today, of a day or of a school year's reference date", async () => {
    expect(await holds("(first: 100)")).toBe(false);
    expect([await holds('(first: 100, on: "2024-12-31")'), await holds('(first: 100, on: "2025-01-01")')]).toEqual([true, false]);
    expect([await holds('(first: 100, schoolYear: "2023-2024")'), await holds('(first: 100, schoolYear: "2024-2025")')]).toEqual([
      true,
      false,
    ]);
  });

  test("are filtered, searched, ordered and paged as units are", async () => {
    const { all, some, worst, page } = await fieldsOf(
      "CB-TP",
      `all: children(first: 100) { totalCount nodes { code level parent { code } } }
       some: children(filter: {search: "tan giang", level: GRASSROOTS}) { totalCount nodes { name } }
       worst: children(first: 2, orderBy: [{by: INDICATOR, indicator: "members", schoolYear: "2024-2025"}, {by: CODE}]) { nodes { code } pageInfo { endCursor } }
       page: children(first: 2) { pageInfo { hasNextPage endCursor } }`,
    );
    expect(all.nodes).toHaveLength(all.totalCount);
    expect(all.nodes.every(({ parent }: any) => parent.code === "CB-TP")).toBe(true);
    expect(some.nodes.every(({ name }: any) => name.includes("Tân Giang"))).toBe(true);
    expect(some.totalCount).toBe(some.nodes.length);
    expect(worst.nodes).toHaveLength(2);
    const { children } = await fieldsOf("CB-TP", `children(first: 100, after: "${page.pageInfo.endCursor}") { nodes { code } }`);
    expect(codesOf(children)).toEqual(codesOf(all).slice(2));
  });

  test.each([
    '(on: "2024-01-01", schoolYear: "2023-2024")',
    '(filter: {openOn: "2024-01-01"})',
    '(filter: {ancestor: "CB"})',
    '(on: "yesterday")',
    "(first: 0)",
  ])("with %s are refused", async (args) =>
    expect(await analyst.codes(`{ unit(code: "CB-TP") { children${args} { totalCount } } }`)).toEqual(["BAD_USER_INPUT"]),
  );
});

describe("node and nodes", () => {
  const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Unit { code } ... on Record { kind } ... on SchoolYear { label } } }`;

  test("answer anything that has an id with its type, in the order of the ids, and null for the others", async () => {
    const LEVELS = `{ units(filter: {level: [PROVINCE, DISTRICT]}, first: 2, orderBy: {by: CODE}) { nodes { id } }
      union: units(filter: {level: GRASSROOTS}, first: 1) { nodes { id } } school: unit(code: "CB-TP-TH-SONGHIEN") { id records { nodes { id } } directives { nodes { id } } } figure: unit(code: "CB-TP") { reconciliation(schoolYear: "2024-2025") { nodes { published { id } } } } }`;
    const { units: above, union, school, figure } = await analyst.data(LEVELS);
    const records = [...school.records.nodes, ...school.directives.nodes, figure.reconciliation.nodes[0].published].map(({ id }) => id);
    const ids = [
      "2023-2024",
      ...above.nodes.map(({ id }: any) => id),
      union.nodes[0].id,
      school.id,
      ...records,
      "2030-2031",
      "CB",
      "",
      records[0].replace(/.$/, (last: string) => (last === "0" ? "1" : "0")),
    ];
    const { nodes } = await analyst.data(NODES, { ids });
    expect(nodes.map((node: any) => node && node.id)).toEqual([...ids.slice(0, -4), null, null, null, null]);
    const types = [
      "SchoolYear",
      "ProvincialFederation",
      "DistrictFederation",
      "GrassrootsUnion",
      "School",
      "Conference",
      "MembershipReport",
      "Directive",
      "PublishedFigure",
    ];
    expect([...new Set(nodes.map((node: any) => node?.__typename))]).toEqual(expect.arrayContaining(types));
    for (const id of ids)
      expect((await analyst.data(`query ($id: ID!) { node(id: $id) { id } }`, { id })).node?.id ?? null).toBe(
        nodes[ids.indexOf(id)]?.id ?? null,
      );
  });

  test("refuse more than 500 ids at once", async () => {
    expect(await analyst.codes(NODES, { ids: Array(501).fill("2023-2024") })).toEqual(["BAD_USER_INPUT"]);
    expect((await analyst.data(NODES, { ids: Array(500).fill("2023-2024") })).nodes).toHaveLength(500);
  });
});

describe("what is the same for everybody", () => {
  test("schoolYears stand in order of time with their days", async () => {
    const { schoolYears } = await city.data("{ schoolYears { id label startsOn endsOn referenceDate } }");
    expect(schoolYears.map(({ label }: any) => label)).toEqual(["2021-2022", "2022-2023", "2023-2024", "2024-2025"]);
    expect(schoolYears[3]).toEqual({
      id: "2024-2025",
      label: "2024-2025",
      startsOn: "2024-09-05",
      endsOn: "2025-05-31",
      referenceDate: "2025-05-31",
    });
  });

  test("indicators tell every definition, and each is a field of Rollup with the same figures", async () => {
    const { indicators: told } = await city.data(
      `{ indicators { key name { en vi } definition { en vi } numerator { en vi } denominator { en } eligibility { en vi } unit period direction takesDeadline hasWorklist source } }`,
    );
    expect(told.map(({ key }: any) => key)).toEqual(indicators.map(({ key }) => key));
    for (const { name, definition, source, unit, denominator } of told) {
      expect([name.en, name.vi, definition.en, definition.vi, source].every((text: string) => text.length > 1)).toBe(true);
      expect(denominator === null).toBe(unit !== "RATE" && unit !== "MEAN");
    }
    const { unit } = await city.data(
      `{ unit(code: "CB-TP") { rollup(schoolYear: "2024-2025") { indicators { indicator { key } value numerator denominator } ${indicators.map(({ key }) => `${key} { indicator { key } value numerator denominator }`).join(" ")} } } }`,
    );
    expect(unit.rollup.indicators).toEqual(indicators.map(({ key }) => unit.rollup[key]));
  });

  test("me says who the token belongs to, what it may do and where", async () => {
    expect((await city.data("{ me { name role unit { code } } }")).me).toEqual({
      name: "ANALYST of CB-TP",
      role: "ANALYST",
      unit: { code: "CB-TP" },
    });
    const administrator = await running.as("ADMINISTRATOR");
    expect((await administrator.data("{ me { role unit { code } } }")).me).toEqual({ role: "ADMINISTRATOR", unit: null });
    expect((await administrator.data("{ me { tokenId } }")).me.tokenId).toBe((await running.hub.access.list()).at(-1)!.id);
  });
});
