import fc from "fast-check";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { difference, isZero, type Tally } from "../../src/domain/counting/tally.js";
import { inUnitOfWork } from "../../src/work/unit-of-work.js";
import { tallies } from "../../src/rollup/tallies.js";
import { type TallyChange, withEffects } from "../../src/work/effects.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { administrator, Desk, draft, report, schoolYear, TODAY } from "../desk.js";
import { plant } from "../ledger/forest.js";
import { histories, take } from "../ledger/histories.js";

const RUNS = Number(process.env.TONGHOP_TEST_RUNS ?? 3);
const SEED = Number(process.env.TONGHOP_TEST_SEED ?? 20_250_531);
const STEPS = 40;
/** A try in so many is looked at in every row of every table. */
const LOOK = 4;

/** A desk that is told the effects of everything done at it. */
class WatchingDesk extends Desk {
  changes: TallyChange[] = [];

  protected override async work<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const { result, changes } = await inUnitOfWork(this.database, this.dryRun, (stores) =>
      withEffects(stores, { caller: this.by, today: this.today, judging: false }, work),
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

/** Does something once tried and once for good: both tell what it changes, and the try changes nothing. How many places changed. */
async function expectEffectsTold(on: string, dumped: boolean, act: (desk: Desk) => Promise<unknown>): Promise<number> {
  const before = await everything();
  const dump = dumped ? await database.dump() : null;
  const tried = new WatchingDesk(database, administrator, on, "REPORTED", true);
  await act(tried);
  if (dump) expect(await database.dump()).toEqual(dump);
  const desk = new WatchingDesk(database, administrator, on);
  await act(desk);
  const changed = byPlace(differing(before, await everything()));
  expect(byPlace(told(tried.changes))).toEqual(changed);
  expect(byPlace(told(desk.changes))).toEqual(changed);
  return changed.length;
}

test("whatever is tried, its effects are what doing it changes, at every unit and in every school year, and nothing else", async () => {
  const property = fc.asyncProperty(histories(STEPS), async (steps) => {
    await database.empty();
    const known = await plant(new Desk(database, administrator, "2024-10-15"));
    for (const [index, step] of steps.entries())
      await expectEffectsTold(known.today, index % LOOK === 0, (desk) => take(step, desk, known));
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, unbiased: true });
}, 600_000);

test("every kind of change tells its effects", async () => {
  await plant(new Desk(database, administrator, "2024-10-15"));
  const recordOf = async (desk: Desk) => (await desk.trying().send(report.conference("S1", { present: 27 }))).record!.recordId;
  const required = [{ indicator: "fullRegulationSet", schoolYear: "2024-2025", requiredRegulations: ["INTERNAL_SPENDING"] }];
  const opened = { openedOn: "2025-01-05" };
  const changes: [string, (desk: Desk) => Promise<unknown>][] = [
    [
      "register",
      (desk) => desk.register(draft.union("U", "CB-TP", { ...opened, predecessors: ["CB-TP-U"] }), draft.school("T", "U", opened)),
    ],
    ["record", (desk) => desk.send(report.conference("S1"))],
    ["batch", (desk) => desk.submit(report.conference("S5"), report.membership("S6"), report.agreement("S2"))],
    ["withdraw", async (desk) => desk.withdraw("conference", await recordOf(desk))],
    ["direct", (desk) => desk.submit(report.directive("CB", required))],
    ["move", (desk) => desk.move("CB-TP-U", "CB-GD", "2025-01-01")],
    ["update", (desk) => desk.update("S3", { ownership: "PRIVATE", from: "2025-01-01" })],
    ["close", (desk) => desk.close("HN-TT-N", "2025-01-10", null, { reason: "MERGED", successors: ["U"] })],
    ["reopen", (desk) => desk.reopen("HN-TT-N", "2025-01-10")],
    ["void", (desk) => desk.void("S4")],
    ["merge", (desk) => desk.merge("S5", "S1")],
    ["openYear", (desk) => desk.openYear(schoolYear(2023))],
  ];
  const told: string[] = [];
  for (const [name, act] of changes) if ((await expectEffectsTold(TODAY, true, act)) > 0) told.push(name);
  expect(told).toEqual(changes.map(([name]) => name).filter((name) => name !== "direct"));
});

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
