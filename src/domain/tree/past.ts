import { type Caller, inBranch } from "../ground/caller.js";
import { type Day } from "../ground/day.js";
import { placementOn, standingPlacement, type UnitHistory } from "./history.js";

/** Where a unit adds to figures in a school year. */
export interface PastLine {
  /** The unit and all above it. */
  units: readonly string[];
  /** Those whose past it is: the federations of the line; of a line that has none its union, else the unit itself. Never empty. */
  keptBy: readonly string[];
}

/** What is known of units: their histories with those of all above them, and who followed them. */
export interface Forest {
  histories: ReadonlyMap<string, UnitHistory>;
  /** By predecessor; of one that is open nothing is asked. */
  successors: ReadonlyMap<string, readonly string[]>;
  /** The day for which it is asked. */
  on: Day;
}

/**
 * Whether a caller may change what stood in a line in a past school year: the top of its branch stands in that line, or each of
 * those whose past it is has a keeper today in the caller's branch or above its top. A move takes no past away from
 * a branch that stands; whoever answers for the unit today reads it. Administrators may. One that has just been made void keeps no past.
 */
export function keepsPast(caller: Pick<Caller, "role" | "unitId">, { units, keptBy }: PastLine, forest: Forest): boolean {
  if (caller.unitId === null) return inBranch(caller, []);
  if (units.includes(caller.unitId)) return true;
  const above = lineOn(caller.unitId, forest);
  const isVoid = (id: string) => forest.histories.get(id)?.placements.length === 0;
  return keptBy.every((id) => {
    if (isVoid(id)) return true;
    const keeper = standsFor(id, forest);
    return keeper !== null && (above.includes(keeper) || inBranch(caller, lineOn(keeper, forest)));
  });
}

/**
 * Who stands for a unit: itself while it is open; else its one successor, of several their nearest common ancestor
 * that is open, of none whoever stands for the unit under which it last stood. `null`: nobody. So a federation's past has a keeper today.
 */
export function standsFor(id: string, forest: Forest, asked: readonly string[] = []): string | null {
  if (isOpen(id, forest)) return id;
  if (asked.includes(id)) return null;
  const followers = forest.successors.get(id) ?? [];
  const [only] = followers;
  if (only && followers.length === 1) return standsFor(only, forest, [...asked, id]);
  if (!only) {
    const [, above] = lineOn(id, forest);
    return above === undefined ? null : standsFor(above, forest, [...asked, id]);
  }
  const [first = [], ...others] = followers.map((one) => lineOn(one, forest).slice(1));
  return first.find((candidate) => isOpen(candidate, forest) && others.every((line) => line.includes(candidate))) ?? null;
}

export function isOpen(id: string, { histories, on }: Omit<Forest, "successors">): boolean {
  const history = histories.get(id);
  return history !== undefined && placementOn(history, on) !== null;
}

/** A unit and its ancestors on the day, nearest first; one that has closed keeps the line it had. */
export function lineOn(id: string, { histories, on }: Omit<Forest, "successors">): string[] {
  const line: string[] = [];
  for (let at: string | null = id; at;) {
    line.push(at);
    const history: UnitHistory | undefined = histories.get(at);
    at = history ? (standingPlacement(history.placements, on)?.parentId ?? null) : null;
  }
  return line;
}
