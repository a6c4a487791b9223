import { type Day } from "../../domain/ground/day.js";
import { type Forest, keepsPast, type PastLine } from "../../domain/tree/past.js";
import { placementOn, type UnitHistory } from "../../domain/tree/history.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { LEDGER_LEVELS } from "../../domain/tree/unit.js";
import { lineOf } from "../../ledger/assess.js";
import { inStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import type { Line } from "../../domain/tree/line.js";

/** A unit in a school year, with the line in which it adds to figures; after a move also the one in which it did. */
export interface UnitYear {
  unitId: string;
  schoolYear: string;
  lines: readonly Line[];
}

/**
 * Which of these units and years the caller may not change, because their past belongs to a branch that still stands. One
 * look at the lines where the top of the caller's branch stands in all of them, as almost always.
 */
export async function pastOfOthers(stores: Stores, { caller, today }: Change, units: readonly UnitYear[]): Promise<UnitYear[]> {
  const top = caller.unitId;
  if (top === null) return [];
  const isOwn = (unitId: string, line: Line) => unitId === top || Object.values(line).includes(top);
  const doubtful: UnitYear[] = [];
  const look = (one: UnitYear) => void (one.lines.every((line) => isOwn(one.unitId, line)) || doubtful.push(one));
  await inStretches(units, look, stores.pause);
  if (doubtful.length === 0) return [];
  const federations = await federationsFrom(stores, [top, ...keepersOf(doubtful)], today);
  const verdicts = new Map<string, boolean>();
  const keeps = (unitId: string, line: Line) => {
    if (isOwn(unitId, line)) return true;
    const past = pastLine(unitId, line);
    const key = past.keptBy.join();
    const known = verdicts.get(key) ?? keepsPast(caller, past, federations);
    verdicts.set(key, known);
    return known;
  };
  return doubtful.filter(({ unitId, lines }) => !lines.every((line) => keeps(unitId, line)));
}

/** A unit's line as the rule of the past asks for it. */
export function pastLine(unitId: string, line: Line): PastLine {
  const federations = LEDGER_LEVELS.flatMap((level) => line[level] ?? []);
  return {
    units: [unitId, ...Object.values(line).flatMap((id: string | null) => id ?? [])],
    keptBy: federations.length > 0 ? federations : [line.GRASSROOTS ?? unitId],
  };
}

/** Ids of those whose past some units and years are. */
export const keepersOf = (units: readonly UnitYear[]) =>
  units.flatMap(({ unitId, lines }) => lines.flatMap((line) => pastLine(unitId, line).keptBy));

/** The lines in which what is registered under a parent would stand, school year by school year. */
export function pastUnder(parent: UnitHistory, years: readonly SchoolYear[], histories: ReadonlyMap<string, UnitHistory>): UnitYear[] {
  return years.map(({ label, referenceDate }) => {
    const line: Line = { CONFEDERATION: null, PROVINCE: null, DISTRICT: null, GRASSROOTS: null };
    for (const { unit } of [parent, ...lineOf(parent, { histories, successors: new Map(), on: referenceDate })])
      if (unit.level !== "SCHOOL") line[unit.level] = unit.id;
    return { unitId: parent.unit.id, schoolYear: label, lines: [line] };
  });
}

/** What is known of these units, of who followed those that have ended, and of all above them. */
export async function federationsFrom(stores: Stores, ids: readonly string[], today: Day): Promise<Forest> {
  const histories = new Map<string, UnitHistory>();
  const successors = new Map<string, string[]>();
  const asked = new Set<string>();
  for (let wanted = [...new Set(ids)]; wanted.length > 0;) {
    for (const [id, history] of await stores.units.histories(await stores.units.withAncestors(wanted))) histories.set(id, history);
    const ended = [...histories].flatMap(([id, history]) => (placementOn(history, today) || asked.has(id) ? [] : [id]));
    for (const id of ended) asked.add(id);
    const followed = await stores.lineage.outOf(ended);
    for (const { predecessorId, successorId } of followed)
      successors.set(predecessorId, [...new Set([...(successors.get(predecessorId) ?? []), successorId])]);
    wanted = [...new Set(followed.map(({ successorId }) => successorId))].filter((id) => !histories.has(id));
  }
  return { histories, successors, on: today };
}
