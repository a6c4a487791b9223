import { type StoredRecord } from "../../domain/records/record.js";
import type { RecordKind } from "../../domain/records/kind.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { reportedIn, type ReportedIn } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";

/** Where a record stands, or is about to: what decides in whose report it is. */
export type RecordPlace = Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">;

/** A record as it stands and as it is about to stand; `null` where it does not. */
export interface RecordChange {
  before: StoredRecord | null;
  after: RecordPlace | null;
}

const known = new WeakMap<RecordPlace, ReadonlySet<string>>();

/** Whether a unit's dossiers hold a record: a record of hundreds of units is asked for each of them, year by year. */
export function holds<R extends RecordPlace>(record: R | null, unitId: string): record is R {
  if (record === null) return false;
  const subjects = known.get(record) ?? new Set(subjectsOf(record));
  known.set(record, subjects);
  return subjects.has(unitId);
}

/** Where a changed record stands, and is to stand. */
export function placesOf({ before, after }: RecordChange): RecordPlace[] {
  return [before, after].flatMap((place) => (place ? [place] : []));
}

/** Whether a record counts by its own days, in as many school years as they reach. */
export function isLasting({ kind, schoolYear }: RecordPlace): boolean {
  return schoolYear === null && kindOf(kind).belongsToReport;
}

/** Whether it is a directive. */
export const isDirecting = ({ kind }: RecordPlace) => kindOf(kind).touches === "BRANCH";

/** Whether a kind changes no figure, but what is found where published and computed ones differ. */
export const changesFindings = ({ touches }: Pick<RecordKind, "touches">) => touches === "FINDINGS" || touches === "PUBLISHED";

/**
 * Whether a change of the kind has the gate alone: a directive, so that nobody posts by what it changes; what changes findings of a whole
 * branch's figures, so that nobody posts to these between their being read and the finding being stored.
 */
export const needsGateAlone = (kind: Pick<RecordKind, "touches">) => kind.touches === "BRANCH" || changesFindings(kind);

/** In which reports of its unit a record stands; in none where its kind belongs to none. */
export function reportOf({ kind, schoolYear, content }: RecordPlace, years: readonly SchoolYear[]): ReportedIn | null {
  const { belongsToReport, day } = kindOf(kind);
  return belongsToReport ? reportedIn(schoolYear, day(content), years) : null;
}

/** The units and school years in which a record may count: of one that counts by its own days, all years. */
export function yearsReached(place: RecordPlace, years: readonly SchoolYear[]): { unitId: string; schoolYear: string }[] {
  const within = reportOf(place, years);
  const labels = isLasting(place) ? years.map(({ label }) => label) : within ? [within.schoolYear] : [];
  return subjectsOf(place).flatMap((unitId) => labels.map((schoolYear) => ({ unitId, schoolYear })));
}

/** In which reports a record stands before and after a change. */
export function reportsOf(change: RecordChange, years: readonly SchoolYear[]) {
  return placesOf(change).flatMap((place) => {
    const within = reportOf(place, years);
    const year = years.find(({ label }) => label === within?.schoolYear);
    return within && year ? [{ place, year, periods: within.periods }] : [];
  });
}
