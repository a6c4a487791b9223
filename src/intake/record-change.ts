import { type StoredRecord } from "../domain/records/record.js";
import { kindOf } from "../domain/records/kinds.js";

/** Where a record stands, or is about to: what decides in whose report it is. */
export type RecordPlace = Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">;

/** A record as it stands and as it is about to stand; `null` where it does not. */
export interface RecordChange {
  before: StoredRecord | null;
  after: RecordPlace | null;
}

/** The units whose dossiers hold a record. */
export function subjectsOf({ kind, unitId, content }: RecordPlace): string[] {
  return [...new Set([unitId, ...kindOf(kind).covered(content)])];
}

const known = new WeakMap<RecordPlace, ReadonlySet<string>>();

/** Whether a unit's dossiers hold a record: a record of hundreds of units is asked for each of them, year by year. */
export function holds<R extends RecordPlace>(record: R | null, unitId: string): record is R {
  if (record === null) return false;
  const subjects = known.get(record) ?? new Set(subjectsOf(record));
  known.set(record, subjects);
  return subjects.has(unitId);
}
