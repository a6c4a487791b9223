import { type Day } from "../../src/domain/ground/day.js";
import { Desk, draft, TODAY } from "../desk.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import type { UnitQuery, UnitSort, UnitView } from "../../src/domain/tree/unit-view.js";
import type { Slice } from "../../src/domain/ground/slice.js";

let database: TestDatabase;
let desk: Desk;
/** What all queries of these tests share. */
const usual: UnitQuery = { on: TODAY, today: TODAY, branch: null };

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
});
beforeEach(() => database.empty());
afterAll(() => database.close());

const page = (query: Partial<UnitQuery>, sort: Partial<UnitSort> = {}, slice: Partial<Slice> = {}): Promise<UnitView[]> =>
  database.read((stores) =>
    stores.unitReader.page(
      { ...usual, ...query },
      { by: "NAME", descending: false, ...sort },
      { after: null, before: null, backwards: false, limit: 1_000, ...slice },
    ),
  );
const codesOf = (views: readonly UnitView[]) => views.map(({ code }) => code);
const namesOf = (views: readonly UnitView[]) => views.map(({ name }) => name);

/** Codes of a query, which must be the same however they are asked for. */
async function found(query: Partial<UnitQuery>): Promise<string[]> {
  const views = await page(query);
  const counted = await database.read((stores) => stores.unitReader.count({ ...usual, ...query }));
  const ids = (await database.read((stores) => stores.unitReader.entries({ ...usual, ...query }))).map(({ id }) => id);
  expect(counted).toBe(views.length);
  expect([...ids].sort()).toEqual(views.map(({ id }) => id).sort());
  return codesOf(views).sort();
}

async function view(code: string, on: Day) {
  const id = await desk.id(code);
  const seen = (await database.read((stores) => stores.unitReader.views([id], on))).get(id);
  if (!seen) throw new Error(`no ${code}`);
  const { name, open } = seen;
  return {
    name,
    open,
    line: await codesById(seen.ancestorIds),
    parent: (await codesById(seen.parentId ? [seen.parentId] : []))[0] ?? null,
  };
}

async function codesById(ids: readonly string[]): Promise<string[]> {
  const views = await database.read((stores) => stores.unitReader.views(ids, TODAY));
  return ids.map((id) => views.get(id)?.code ?? "?");
}

const stored = async (answer: Promise<{ outcome: string } | { outcome: string }[]>) => {
  for (const { outcome } of [await answer].flat()) expect(outcome).toBe("STORED");
};

describe("a page", () => {
  const schools = Array.from({ length: 61 }, (_, index) =>
    draft.school(`S${index}`, "CB", { name: index % 5 === 0 ? "Trường Hoà" : "Trường Hòa" }),
  );

  test.each(["NAME", "CODE"] as const)("by %s gives every one of many equal names once, forwards and backwards", async (by) => {
    await stored(desk.register(draft.province("CB", null, { name: "Cao Bằng" }), ...schools));
    const walks: string[][] = [];
    for (const descending of [false, true]) {
      const walked: UnitView[] = [];
      for (let last: UnitView | undefined; ; last = walked.at(-1)) {
        const after = last ? [by === "NAME" ? last.sortKey : last.code, last.id] : null;
        const next = await page({}, { by, descending }, { after, limit: 7 });
        walked.push(...next);
        if (next.length < 7) break;
      }
      walks.push(codesOf(walked));
    }
    const [forwards = [], backwards = []] = walks;
    expect([...forwards].sort()).toEqual(["CB", ...schools.map(({ code }) => code)].sort());
    expect(backwards).toEqual([...forwards].reverse());
    if (by === "CODE") expect(forwards).toEqual([...forwards].sort());
  });

  test("by name is in the order of a Vietnamese dictionary, numbers by value", async () => {
    const names = [
      ...[
        "Âu Cơ",
        "An Bình",
        "Ăn Thịnh",
        "Bà",
        "Ba",
        "Bả",
        "Bã",
        "Bá",
        "Bạ",
        "Đông Anh",
        "Dư",
        "Du",
        "Duy",
        "Em",
        "Ê-đê",
        "Giang",
        "Ý Yên",
      ],
      ...["Trường số 10", "Trường số 2", "Trường số 2B", "Trang", "Ông Ích", "Ong", "Ơn", "Ưng", "Ung"],
    ];
    await stored(desk.register(...names.map((name, index) => draft.province(`P${index}`, null, { name }))));
    const expected = [
      ...["An Bình", "Ăn Thịnh", "Âu Cơ", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Du", "Duy", "Dư", "Đông Anh", "Em", "Ê-đê", "Giang", "Ong"],
      ...["Ông Ích", "Ơn", "Trang", "Trường số 2", "Trường số 2B", "Trường số 10", "Ung", "Ưng", "Ý Yên"],
    ];
    expect(namesOf(await page({}))).toEqual(expected);
    expect(namesOf(await page({}, { descending: true }))).toEqual([...expected].reverse());
  });
});

describe("a search", () => {
  const names: Record<string, string> = {
    TT: "Liên đoàn Lao động huyện Thanh Trì",
    DD: "Đống Đa",
    HOA: "Hoà Bình",
    PERCENT: "Đạt 100% chỉ tiêu",
    PLAIN: "Đạt 1000 chỉ tiêu",
    LOW: "a_b",
    LOWER: "axb",
    BANG: "Hay! Lắm",
    QUOTE: `Trường "Sao Mai" của cô O'Brien`,
    SLASH: "Tổ 1\\2",
    BOTH: "Tổ 1\\%2",
    FOUR: "Trường 𠮷 🏔 Cao",
  };

  test.each<[string, string[]]>([
    ["thanh tri", ["TT"]],
    ["Thanh Trì", ["TT"]],
    ["THANH  TRI".normalize("NFD"), ["TT"]],
    ["Thanh Trì".normalize("NFD"), ["TT"]],
    ["dong da", ["DD"]],
    ["hòa", ["HOA"]],
    ["%", ["BOTH", "PERCENT"]],
    ["100%", ["PERCENT"]],
    ["_", ["LOW"]],
    ["a_b", ["LOW"]],
    ["!", ["BANG"]],
    ["!_", []],
    ["y! l", ["BANG"]],
    ["'", ["QUOTE"]],
    ["o'brien", ["QUOTE"]],
    ['"sao', ["QUOTE"]],
    ["' OR '1'='1", []],
    ["\\", ["BOTH", "SLASH"]],
    ["1\\2", ["SLASH"]],
    ["\\%", ["BOTH"]],
    ["\\\\", []],
    ["𠮷", ["FOUR"]],
    ["🏔 cao", ["FOUR"]],
    ["?", []],
    ["thanh trai", []],
  ])("for %j finds %j", async (search, expected) => {
    await stored(desk.register(...Object.entries(names).map(([code, name]) => draft.province(code, null, { name }))));
    expect(await found({ search })).toEqual(expected);
  });
});

test("text of four bytes, decomposed or with quotes is read back as it was kept", async () => {
  const names = ["Cao Bằng 𠮷 🏔", "Thanh Trì".normalize("NFD"), `"O'Brien" \\ %_!\``, "x".repeat(200)];
  await stored(desk.register(...names.map((name, index) => draft.province(`P${index}`, null, { name }))));
  expect(namesOf(await page({}, { by: "CODE" }))).toEqual(names.map((name) => name.normalize("NFC")));
});

describe("the line of a unit", () => {
  beforeEach(async () => {
    await stored(
      desk.register(
        ...[draft.confederation("VN"), draft.province("CB", "VN"), draft.province("HN", "VN"), draft.district("CB-TP", "CB")],
        ...[draft.district("CB-HA", "CB"), draft.district("HN-TT", "HN"), draft.union("U", "CB-TP"), draft.school("S", "U")],
      ),
    );
  });

  test("goes up to the top, nearest first; a root has none", async () => {
    expect(await view("S", TODAY)).toMatchObject({ parent: "U", line: ["U", "CB-TP", "CB", "VN"], open: true });
    expect(await view("VN", TODAY)).toMatchObject({ parent: null, line: [], open: true });
  });

  test("is that of the day when it, or something above it, was moved", async () => {
    await stored(desk.move("U", "CB-HA", "2024-03-01"));
    await stored(desk.move("U", "HN-TT", "2025-03-01"));
    await stored(desk.move("S", "CB-HA", "2025-05-01"));
    const lines: [Day, string[]][] = [
      ["1990-01-01", ["U", "CB-TP", "CB", "VN"]],
      ["2024-02-29", ["U", "CB-TP", "CB", "VN"]],
      ["2024-03-01", ["U", "CB-HA", "CB", "VN"]],
      ["2025-02-28", ["U", "CB-HA", "CB", "VN"]],
      ["2025-03-01", ["U", "HN-TT", "HN", "VN"]],
      ["2025-04-30", ["U", "HN-TT", "HN", "VN"]],
      ["2025-05-01", ["CB-HA", "CB", "VN"]],
      ["2099-01-01", ["CB-HA", "CB", "VN"]],
    ];
    for (const [on, line] of lines)
      expect({ on, ...(await view("S", on)) }).toMatchObject({ on, line, parent: line[0], open: on >= "2010-01-01" });
  });

  test("stays when it is closed, and when what is above it is closed too", async () => {
    await stored(desk.close("S", "2024-03-01"));
    await stored(desk.close("U", "2024-06-01"));
    const line = ["U", "CB-TP", "CB", "VN"];
    expect(await view("S", "2024-02-29")).toMatchObject({ open: true, line });
    expect(await view("S", "2024-03-01")).toMatchObject({ open: false, line });
    expect(await view("U", "2024-06-01")).toMatchObject({ open: false, line: line.slice(1) });
    expect(await view("S", "2025-01-01")).toMatchObject({ open: false, line, parent: "U" });
    expect(await found({ parent: await desk.id("U"), on: "2024-02-29" })).toEqual(["S"]);
    expect(await found({ parent: await desk.id("U"), on: "2024-03-01" })).toEqual([]);
    expect(await found({ ancestor: await desk.id("U"), on: "2024-03-01" })).toEqual(["S"]);
    expect(await found({ ancestor: await desk.id("U"), on: "2024-03-01", open: true })).toEqual([]);
    expect(await found({ open: false })).toEqual(["S", "U"]);
  });

  test("is the former one while it is closed and the new one after it was reopened elsewhere", async () => {
    await stored(desk.close("S", "2024-03-01"));
    await stored(desk.reopen("S", "2024-09-01", "HN-TT"));
    expect(await view("S", "2024-08-31")).toMatchObject({ open: false, line: ["U", "CB-TP", "CB", "VN"] });
    expect(await view("S", "2024-09-01")).toMatchObject({ open: true, line: ["HN-TT", "HN", "VN"] });
  });

  test("comes with the name of the day", async () => {
    await stored(desk.update("S", { name: "Trường mới", from: "2024-07-01" }));
    expect([(await view("S", "2024-06-30")).name, (await view("S", "2024-07-01")).name]).toEqual(["Đơn vị S", "Trường mới"]);
  });
});

describe("a branch", () => {
  beforeEach(async () => {
    await stored(
      desk.register(
        ...[draft.confederation("VN"), draft.province("CB", "VN"), draft.province("HN", "VN"), draft.district("CB-TP", "CB")],
        ...[
          draft.district("HN-TT", "HN"),
          draft.school("S1", "CB-TP"),
          draft.school("S2", "CB-TP"),
          draft.school("S3", "HN-TT"),
          draft.school("S4", "CB"),
        ],
      ),
    );
    await stored(desk.move("S2", "HN-TT", "2025-01-01"));
  });

  test("holds what stands below its top today, whatever day is looked at", async () => {
    const branch = await desk.id("CB");
    for (const on of [TODAY, "2024-06-01", "1990-01-01"]) {
      expect(await found({ branch, on })).toEqual(["CB", "CB-TP", "S1", "S4"]);
      expect(await found({ branch, on, levels: ["SCHOOL"] })).toEqual(["S1", "S4"]);
    }
    expect(await found({ branch: await desk.id("HN") })).toEqual(["HN", "HN-TT", "S2", "S3"]);
    expect(await found({ branch: await desk.id("S1") })).toEqual(["S1"]);
    expect(await found({ branch: "00000000-0000-7000-8000-000000000000" })).toEqual([]);
    expect(await found({ branch: null })).toHaveLength(9);
  });

  test("hides what does not belong to it by ids, by parent and by ancestor", async () => {
    const [branch, other, city, top] = [await desk.id("CB"), await desk.id("HN"), await desk.id("CB-TP"), await desk.id("VN")];
    const ids = [await desk.id("S1"), await desk.id("S2"), await desk.id("S3"), branch, other, top];
    for (const on of [TODAY, "2024-06-01"]) {
      expect(await found({ branch, on, ids })).toEqual(["CB", "S1"]);
      expect(await found({ branch, on, ancestor: top })).toEqual(["CB", "CB-TP", "S1", "S4"]);
      expect(await found({ branch, on, ancestor: other })).toEqual([]);
      expect(await found({ branch, on, parent: top })).toEqual(["CB"]);
      expect(await found({ branch, on, parent: other })).toEqual([]);
      expect(await found({ branch, on, ancestor: branch })).toEqual(["CB-TP", "S1", "S4"]);
    }
    expect(await found({ branch, ids: [] })).toEqual([]);
    // S2 stood in the city then, but belongs to the other province now.
    expect(await found({ on: "2024-06-01", parent: city })).toEqual(["S1", "S2"]);
    expect(await found({ branch, on: "2024-06-01", parent: city })).toEqual(["S1"]);
    expect(await found({ branch: other, on: "2024-06-01", parent: city })).toEqual(["S2"]);
    expect(await found({ branch: other, on: "2024-06-01", ancestor: branch })).toEqual(["S2"]);
  });

  test("keeps what has closed", async () => {
    await stored(desk.close("S1", "2025-02-01"));
    expect(await found({ branch: await desk.id("CB") })).toEqual(["CB", "CB-TP", "S1", "S4"]);
    expect(await found({ branch: await desk.id("CB"), open: true })).toEqual(["CB", "CB-TP", "S4"]);
  });
});

test("conditions hold together: level, kind, school level, ownership and a search", async () => {
  await stored(
    desk.register(
      ...[draft.province("CB"), draft.district("CB-TP", "CB", { kind: "CITY" }), draft.school("S1", "CB-TP", { name: "Hợp Giang" })],
      ...[
        draft.school("S2", "CB-TP", { name: "Hợp Giang", ownership: "PRIVATE" }),
        draft.school("S3", "CB", { name: "Hợp Giang", schoolLevel: "PRESCHOOL" }),
      ],
    ),
  );
  const hopGiang = { levels: ["SCHOOL"], search: "hop giang" };
  expect(await found(hopGiang)).toEqual(["S1", "S2", "S3"]);
  expect(await found({ ...hopGiang, ownerships: ["PUBLIC"] })).toEqual(["S1", "S3"]);
  expect(await found({ ...hopGiang, ownerships: ["PUBLIC"], schoolLevels: ["PRIMARY"] })).toEqual(["S1"]);
  expect(await found({ ...hopGiang, ancestor: await desk.id("CB-TP") })).toEqual(["S1", "S2"]);
  expect(await found({ kinds: ["CITY", "PROVINCE"] })).toEqual(["CB", "CB-TP"]);
  expect(await found({ kinds: [] })).toEqual([]);
});

test("a search finds a unit once by any name that it bears or bore, and shows the name of the day", async () => {
  await stored(desk.register(draft.province("P"), draft.school("S", "P", { name: "Trường Ðông Hà" })));
  await stored(desk.update("S", { name: "Trường Tân Hà", from: "2020-01-01" }));
  await stored(desk.update("S", { name: "Trường Tây Hà", from: "2030-01-01" }));
  for (const search of ["dong ha", "đông hà", "tan ha", "truong"]) expect(namesOf(await page({ search }))).toEqual(["Trường Tân Hà"]);
  expect(namesOf(await page({ search: "đông hà", on: "2019-12-31" }))).toEqual(["Trường Ðông Hà"]);
  expect([await found({ search: "tay ha" }), await found({ search: "tan ha", on: "2019-12-31" })]).toEqual([[], []]);
  expect(await found({ search: "dong ha" })).toEqual(["S"]);
});

test("more units than a statement takes values are added up under today's tree", async () => {
  const ids = Array.from({ length: 70_000 }, (_, index) => `unit ${index}`);
  const where = { schoolLevel: null, ownership: null };
  expect(await database.read((stores) => stores.dossiers.sumsInTree(ids, ["2024-2025"], where, ["members"], TODAY))).toEqual([]);
});
