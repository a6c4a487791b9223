import { grouped } from "../../domain/ground/grouped.js";
import { type LateFact } from "../../domain/counting/known-late.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { inStretches, mapInStretches } from "../../stretches.js";
import { type DatedLine } from "../../domain/tree/line.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { lockedAmong, type LockedYear } from "./locked.js";
import { pastOfOthers, type UnitYear } from "./past.js";
import type { Line } from "../../domain/tree/line.js";

/** A unit that a directive reaches in a school year. */
export interface Reached extends UnitYear {
  line: Line;
  /** The year is closed over it, or its report accepted. */
  locked: LockedYear | null;
}

/** What holds a year: a unit above has closed it, others keep its past, or a report is accepted. */
export type Hold = "CLOSED" | "FOREIGN" | "ACCEPTED";

/** Units under the same federations, held by the same. */
export interface ReachedGroup {
  /** The federations above them, nearest first. */
  federations: readonly string[];
  hold: Hold | null;
  /** Others keep its past, closed or not. */
  isForeign: boolean;
  units: readonly Reached[];
}

/** The counted units that stood below a federation, or are it, in some school years: by school year. */
export async function reachOf(
  stores: Stores,
  change: Change,
  lines: readonly DatedLine[],
  years: readonly SchoolYear[],
): Promise<Map<string, ReachedGroup[]>> {
  const below = await mapInStretches(lines, (row) => ({ ...row, lines: [row.line] }), stores.pause);
  const foreign = new Set((await pastOfOthers(stores, change, below)).map(keyOf));
  const locked = new Map((await lockedAmong(stores, below, years)).map((one) => [keyOf(one), one]));
  const groups = new Map<string, { label: string; group: ReachedGroup & { units: Reached[] } }>();
  const place = (one: (typeof below)[number]) => {
    const reached = { ...one, locked: locked.get(keyOf(one)) ?? null };
    const isForeign = foreign.has(keyOf(one));
    const hold = reached.locked?.closed ? "CLOSED" : isForeign ? "FOREIGN" : reached.locked ? "ACCEPTED" : null;
    const federations = federationsOf(one.line);
    const key = [one.schoolYear, hold, isForeign, ...federations].join();
    const known = groups.get(key) ?? { label: one.schoolYear, group: { federations, hold, isForeign, units: [] } };
    known.group.units.push(reached);
    groups.set(key, known);
  };
  await inStretches(below, place, stores.pause);
  return grouped(
    groups.values(),
    ({ label }) => label,
    ({ group }) => group,
  );
}

export const keyOf = ({ unitId, schoolYear }: Omit<LateFact, "factId">) => `${unitId} ${schoolYear}`;

/** The federations of a line, nearest first: those that may direct. */
const federationsOf = ({ DISTRICT, PROVINCE, CONFEDERATION }: Line) => [DISTRICT, PROVINCE, CONFEDERATION].flatMap((id) => id ?? []);
