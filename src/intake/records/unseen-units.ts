import { canonical } from "../../domain/records/content.js";
import { identityKey, type StoredRecord } from "../../domain/records/record.js";
import { entriesOf, unitListsOf } from "../../domain/records/unit-lists.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { References } from "../../work/references.js";
import { differingFields } from "../conflict.js";
import { identityOf, type Reading } from "./reading.js";

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
    return unitListsOf(reading.kind.fields).map((list) => ({ reading, list, entries: entriesOf(before.content, list) }));
  });
  if (named.length === 0) return;
  const seen = await References.find(
    stores,
    change,
    named.flatMap(({ entries }) => entries.map(({ unit }) => unit)),
  );
  for (const { reading, list, entries } of named) {
    const given = reading.content[list.name] as unknown as readonly unknown[];
    const unseen = entries.filter(({ unit }) => seen.id(unit) === null).map(({ entry }) => entry);
    const kept = { ...reading.content, [list.name]: [...given, ...unseen] } as Reading["content"];
    // A union's report counts the schools of the day on which it is corrected: as it was only where nothing else is.
    if (!reading.kind.countsPeople || isAsItWas(reading, kept, present)) reading.content = kept;
  }
}

function isAsItWas(reading: Reading, kept: Reading["content"], present: ReadonlyMap<string, StoredRecord>): boolean {
  const identity = identityOf(reading, present);
  const before = identity && present.get(identityKey(identity));
  return (
    before !== undefined &&
    before !== null &&
    differingFields(reading.kind, before.content, canonical(reading.kind.fields, kept)).length === 0
  );
}
