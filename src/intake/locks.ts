import { type Problem, problem } from "../domain/problem.js";
import { type StoredRecord } from "../domain/records/record.js";
import { kindOf } from "../domain/records/kinds.js";
import { lockOf } from "../domain/report.js";
import { standingOf } from "../domain/report-standing.js";
import { reportedIn, type ReportedIn } from "../domain/reporting-period.js";
import { type SchoolYear } from "../domain/school-year.js";
import type { Stores } from "../storage/stores.js";

/** Where a record stands, or is about to: what decides in whose report it is. */
export type RecordPlace = Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">;

/**
 * Which records may not change: those in a report that has been accepted, and those of a period that a unit above has
 * closed. To be read when the units' rows are locked: whoever accepts a report takes the same lock, and whoever closes a
 * period has the gate alone, so that no record slips in behind either.
 */
export class Locks {
  private constructor(
    private readonly years: readonly SchoolYear[],
    private readonly held: ReadonlyMap<string, StoredRecord[]>,
  ) {}

  /** The locks on some records' places, in one statement. */
  static async on(stores: Stores, places: readonly RecordPlace[], years: readonly SchoolYear[]): Promise<Locks> {
    const bound = places.flatMap((place) => {
      const within = reportOf(place, years);
      return within ? [{ unitId: place.unitId, schoolYear: within.schoolYear }] : [];
    });
    const labels = [...new Set(bound.map(({ schoolYear }) => schoolYear))];
    const held = new Map<string, StoredRecord[]>();
    for (const { subjectId, record } of await stores.reports.over(
      bound.map(({ unitId }) => unitId),
      labels,
    )) {
      const others = held.get(subjectId);
      if (others) others.push(record);
      else held.set(subjectId, [record]);
    }
    return new Locks(years, held);
  }

  /** Every lock that keeps a record from coming to, changing in or leaving these places, each said once. */
  problems(places: readonly RecordPlace[]): Problem[] {
    const sentences = places.flatMap((place) => {
      const within = reportOf(place, this.years);
      const year = this.years.find(({ label }) => label === within?.schoolYear);
      if (!within || !year) return [];
      const held = this.held.get(place.unitId) ?? [];
      const unit = { unitId: place.unitId, hasSuperior: true, counted: true };
      return within.periods.flatMap((period) => lockOf(standingOf(unit, year, period, held))?.words.en ?? []);
    });
    return [...new Set(sentences)].map((sentence) => problem("PERIOD_LOCKED", null, sentence));
  }
}

/** In which reports of its unit a record stands; in none where its kind belongs to none. */
function reportOf({ kind, schoolYear, content }: RecordPlace, years: readonly SchoolYear[]): ReportedIn | null {
  const { belongsToReport, day } = kindOf(kind);
  return belongsToReport ? reportedIn(schoolYear, day(content), years) : null;
}
