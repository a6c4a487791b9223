import { measureKeys } from "../../src/domain/counting/measures.js";
import { SCHOOL_LEVELS, type SchoolLevel } from "../../src/domain/tree/unit.js";
import { type CellTally } from "../../src/domain/counting/cell.js";
import { openTestDatabase, type TestDatabase } from "../database.js";

let database: TestDatabase;
beforeAll(async () => void (database = await openTestDatabase()));
afterAll(() => database.close());

test("cells of which each gets its own amount are looked through for what they get, not for every measure that there is", async () => {
  const cells = ["u1", "u2", "u3"].flatMap((unitId) =>
    (Object.keys(SCHOOL_LEVELS) as SchoolLevel[]).map((schoolLevel) => ({
      ...{ unitId, schoolYear: "2024-2025", schoolLevel, ownership: "ALL" as const },
    })),
  );
  let looks = 0;
  const counted = (tally: Record<string, number>) =>
    new Proxy(tally, {
      get(amounts, measure) {
        looks++;
        return Reflect.get(amounts, measure) as unknown;
      },
    });
  const [first, second] = [measureKeys[0]!, measureKeys.at(-1)!];
  const rows: CellTally[] = cells.map((cell, index) => ({ ...cell, tally: counted({ [first]: index, [second]: 1 }) }));
  await database.write(async ({ ledger }) => {
    await ledger.ensure(cells);
    await ledger.addEach(rows);
    await ledger.addEach(rows);
  });
  expect(looks).toBeLessThanOrEqual(2 * 4 * cells.length);
  const found = await database.read(({ ledger }) => ledger.cellsOfYear("2024-2025"));
  const amountOf = (row: CellTally) =>
    cells.findIndex(({ unitId, schoolLevel }) => unitId === row.unitId && schoolLevel === row.schoolLevel);
  expect(found).toHaveLength(cells.length);
  for (const row of found) expect([row.tally[first] ?? 0, row.tally[second]]).toEqual([2 * amountOf(row), 2]);
});
