import { notDueCounts, tallies } from "../../src/rollup/tallies.js";
import type { UnitDraft } from "../../src/intake/units/register.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, report, schoolYear } from "../desk.js";
import type { Where } from "../../src/domain/tree/filter.js";
import { type RollupKey, type Tree } from "../../src/domain/figures/rollup.js";

const years = [schoolYear(2023), schoolYear(2024)];
const everything: Where = { schoolLevel: null, ownership: null };
const statements: string[] = [];

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase((sql) => statements.push(sql));
  desk = new Desk(database);
  for (const year of years) await desk.openYear(year);
  await desk.register(...province("SMALL", 1), ...province("LARGE", 13));
});
afterAll(() => database.close());

/** A province whose children are of every level: for each of `each` a district with a school, a union with a school and a school. */
function province(code: string, each: number): UnitDraft[] {
  const children = Array.from({ length: each }, (_, n) => [
    draft.district(`${code}-D${n}`, code),
    draft.school(`${code}-DS${n}`, `${code}-D${n}`, { schoolLevel: "PRESCHOOL", ownership: "PRIVATE" }),
    draft.union(`${code}-U${n}`, code),
    draft.school(`${code}-US${n}`, `${code}-U${n}`),
    draft.school(`${code}-S${n}`, code, { schoolLevel: "UPPER_SECONDARY" }),
  ]);
  return [draft.province(code), ...children.flat()];
}

/** A unit and all its children. */
async function family(code: string, tree: Tree = "OF_THE_YEAR", where = everything, of = years): Promise<RollupKey[]> {
  const parent = await desk.id(code);
  const children = await database.read((stores) => stores.units.placementsBelow(parent));
  const ids = [parent, ...children.map(({ unitId }) => unitId)];
  const levels = await database.read((stores) => stores.unitReader.levels(ids));
  return of.flatMap((schoolYear) => ids.map((unitId) => ({ unitId, level: levels.get(unitId)!, schoolYear, where, tree })));
}

async function counted(keys: RollupKey[], ask: typeof tallies = tallies, today = "2025-06-20") {
  statements.length = 0;
  const found = await database.read((stores) => ask(stores, keys, today));
  return { statements: statements.length, found };
}

describe("the tallies of a province and all its children", () => {
  test("take three statements, one a kind of store, for 3 children and for 39, one year or several", async () => {
    for (const some of [years.slice(1), years])
      for (const code of ["SMALL", "LARGE"])
        expect((await counted(await family(code, "OF_THE_YEAR", everything, some))).statements).toBe(3);
    expect((await family("LARGE")).length).toBe(80);
  });

  test("take one statement under today's tree", async () => {
    for (const code of ["SMALL", "LARGE"]) expect((await counted(await family(code, "TODAY"))).statements).toBe(1);
  });

  test("filtered cost no statement more", async () => {
    const where: Where = { schoolLevel: "PRESCHOOL", ownership: "NON_PUBLIC" };
    const { found, statements: asked } = await counted(await family("LARGE", "OF_THE_YEAR", where, years.slice(1)));
    expect(asked).toBe(3);
    expect(found[0]).toMatchObject({ schools: 13 });
    expect(
      found
        .slice(1)
        .map(({ schools = 0 }) => schools)
        .sort(),
    ).toEqual([...Array<number>(26).fill(0), ...Array<number>(13).fill(1)]);
  });

  test("of districts only take one statement", async () => {
    const keys = (await family("LARGE")).filter(({ level }) => level === "PROVINCE" || level === "DISTRICT");
    expect((await counted(keys)).statements).toBe(1);
  });

  test("of nothing take none", async () => {
    expect(await counted([])).toEqual({ statements: 0, found: [] });
  });

  test("come in the order asked, also mixed with other filters and trees, and empty where nothing counts", async () => {
    const plain = await family("SMALL", "OF_THE_YEAR", everything, years.slice(1));
    const other = await family("SMALL", "TODAY", { schoolLevel: "UPPER_SECONDARY", ownership: null }, years.slice(1));
    const mixed = plain.flatMap((key, index) => [key, other[index]!]);
    const { found } = await counted(mixed);
    expect(found.map(({ schools = 0 }) => schools)).toEqual([3, 1, 1, 0, 1, 0, 1, 1]);
    expect(found[3]).toEqual({});
  });
});

describe("missing reports that are not due yet", () => {
  const notDue = async (code: string, today: string, tree: Tree = "OF_THE_YEAR") =>
    (await counted(await family(code, tree, everything, years.slice(1)), notDueCounts, today)).found[0];

  test("are those whose deadline has not passed: the day of the deadline is still in time", async () => {
    for (const tree of ["OF_THE_YEAR", "TODAY"] as const) {
      expect(await notDue("SMALL", "2024-12-05", tree)).toMatchObject({ staffConference: 2, labourConference: 0, membershipReport: 3 });
      expect(await notDue("SMALL", "2024-12-06", tree)).toMatchObject({ staffConference: 0, membershipReport: 3 });
    }
  });

  test("are fewer by each that reports", async () => {
    const at = desk.on("2024-10-01");
    const { record } = await at.send(report.conference("SMALL-US0"));
    expect(await notDue("SMALL", "2024-10-01")).toMatchObject({ staffConference: 1 });
    await at.withdraw("conference", record!.recordId);
    expect(await notDue("SMALL", "2024-10-01")).toMatchObject({ staffConference: 2 });
  });

  test("are none, and not asked for, when the last deadline of the school year has passed", async () => {
    expect(await notDue("SMALL", "2025-05-31")).toMatchObject({ membershipReport: 3 });
    expect(await counted(await family("SMALL"), notDueCounts, "2025-09-01")).toEqual({ statements: 0, found: Array(8).fill({}) });
  });

  test("take a statement a level", async () => {
    for (const code of ["SMALL", "LARGE"]) expect((await counted(await family(code), notDueCounts, "2025-01-01")).statements).toBe(4);
    for (const code of ["SMALL", "LARGE"])
      expect((await counted(await family(code, "TODAY"), notDueCounts, "2025-01-01")).statements).toBe(1);
  });
});
