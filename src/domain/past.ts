import { type Caller, inBranch } from "./caller.js";
import { type Day } from "./day.js";
import { placementOn, standingPlacement, type UnitHistory } from "./history.js";

/** Where a unit adds to figures in a school year. */
export interface PastLine {
  /** The unit and all above it. */
  units: readonly string[];
  /** Those whose past it is: the federations of the line; of a line that has none its union, else the unit itself. Never empty. */
  keptBy: readonly string[];
}

/** What is known of federations of the past: their histories with those of all above them, and who followed them. */
export interface Federations {
  histories: ReadonlyMap<string, UnitHistory>;
  /** By predecessor; of a federation that is open nothing is asked. */
  successors: ReadonlyMap<string, readonly string[]>;
  today: Day;
}

/**
 * Whether a caller may change what stood in a line in a past school year: the top of its branch stands in that line, or each of
 * those whose past it is has a keeper today in the caller's branch or above its top. A move takes no past away from
 * a branch that stands; whoever answers for the unit today reads it. Administrators may.
 */
export function keepsPast(caller: Pick<Caller, "role" | "unitId">, { units, keptBy }: PastLine, federations: Federations): boolean {
  if (caller.unitId === null) return inBranch(caller, []);
  if (units.includes(caller.unitId)) return true;
  const above = lineToday(caller.unitId, federations);
  return keptBy.every((id) => {
    const keeper = keeperOf(id, federations);
    return keeper !== null && (above.includes(keeper) || inBranch(caller, lineToday(keeper, federations)));
  });
}

/**
 * Who keeps the past of a federation: itself while it is open; else its one successor, of several their nearest common ancestor
 * that is open, of none whoever keeps the past of the federation under which it last stood. `null`: nobody but an administrator.
 */
export function keeperOf(id: string, federations: Federations, asked: readonly string[] = []): string | null {
  if (isOpen(id, federations)) return id;
  if (asked.includes(id)) return null;
  const followers = federations.successors.get(id) ?? [];
  const [only] = followers;
  if (only && followers.length === 1) return keeperOf(only, federations, [...asked, id]);
  if (!only) {
    const [, above] = lineToday(id, federations);
    return above === undefined ? null : keeperOf(above, federations, [...asked, id]);
  }
  const [first = [], ...others] = followers.map((one) => lineToday(one, federations).slice(1));
  return first.find((candidate) => isOpen(candidate, federations) && others.every((line) => line.includes(candidate))) ?? null;
}

function isOpen(id: string, { histories, today }: Federations): boolean {
  const history = histories.get(id);
  return history !== undefined && placementOn(history, today) !== null;
}

/** A unit and its ancestors today, nearest first; one that has closed keeps the line it had. */
export function lineToday(id: string, { histories, today }: Pick<Federations, "histories" | "today">): string[] {
  const line: string[] = [];
  for (let at: string | null = id; at;) {
    line.push(at);
    const history: UnitHistory | undefined = histories.get(at);
    at = history ? (standingPlacement(history.placements, today)?.parentId ?? null) : null;
  }
  return line;
}
