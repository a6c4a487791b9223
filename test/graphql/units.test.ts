import { sortKey } from "../../src/domain/ground/vietnamese.js";
import { draft } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";
import { digest } from "../../src/domain/ground/digest.js";

let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("demo");
  const added = [
    ...(await running.desk.register(draft.school("CB-TP-CU", "CB-TP", { name: "Trường cũ", openedOn: "2011-01-01" }))),
    await running.desk.update("CB-TP-CU", { name: "Trường Đổi Tên", from: "2020-01-01" }),
    await running.desk.close("CB-TP-CU", "2024-01-01"),
  ];
  expect(added.flatMap(({ problems }) => problems)).toEqual([]);
  analyst = await running.as("ANALYST", "CB");
}, 600_000);
afterAll(() => running.close());

const UNITS = `query ($filter: UnitFilter, $orderBy: [UnitOrder!], $first: Int! = 50, $after: String) {
  units(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
    nodes { id code name level kind schoolLevel ownership open parent { code } ancestors { unit { code } } }
  }
}`;
const units = async (variables: object) => (await analyst.data(UNITS, variables)).units;
/** All units of a filter, in pages of 500. */
const found = async (filter: object) => {
  const nodes: any[] = [];
  for (let after: string | null = null; ;) {
    const page: any = await units({ filter, first: 500, after });
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
};
const codes = (nodes: any[]) => nodes.map(({ code }) => code);

describe("units, filtered", () => {
  test.each<[string, object, (unit: any) => boolean]>([
    ["level", { level: ["DISTRICT", "GRASSROOTS"] }, ({ level }) => level === "DISTRICT" || level === "GRASSROOTS"],
    ["kind", { kind: ["SECTOR_UNION", "OCCUPATIONAL"] }, ({ kind }) => kind === "SECTOR_UNION" || kind === "OCCUPATIONAL"],
    ["ancestor", { ancestor: "CB-HA" }, ({ ancestors }) => ancestors.some(({ unit }: any) => unit?.code === "CB-HA")],
    [
      "school level",
      { schoolLevel: ["PRESCHOOL", "UPPER_SECONDARY"] },
      (unit) => ["PRESCHOOL", "UPPER_SECONDARY"].includes(unit.schoolLevel),
    ],
    ["ownership", { ownership: "PRIVATE" }, ({ ownership }) => ownership === "PRIVATE"],
    ["non-public ownership", { ownership: "NON_PUBLIC" }, ({ ownership }) => ownership === "PRIVATE" || ownership === "COMMUNITY"],
    ["a day on which they are open", { openOn: "2025-01-01" }, ({ open }) => open],
    [
      "several together",
      { ancestor: "CB-TP", level: ["SCHOOL"], schoolLevel: ["PRIMARY"], ownership: "PUBLIC" },
      (u) => u.level === "SCHOOL" && u.schoolLevel === "PRIMARY" && u.ancestors.some(({ unit }: any) => unit?.code === "CB-TP"),
    ],
    ["an empty list", { level: [] }, () => false],
    ["no condition", {}, () => true],
  ])("by %s are all that fit and no other", async (_, filter, fits) => {
    const all: any[] = [];
    for (const level of ["PROVINCE", "DISTRICT", "GRASSROOTS", "SCHOOL"]) all.push(...(await found({ level: [level] })));
    expect(codes(await found(filter)).sort()).toEqual(codes(all.filter(fits)).sort());
  });

  test("by a day show names and parents of that day, and only what was open then", async () => {
    const names = async (openOn: string, search: string) => (await found({ openOn, search })).map(({ name }) => name);
    const days = ["2010-06-01", "2015-01-01", "2021-01-01", "2024-01-01"];
    expect(await Promise.all(days.map((day) => names(day, "doi ten")))).toEqual([[], [], ["Trường Đổi Tên"], []]);
    expect(await Promise.all(days.map((day) => names(day, "truong cu")))).toEqual([[], ["Trường cũ"], ["Trường Đổi Tên"], []]);
    expect((await found({ search: "truong doi ten" }))[0]).toMatchObject({ name: "Trường Đổi Tên", open: false });
  });

  test("by a search are found by former names, too, and shown once, by the name that they bear now", async () => {
    expect(await found({ search: "trường cũ" })).toMatchObject([{ code: "CB-TP-CU", name: "Trường Đổi Tên" }]);
    expect((await units({ filter: { search: "trường" }, first: 1 })).totalCount).toBe((await found({ search: "trường" })).length);
  });

  test.each(["song hien", "Sông Hiến", "SÔNG HIẾN", "Sông Hiến".normalize("NFD"), "  sông   hiến "])(
    "by a search for %p are the same",
    async (search) => {
      const names = (await found({ search, ancestor: "CB-TP" })).map(({ name }) => name);
      expect(names).toContain("Trường Tiểu học Sông Hiến");
      expect(names.every((name) => name.includes("Sông Hiến"))).toBe(true);
    },
  );

  test.each(["%", "_", "!", "\ud83d\ude00", "' OR 1=1 --"])("by a search for %p are none", async (search) =>
    expect(await found({ search })).toEqual([]),
  );

  test("by a search for nothing are all", async () => {
    for (const search of ["", "  ", "\n"]) expect((await units({ filter: { search } })).totalCount).toBe((await units({})).totalCount);
  });

  test.each([
    [{ ancestor: "CB-XX" }, "UNIT_NOT_FOUND"],
    [{ ancestor: "HN" }, "UNIT_NOT_FOUND"],
    [{ ancestor: "" }, "UNIT_NOT_FOUND"],
    [{ openOn: "2024-02-30" }, "BAD_USER_INPUT"],
  ])("by %p are refused", async (filter, code) => expect(await analyst.codes(UNITS, { filter })).toEqual([code]));
});

describe("units, ordered", () => {
  const SCHOOLS = { ancestor: "CB-TP", level: ["SCHOOL"] };
  const listed = async (orderBy: object | object[]) => (await units({ filter: SCHOOLS, orderBy, first: 500 })).nodes;

  test("by name they stand as in a Vietnamese dictionary, by code as texts, both also backwards", async () => {
    const byName = await listed({ by: "NAME" });
    expect(byName.map(({ name }: any) => name)).toEqual(
      byName.map(({ name }: any) => name).toSorted((a: string, b: string) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    );
    expect(codes(await listed([]))).toEqual(codes(byName));
    expect(codes(await listed({ by: "NAME", direction: "DESC" }))).toEqual(codes(byName).reverse());
    const byCode = codes(await listed({ by: "CODE" }));
    expect(byCode).toEqual(byCode.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(codes(await listed({ by: "CODE", direction: "DESC" }))).toEqual(byCode.toReversed());
  });

  test("between two limits of an indicator are exactly those whose figure lies there; the lower limit counts, the upper does not", async () => {
    const VALUES = `query ($filter: UnitFilter) { units(filter: $filter, first: 500) { totalCount withoutValue nodes { code rollup(schoolYear: "2023-2024") { members { value } } } } }`;
    const of = async (indicator?: object) =>
      (await analyst.data(VALUES, { filter: { ancestor: "CB-BLAM", level: "SCHOOL", ...(indicator ? { indicator } : {}) } })).units;
    const all: [string, number | null][] = (await of()).nodes.map(({ code, rollup }: any) => [code, rollup.members.value]);
    const silent = all.filter(([, value]) => value === null).length;
    expect(silent).toBeGreaterThan(0);
    const limit = all.flatMap(([, value]) => value ?? []).toSorted((a, b) => a - b)[Math.floor((all.length - silent) / 2)]!;
    const at = { indicator: "members", schoolYear: "2023-2024" };
    for (const [limits, within] of [
      [{ below: limit }, (value: number) => value < limit],
      [{ atLeast: limit }, (value: number) => value >= limit],
      [{ atLeast: 1, below: limit }, (value: number) => value >= 1 && value < limit],
    ] as const) {
      const expected = all.flatMap(([code, value]) => (value !== null && within(value) ? [code] : []));
      const { nodes, totalCount, withoutValue } = await of({ ...at, ...limits });
      expect(expected.length).toBeGreaterThan(0);
      expect(expected.length).toBeLessThan(all.length);
      expect(codes(nodes)).toEqual(expected);
      expect([totalCount, withoutValue]).toEqual([expected.length, silent]);
    }
  });

  test("by an indicator they stand by its value, in both directions; those without one are left out and counted", async () => {
    const VALUES = `query ($orderBy: [UnitOrder!]) { units(filter: {ancestor: "CB-BLAM"}, orderBy: $orderBy, first: 500) { withoutValue nodes { name rollup(schoolYear: "2023-2024") { conferenceAttendance { value } } } } }`;
    const values = async (direction: string) => {
      const orderBy = [{ by: "INDICATOR", indicator: "conferenceAttendance", schoolYear: "2023-2024", direction }, { by: "NAME" }];
      const { nodes, withoutValue } = (await analyst.data(VALUES, { orderBy })).units;
      expect(withoutValue).toBeGreaterThan(0);
      return nodes.map(({ name, rollup }: any) => [rollup.conferenceAttendance.value, sortKey(name)]);
    };
    for (const [direction, sign] of [
      ["ASC", 1],
      ["DESC", -1],
    ] as const) {
      const list: [number, string][] = await values(direction);
      expect(list.length).toBeGreaterThan(10);
      expect(list).toEqual(list.toSorted(([a, x], [b, y]) => sign * (a - b) || (x < y ? -1 : 1)));
    }
  });

  test.each([
    [{ by: "INDICATOR" }, "BAD_USER_INPUT"],
    [{ by: "INDICATOR", indicator: "members" }, "BAD_USER_INPUT"],
    [{ by: "INDICATOR", indicator: "member", schoolYear: "2023-2024" }, "INDICATOR_NOT_FOUND"],
    [{ by: "INDICATOR", indicator: "members", schoolYear: "2030-2031" }, "SCHOOL_YEAR_NOT_FOUND"],
    [Array(6).fill({ by: "NAME" }), "BAD_USER_INPUT"],
  ])("by %j they are refused", async (orderBy, code) => expect(await analyst.codes(UNITS, { orderBy })).toEqual([code]));
});

describe("units, page by page", () => {
  test.each<[string, object]>([
    ["by name", {}],
    ["by name, backwards", { orderBy: { by: "NAME", direction: "DESC" } }],
    ["by code under a filter", { filter: { schoolLevel: ["PRESCHOOL"] }, orderBy: { by: "CODE" } }],
    ["under a search", { filter: { search: "truong" } }],
    [
      "by an indicator with many equal values",
      { filter: { level: ["SCHOOL"] }, orderBy: { by: "INDICATOR", indicator: "emulationPact", schoolYear: "2024-2025" } },
    ],
    [
      "by an indicator, the largest first",
      {
        filter: { level: ["SCHOOL"], ancestor: "CB" },
        orderBy: { by: "INDICATOR", indicator: "members", schoolYear: "2024-2025", direction: "DESC" },
      },
    ],
  ])("%s: all pages together are the list, each unit once", async (_, variables) => {
    const pages: any[][] = [];
    let info = { hasNextPage: true, endCursor: null };
    for (let page = 0; info.hasNextPage; page++) {
      const { nodes, edges, pageInfo, totalCount } = await units({ ...variables, first: 61, after: info.endCursor });
      pages.push(nodes);
      expect([pageInfo.hasPreviousPage, pageInfo.startCursor, edges.map(({ node }: any) => node.id)]).toEqual([
        page > 0,
        edges[0].cursor,
        nodes.map(({ id }: any) => id),
      ]);
      if (!pageInfo.hasNextPage) expect(pages.flat()).toHaveLength(totalCount);
      info = pageInfo;
    }
    const all = codes(pages.flat());
    expect(new Set(all).size).toBe(all.length);
    expect(pages.length).toBeGreaterThan(2);
    expect(all.slice(0, 500)).toEqual(codes((await units({ ...variables, first: 500 })).nodes));
  });

  test("an endless page, an empty one and a cursor that is not of this list are refused", async () => {
    for (const first of [0, -1, 501]) expect(await analyst.codes(UNITS, { first })).toEqual(["BAD_USER_INPUT"]);
    const { endCursor } = (await units({ first: 1 })).pageInfo;
    const { worklist } = (
      await analyst.data(
        `{ unit(code: "CB") { worklist(schoolYear: "2023-2024", indicator: "members", status: YES, first: 1) { pageInfo { endCursor } } } }`,
      )
    ).unit;
    const plain = (key: unknown) => Buffer.from(JSON.stringify(key)).toString("base64url");
    const made = (key: unknown) => `${plain(key)}.${digest(plain(key))}`;
    const bad = [
      "",
      "x",
      endCursor.slice(0, -9),
      plain(["NAME ASC", "a", "b"]),
      made({}),
      made(null),
      made(["NAME ASC", "a"]),
      made(["CODE ASC", "a", "b"]),
      worklist.pageInfo.endCursor,
    ];
    for (const after of bad) expect([after, await analyst.codes(UNITS, { after })]).toEqual([after, ["BAD_USER_INPUT"]]);
    expect(await analyst.codes(UNITS, { after: endCursor, orderBy: { by: "CODE" } })).toEqual(["BAD_USER_INPUT"]);
    expect((await units({ after: made(["NAME ASC", "~", "'; DROP TABLE unit; --"]), first: 1 })).nodes).toEqual([]);
  });
});
