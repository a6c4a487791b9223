import { type Day, NEVER } from "../../domain/ground/day.js";
import { placementOn, type UnitHistory } from "../../domain/tree/history.js";
import { type Forest, standsFor } from "../../domain/tree/past.js";
import { type Problem } from "../../domain/ground/problem.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { isZero } from "../../domain/counting/tally.js";
import { groundsOf } from "../../ledger/grounds.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { type UnitYear } from "../locks/past.js";
import { verdictOn } from "../locks/verdict.js";

/** A unit about to be registered as the successor of others. */
interface Successor {
  predecessors: readonly UnitHistory[];
  /** None for a root. */
  parent: UnitHistory | null | undefined;
  openedOn: Day;
  years: readonly SchoolYear[];
}

/**
 * Why a unit may not be registered as the successor of others: what happened below these in a year in which they had ended would count
 * elsewhere, and that year is locked where it counts now, or kept by others. Those that still stand keep what is below them, and where others
 * followed already it may count where it did.
 */
export async function inheritanceProblems(stores: Stores, change: Change, successor: Successor): Promise<Problem[]> {
  const { predecessors, parent, openedOn, years } = successor;
  const reached = years.filter(({ referenceDate }) => openedOn <= referenceDate);
  const endedIn = ({ referenceDate }: SchoolYear) => predecessors.filter((one) => placementOn(one, referenceDate) === null);
  const ended = [...new Set(reached.flatMap(endedIn))].map(({ unit }) => unit.id);
  if (ended.length === 0) return [];
  const behind = await stores.units.endedBehind(ended);
  const grounds = await groundsOf(stores, [...behind, ...(parent ? [parent.unit.id] : [])]);
  const inherited: UnitYear[] = [];
  for (const year of reached) {
    const forest = grounds.forestOf(year);
    const left = endedIn(year).filter((one) => countsElsewhere(one, successor, forest));
    if (left.length === 0) continue;
    const ids = new Set(left.map(({ unit }) => unit.id));
    const below = left.length === ended.length ? behind : await stores.units.endedBehind([...ids]);
    const dossiers = await stores.ledger.dossiers(below, [year.label]);
    const those = dossiers.filter(({ unitId, counted, tally }) => !counted && !ids.has(unitId) && !isZero(tally));
    inherited.push(...those.map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] })));
  }
  return verdictOn(stores, change, "predecessors", inherited, years);
}

/** Whether somebody else would stand for a unit that has ended, if it had one successor more. */
function countsElsewhere({ unit }: UnitHistory, { parent, openedOn }: Successor, forest: Forest): boolean {
  const id = "the successor";
  const placements = [{ unitId: id, parentId: parent?.unit.id ?? null, from: openedOn, until: NEVER }];
  const followers = [...(forest.successors.get(unit.id) ?? []), id];
  const after = {
    ...forest,
    histories: new Map([...forest.histories, [id, { unit: { ...unit, id }, placements, profiles: [] }]]),
    successors: new Map([...forest.successors, [unit.id, followers]]),
  };
  return standsFor(unit.id, after) !== standsFor(unit.id, forest);
}
