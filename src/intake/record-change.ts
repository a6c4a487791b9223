import { type StoredRecord } from "../domain/records/record.js";

/** Where a record stands, or is about to: what decides in whose report it is. */
export type RecordPlace = Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">;

/** A record as it stands and as it is about to stand; `null` where it does not. */
export interface RecordChange {
  before: StoredRecord | null;
  after: RecordPlace | null;
}
