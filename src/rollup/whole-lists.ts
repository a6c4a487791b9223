import { UNFILTERED } from "../domain/tree/filter.js";
import { figures, type Indicator, measuresOf } from "../domain/figures/indicator.js";
import { type Day } from "../domain/ground/day.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type Level } from "../domain/tree/unit.js";
import { mapInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { tallies } from "./tallies.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** Lists that are at hand as a whole at a time, of all requests together: the units of a nation with their figures take tens of megabytes. */
const AT_ONCE = 2;

let held = 0;
const waiting: (() => void)[] = [];

/** Makes a list of thousands of units of which a page is wanted, when others have let go of theirs. */
export async function holdingWholeList<T>(stores: Stores, work: () => Promise<T>): Promise<T> {
  if (held < AT_ONCE) held++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    await stores.pause();
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else held--;
  }
}

/** The value of an indicator for each of many units, in the tree of the school year; null where there is none. */
export async function valuesOf(
  stores: Stores,
  indicator: Indicator,
  schoolYear: SchoolYear,
  units: readonly { id: string; level: Level }[],
  today: Day,
): Promise<(number | null)[]> {
  const measures = measuresOf(indicator);
  const keyOf = ({ id, level }: (typeof units)[number]): RollupKey => ({
    unitId: id,
    level,
    schoolYear,
    where: UNFILTERED,
    tree: "OF_THE_YEAR",
    measures,
  });
  const keys = await mapInStretches(units, keyOf, stores.pause);
  return mapInStretches(await tallies(stores, keys, today), (tally) => figures(indicator, tally).value, stores.pause);
}
