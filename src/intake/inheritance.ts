import { type Day } from "../domain/day.js";
import { placementOn, type UnitHistory } from "../domain/history.js";
import { type Problem } from "../domain/problem.js";
import { type SchoolYear } from "../domain/school-year.js";
import { isZero } from "../domain/tally.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { verdictOn } from "./verdict.js";

/**
 * Why a unit may not be registered as the successor of others: what happened below these in a year in which they had ended would count with
 * it, and that year is locked where it counts now, or kept by others. Those that still stand keep what is below them.
 */
export async function inheritanceProblems(
  stores: Stores,
  change: Change,
  { predecessors, openedOn, years }: { predecessors: readonly UnitHistory[]; openedOn: Day; years: readonly SchoolYear[] },
): Promise<Problem[]> {
  const reached = years.filter(({ referenceDate }) => openedOn <= referenceDate);
  const endedIn = ({ referenceDate }: SchoolYear) => predecessors.filter((one) => placementOn(one, referenceDate) === null);
  const ended = [...new Set(reached.flatMap(endedIn))].map(({ unit }) => unit.id);
  if (ended.length === 0) return [];
  const behind = await stores.units.endedBehind(ended);
  const labels = reached.filter((year) => endedIn(year).length > 0).map(({ label }) => label);
  const inherited = (await stores.ledger.dossiers(behind, labels))
    .filter(({ unitId, counted, tally }) => !counted && !ended.includes(unitId) && !isZero(tally))
    .map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] }));
  return verdictOn(stores, change, "predecessors", inherited, years);
}
