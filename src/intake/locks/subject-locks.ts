import { type StoredRecord } from "../../domain/records/record.js";
import { type PeopleCounted } from "../../domain/records/people-counted.js";
import { unitListsOf } from "../../domain/records/unit-lists.js";
import type { Stores } from "../../storage/stores/stores.js";
import { identitiesOf, isWithdrawal, type Reading } from "../records/reading.js";
import { subjectsOf } from "../../domain/records/subjects.js";

/**
 * What the records that are to be corrected or withdrawn hold now: they may let go of it. Looked up before the units are locked,
 * so that all are locked together, in their order.
 */
export async function formerSubjects(stores: Stores, readings: readonly Reading[]): Promise<string[]> {
  const covering = readings.filter(
    ({ kind, content, asked }) =>
      kind.covered(content).length > 0 ||
      (isWithdrawal(asked) && unitListsOf(kind.fields).length > 0) ||
      (kind.countsPeople && content.peopleCounted === ("OTHERS_ONLY" satisfies PeopleCounted)),
  );
  const present = await stores.records.byIdentity(covering.flatMap(identitiesOf));
  return [...present.values()].flatMap(subjectsOf);
}

/** Locks what records hold besides units that are locked already: somebody may have changed them while these were waited for. */
export async function lockOtherSubjects(stores: Stores, records: readonly StoredRecord[], locked: readonly string[]): Promise<void> {
  const known = new Set(locked);
  const others = records.flatMap(subjectsOf).filter((id) => !known.has(id));
  if (others.length > 0) await stores.units.lock(others);
}
