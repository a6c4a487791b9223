import { identityKey, type StoredRecord } from "../../domain/records/record.js";
import { differingFields } from "../conflict.js";
import { identityOf, isWithdrawal, type Reading } from "./reading.js";

/**
 * Reports of activities and working years that 0.4.0 stored do not say up to which day they count. Sent back as they are read they
 * stay so, and nothing changes.
 */
export function keepUnknownDays(readings: readonly Reading[], present: ReadonlyMap<string, StoredRecord>): void {
  for (const reading of readings) {
    const { asked, kind, content } = reading;
    if (isWithdrawal(asked) || !("asOf" in kind.fields) || (asked.content.asOf ?? null) !== null) continue;
    const identity = identityOf(reading, present);
    const before = identity && present.get(identityKey(identity));
    if (before?.state !== "STANDING" || (before.content.asOf ?? null) !== null) continue;
    const kept = { ...content, asOf: null };
    if (differingFields(kind, before.content, kept).length === 0) reading.content = kept;
  }
}
