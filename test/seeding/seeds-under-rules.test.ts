import { documentsSeed } from "../../src/seeding/documents.js";
import { loadSeed } from "../../src/seeding/load.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, noon, report, TODAY } from "../desk.js";

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

test("the seeder passes no lock: what has been closed over a seed's unit it may not store again", async () => {
  const office = new Desk(database);
  await loadSeed(database, "documents", noon(TODAY));
  expect(await database.raw("SELECT fact_id FROM known_late")).toEqual([]);
  const { unit, schoolYear } = documentsSeed().records.find(({ kind }) => kind === "conference")!;
  const { record } = await office.send(report.conference(unit, {}, { schoolYear, expectedVersion: 7 }));
  expect((await office.withdraw("conference", record!.recordId)).outcome).toBe("STORED");
  expect((await office.closePeriod("VN", { schoolYear: schoolYear! })).outcome).toBe("STORED");
  const before = await database.dump();
  await expect(loadSeed(database, "documents", noon(TODAY))).rejects.toThrow(
    /^the seed's conference of .* was refused: .*what is locked of/,
  );
  expect(await database.dump()).toEqual(before);
}, 60_000);
