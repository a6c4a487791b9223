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

/** Whether a unit's dossiers hold a record. */
export function holds<R extends RecordPlace>(record: R | null, unitId: string): record is R {
  return record !== null && subjectsOf(record).includes(unitId);
}
