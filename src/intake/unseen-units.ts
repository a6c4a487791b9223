import { identityKey, type StoredRecord } from "../domain/records/record.js";
import type { Stores } from "../storage/stores.js";
import { type Change, References } from "./change.js";
import { identityOf, type Reading, unitFieldsOf } from "./reading.js";

/**
 * Adds to corrections the units that the records name now and the caller does not see: whoever is not shown a unit does not mean
 * to leave it out by not naming it. `present`: the records as they stand, by identity.
 */
export async function keepUnseenUnits(
  stores: Stores,
  change: Change,
  readings: readonly Reading[],
  present: ReadonlyMap<string, StoredRecord>,
): Promise<void> {
  const named = readings.flatMap((reading) => {
    const identity = identityOf(reading, present);
    const before = identity ? present.get(identityKey(identity)) : undefined;
    if (before?.state !== "STANDING") return [];
    return unitFieldsOf(reading.kind).map((field) => ({ reading, field, ids: before.content[field] as unknown as readonly string[] }));
  });
  if (named.length === 0) return;
  const seen = await References.find(
    stores,
    change,
    named.flatMap(({ ids }) => ids),
  );
  for (const { reading, field, ids } of named) {
    const given = reading.content[field] as unknown as readonly string[];
    const unseen = ids.filter((id) => seen.id(id) === null);
    reading.content = { ...reading.content, [field]: [...given, ...unseen] } as Reading["content"];
  }
}
