import fc from "fast-check";
import { type SchoolYear } from "../../src/domain/school-year.js";
import { difference, isZero, type Tally } from "../../src/domain/tally.js";
import { inUnitOfWork } from "../../src/intake/change.js";
import { tallies } from "../../src/rollup/tallies.js";
import { type TallyChange, withEffects } from "../../src/rollup/effects.js";
import type { Stores } from "../../src/storage/stores.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, Desk, draft, report, schoolYear, TODAY } from "../desk.js";
import { plant } from "../ledger/forest.js";
import { histories, take, verbNames } from "../ledger/histories.js";

const RUNS = Number(process.env.TONGHOP_TEST_RUNS ?? 5);
const SEED = Number(process.env.TONGHOP_TEST_SEED ?? 20_250_531);
const STEPS = 60;

/** A desk that is told the effects of everything done at it. */
class WatchingDesk extends Desk {
  changes: TallyChange[] = [];

  protected override async work<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const { result, changes } = await inUnitOfWork(this.database, this.dryRun, (stores) =>
      withEffects(stores, { caller: this.by, today: this.today }, work),
    );
    this.changes = changes;
    return result;
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.empty());

/** The tally of every unit and school year, by code and label. */
async function everything(): Promise<Map<string, Tally>> {
  return database.read(async (stores) => {
    const units = [...(await stores.units.histories(await stores.units.allIds())).values()].map(({ unit }) => unit);
    const years: SchoolYear[] = await stores.schoolYears.all();
    const places = years.flatMap((year) => units.map((unit) => ({ unit, year })));
    const where = { schoolLevel: null, ownership: null };
    const keys = places.map(({ unit, year }) => ({
      unitId: unit.id,
      level: unit.level,
      schoolYear: year,
      where,
      tree: "OF_THE_YEAR" as const,
    }));
    const found = await tallies(stores, keys, TODAY);
    return new Map(places.map(({ unit, year }, index) => [`${unit.code} ${year.label}`, found[index]!]));
  });
}

const told = (changes: readonly TallyChange[]) =>
  changes.map(({ unit, schoolYear: label, before, after }) => ({ place: `${unit.code} ${label}`, before, after }));

/** What differs between two readings of everything. */
function differing(before: ReadonlyMap<string, Tally>, after: ReadonlyMap<string, Tally>) {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((place) => {
    const [was, is] = [before.get(place) ?? {}, after.get(place) ?? {}];
    return isZero(difference(is, was)) ? [] : [{ place, before: was, after: is }];
  });
}

const byPlace = <T extends { place: string }>(list: T[]) => list.sort((a, b) => (a.place < b.place ? -1 : 1));

test("whatever is tried, its effects are what doing it changes, at every unit and in every school year, and nothing else", async () => {
  const effective = new Set<string>();
  const property = fc.asyncProperty(histories(STEPS), async (steps) => {
    await database.empty();
    const known = await plant(new Desk(database, administrator, "2024-10-15"));
    let before = await everything();
    for (const step of steps) {
      const tried = new WatchingDesk(database, administrator, known.today, "REPORTED", true);
      const dump = step.tried ? await database.dump() : null;
      await take(step, tried, known);
      if (dump) expect(await database.dump()).toEqual(dump);
      const desk = new WatchingDesk(database, administrator, known.today);
      await take(step, desk, known);
      const after = await everything();
      const changed = byPlace(differing(before, after));
      expect({ step, effects: byPlace(told(tried.changes)) }).toEqual({ step, effects: changed });
      expect({ step, effects: byPlace(told(desk.changes)) }).toEqual({ step, effects: changed });
      if (changed.length > 0) effective.add(step.verb);
      before = after;
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, unbiased: true, interruptAfterTimeLimit: 120_000 });
  // A directive changes what is due, and seldom a figure.
  expect(verbNames.filter((verb) => !["wait", "direct"].includes(verb) && !effective.has(verb))).toEqual([]);
}, 600_000);

test("a move tells what the old and the new ancestors lose and gain, nearest first, and nothing where they meet", async () => {
  const desk = new WatchingDesk(database);
  await desk.register(
    draft.province("P"),
    draft.district("D", "P"),
    draft.district("E", "P"),
    draft.union("U", "D"),
    draft.school("S", "U"),
  );
  await desk.openYear(schoolYear(2024));
  await desk.submit(report.conference("S"));
  expect(desk.changes.map(({ unit }) => unit.code)).toEqual(["S", "U", "D", "P"]);
  await desk.move("U", "E", "2025-01-01");
  expect(desk.changes.map(({ unit, before, after }) => [unit.code, before.staffConferenceYes ?? 0, after.staffConferenceYes ?? 0])).toEqual(
    [
      ["D", 1, 0],
      ["E", 0, 1],
    ],
  );
});

test("the effects of a correction within a batch that re-posts a school twice are those of its end", async () => {
  const desk = new WatchingDesk(database);
  await desk.register(draft.province("P"), draft.district("D", "P"), draft.school("S", "D"), draft.school("T", "D"));
  await desk.openYear(schoolYear(2024));
  await desk.submit(report.conference("S"), report.conference("T"), report.conference("S"));
  const district = desk.changes.find(({ unit }) => unit.code === "D");
  expect([district?.before.staffConferenceYes, district?.after.staffConferenceYes]).toEqual([undefined, 2]);
});

test("whoever has a branch is told of its units only", async () => {
  const desk = new Desk(database);
  await desk.register(draft.province("P"), draft.district("D", "P"), draft.union("U", "D"), draft.school("S", "U"));
  await desk.openYear(schoolYear(2024));
  const { by } = await desk.of("RECORDER", "D");
  const app = new WatchingDesk(database, by);
  await app.send(report.conference("S"));
  expect(app.changes.map(({ unit }) => unit.code)).toEqual(["S", "U", "D"]);
});
