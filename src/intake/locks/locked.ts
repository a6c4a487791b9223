import { grouped } from "../../domain/ground/grouped.js";
import { periodClosing } from "../../domain/records/kinds/period-closing.js";
import { closingsOver, standingOf } from "../../domain/reporting/report-standing.js";
import { lockOf } from "../../domain/reporting/report.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { inStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type UnitYear } from "./past.js";
import { type Standing } from "../../domain/reporting/standing.js";

/** A unit in a school year that is locked, and how its report stands. */
export interface LockedYear {
  unitId: string;
  schoolYear: string;
  standing: Standing;
  /** The whole year is closed over it; else only its own report has been accepted. */
  closed: boolean;
}

/** Those of these units and years over whose lines the whole year is closed, so that also one that comes there anew is closed. */
export async function closedOver<Y extends UnitYear>(stores: Stores, places: readonly Y[]): Promise<Y[]> {
  const above = (place: Y) => place.lines.flatMap((line) => Object.values(line).flatMap((id: string | null) => id ?? []));
  const labels = [...new Set(places.map(({ schoolYear }) => schoolYear))];
  const closed = new Set(
    (await stores.reports.of([...new Set(places.flatMap(above))], labels)).flatMap(({ kind, unitId, schoolYear, key }) =>
      kind === periodClosing.key && key === "WHOLE_YEAR" ? [`${unitId} ${schoolYear}`] : [],
    ),
  );
  return places.filter((place) => above(place).some((id) => closed.has(`${id} ${place.schoolYear}`)));
}

/**
 * Which of these units and years are locked: the whole year is closed over one of the lines, unless the unit's report was
 * opened again since, or the unit's own report has been accepted. Closings and reports are read once for all of them.
 */
export async function lockedAmong(stores: Stores, units: readonly UnitYear[], years: readonly SchoolYear[]): Promise<LockedYear[]> {
  const yearOf = new Map(years.map((year) => [year.label, year]));
  const above = (line: UnitYear["lines"][number]) => Object.values(line).flatMap((id: string | null) => id ?? []);
  const named = new Set<string>();
  const labels = new Set<string>();
  const name = ({ unitId, schoolYear, lines }: UnitYear) => {
    named.add(unitId);
    labels.add(schoolYear);
    for (const line of lines) for (const id of above(line)) named.add(id);
  };
  await inStretches(units, name, stores.pause);
  const own = grouped(
    await stores.reports.of([...named], [...labels]),
    ({ unitId }) => unitId,
    (record) => record,
  );
  if (own.size === 0) return [];
  const closingsOf = (id: string) => (own.get(id) ?? []).filter(({ kind }) => kind === periodClosing.key);
  const locked: LockedYear[] = [];
  const look = ({ unitId, schoolYear, lines }: UnitYear) => {
    const year = yearOf.get(schoolYear);
    const over = [...new Set(lines.flatMap(above))].filter((id) => id !== unitId).flatMap(closingsOf);
    const held = [...(own.get(unitId) ?? []), ...over];
    if (!year || held.length === 0) return;
    const standing = standingOf({ unitId, hasSuperior: true, counted: true }, year, "WHOLE_YEAR", held);
    if (lockOf(standing)) locked.push({ unitId, schoolYear, standing, closed: closingsOver(standing).length > 0 });
  };
  await inStretches(units, look, stores.pause);
  return locked;
}
