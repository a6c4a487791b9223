import { type Provenance } from "../unit.js";
import { type Content, type Fields } from "./field.js";

/** STANDING: counts. WITHDRAWN: was taken back, with a reason; it counts nowhere. */
export type RecordState = "STANDING" | "WITHDRAWN";

/** One version of what a unit reported, with who, when and why. A correction is a new version; none is ever changed. */
export interface RecordVersion<F extends Fields = Fields> {
  recordId: string;
  version: number;
  state: RecordState;
  content: Content<F>;
  provenance: Provenance;
  recordedAt: Date;
  /** Name of the caller. */
  recordedBy: string;
  reason: string | null;
}

/** What makes a record the same one when it is sent again. `key` is what its kind makes of the content. */
export interface RecordIdentity {
  unitId: string;
  kind: string;
  schoolYear: string | null;
  key: string;
}

/** A record: what a unit reports, once for its identity. What is here of a version is its newest. */
export interface StoredRecord<F extends Fields = Fields> extends RecordVersion<F>, RecordIdentity {}

/** The identity as one text. */
export function identityKey({ unitId, kind, schoolYear, key }: RecordIdentity): string {
  return [unitId, kind, schoolYear ?? "", key].join("\u0000");
}
