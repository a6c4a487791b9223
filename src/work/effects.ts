import { UNFILTERED } from "../domain/tree/filter.js";
import { type Caller } from "../domain/ground/caller.js";
import { sees } from "./sight.js";
import { type Day } from "../domain/ground/day.js";
import { indicators } from "../domain/figures/catalogue.js";
import { type DeadlineUnits, isJudgedByDay, otherDeadlines } from "../domain/figures/judged-until.js";
import { difference, type Tally } from "../domain/counting/tally.js";
import { rank } from "../domain/tree/unit.js";
import { sortKey } from "../domain/ground/vietnamese.js";
import { Journal, type Posted } from "../ledger/journal.js";
import { mapInStretches, sortInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { judgedUntil } from "../rollup/judged-until.js";
import { deadlineOn, standards } from "../rollup/standards.js";
import { tallies } from "../rollup/tallies.js";
import type { UnitView } from "../domain/tree/unit-view.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** A unit as its effects name it. */
type NamedUnit = Pick<UnitView, "id" | "code" | "name" | "level" | "sortKey">;

/** What a unit of work does to the figures of one unit and school year. */
export interface TallyChange {
  unit: NamedUnit;
  /** Of one that the work made void, or joined to another, the unit under which it last stood, if any: whoever sees that one is told. */
  voidUnder?: string | null;
  schoolYear: string;
  before: Tally;
  after: Tally;
  /** After the change; null where nobody asked. */
  judging: Judging | null;
}

/** By indicator: the deadline that holds for a unit, and the others by which units of its branch were judged. */
export type Judging = Readonly<Record<string, { deadline: Day | null; others: DeadlineUnits[] | null }>>;

/** For whom the effects of a change are told: units of his branch, as they stand today. */
export interface Audience {
  caller: Caller;
  today: Day;
  /** Whether the deadlines that judge the figures are asked for, too. */
  judging: boolean;
}

/**
 * Does some work and tells what it did to the figures of the units of a branch: nearest first, schools before unions before
 * districts. What stands after it is read in the work's own transaction, before a dry run is undone; what was posted taken
 * away is what stood before. A number of statements that does not depend on the work.
 */
export async function withEffects<T>(
  stores: Stores,
  { caller, today, judging }: Audience,
  work: (stores: Stores) => Promise<T>,
): Promise<{ result: T; changes: TallyChange[] }> {
  const journal = new Journal();
  const result = await work(journal.watch(stores));
  const posted = journal.posted();
  const found = await stores.unitReader.views([...new Set(posted.map(({ unitId }) => unitId))], today);
  // A duplicate is not the unit to which it was joined.
  const views = new Map([...found].filter(([id, view]) => view.id === id));
  const years = new Map((await stores.schoolYears.all()).map((year) => [year.label, year]));
  const seen = posted.flatMap(({ unitId, schoolYear: label, amount }) => {
    const [unit, schoolYear] = [views.get(unitId), years.get(label)];
    return unit && schoolYear && sees(caller, unit) ? [{ unit, schoolYear, amount }] : [];
  });
  const keys = seen.map(({ unit, schoolYear }) => ({
    unitId: unit.id,
    level: unit.level,
    schoolYear,
    where: UNFILTERED,
    tree: "OF_THE_YEAR" as const,
  }));
  const after = await tallies(stores, keys, today);
  const judges = judging ? await judgingOf(stores, keys, today) : [];
  const changeOf = ({ unit, schoolYear, amount }: (typeof seen)[number], index: number): TallyChange => ({
    ...{ unit, schoolYear: schoolYear.label },
    ...{ before: difference(after[index] ?? {}, amount), after: after[index] ?? {} },
    judging: judges[index] ?? null,
  });
  const changes = await mapInStretches(seen, changeOf, stores.pause);
  // Of a school year that was withdrawn nothing is left to be read.
  const gone = posted.flatMap(({ unitId, schoolYear, amount }): TallyChange[] => {
    const unit = views.get(unitId);
    if (!unit || years.has(schoolYear) || !sees(caller, unit)) return [];
    return [{ unit, schoolYear, before: difference({}, amount), after: {}, judging: null }];
  });
  const ended = await endedUnits(stores, posted, views);
  return { result, changes: await sortInStretches([...changes, ...gone, ...ended], nearestFirst, stores.pause) };
}

/** What was taken from units that the work made void or joined to others: they are not there any more to be read. */
async function endedUnits(
  { unitVersions }: Stores,
  posted: readonly Posted[],
  views: ReadonlyMap<string, UnitView>,
): Promise<TallyChange[]> {
  const missing = posted.flatMap(({ unitId }) => (views.has(unitId) ? [] : [unitId]));
  const units = await unitVersions.gone(missing);
  return posted.flatMap(({ unitId, schoolYear, amount }): TallyChange[] => {
    const unit = units.get(unitId);
    if (!unit) return [];
    const { id, code, name, level, parentId: voidUnder } = unit;
    const named = { id, code, name, level, sortKey: sortKey(name) };
    return [{ unit: named, voidUnder, schoolYear, before: difference({}, amount), after: {}, judging: null }];
  });
}

async function judgingOf(stores: Stores, keys: readonly RollupKey[], today: Day): Promise<Judging[]> {
  const held = await standards(stores, keys);
  const judged = await judgedUntil(stores, keys, today);
  const dated = indicators.filter(isJudgedByDay);
  const ofUnit = ({ schoolYear }: RollupKey, index: number): Judging =>
    Object.fromEntries(
      dated.map((indicator) => {
        const deadline = deadlineOn(held[index]!, indicator, schoolYear);
        return [indicator.key, { deadline, others: otherDeadlines(indicator, judged[index]!, deadline, schoolYear) }];
      }),
    );
  return mapInStretches(keys, ofUnit, stores.pause);
}

function nearestFirst(a: TallyChange, b: TallyChange): number {
  const name = ({ unit, schoolYear }: TallyChange) => `${unit.sortKey} ${unit.id} ${schoolYear}`;
  return rank(b.unit.level) - rank(a.unit.level) || (name(a) < name(b) ? -1 : 1);
}
