import { grouped } from "../domain/ground/grouped.js";
import { MOST_RETALLIED } from "../domain/ground/limits.js";
import { INCLUDING_KINDS } from "../domain/counting/measures.js";
import { type StoredRecord } from "../domain/records/record.js";
import { subjectsOf } from "../domain/records/subjects.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type Tally } from "../domain/counting/tally.js";
import type { Stores } from "../storage/stores/stores.js";
import { inStretches } from "../stretches.js";
import { DOSSIER_KINDS, dossierRow, heldIn, successionsOf } from "./assess.js";
import { CommonGrounds, groundsOf } from "./grounds.js";
import { type ReportsOf } from "./including.js";
import { addTo } from "./posting.js";
import { type LeveledUnit } from "./tallies.js";
import { type FiledRecord } from "../domain/findings/unit-file.js";

/** Which version of a record counts, of all that there are, the newest first; none where the record is not to count. */
export type Pick = (versions: readonly StoredRecord[]) => StoredRecord | undefined;

/** Another account of a school year: up to another day, or of other versions of the records. */
export interface OtherAccount {
  year: SchoolYear;
  pick: Pick;
}

/** Units whose facts are held in memory at once. */
const PORTION = 500;

/**
 * What a unit and all below it would come to by other accounts of a school year, worked out from the versions of the records; the units are those that add
 * to its figures. `null` where they are too many.
 */
export async function retally(
  stores: Stores,
  { unitId, level }: LeveledUnit,
  schoolYear: string,
  accounts: readonly OtherAccount[],
): Promise<Tally[] | null> {
  const ids = await stores.scopes.addingBelow(level, unitId, schoolYear);
  if (ids.length > MOST_RETALLIED) return null;
  const totals = accounts.map((): Record<string, number> => ({}));
  const common = accounts.map(() => new CommonGrounds());
  for (let start = 0; start < ids.length; start += PORTION) {
    const portion = ids.slice(start, start + PORTION);
    const pickedOf = await versionsOf(stores, portion, DOSSIER_KINDS, schoolYear);
    for (const [index, { year, pick }] of accounts.entries()) {
      const reportsOf: ReportsOf = async (followers) => (await versionsOf(stores, followers, INCLUDING_KINDS, schoolYear))(pick);
      const grounds = await groundsOf(stores, portion, common[index], reportsOf);
      const successions = await successionsOf(stores, portion);
      const records = filesOf(pickedOf(pick));
      const add = (id: string) => {
        const history = grounds.histories.get(id);
        if (history) addTo(totals[index]!, dossierRow(history, year, grounds, records.get(id) ?? [], successions.get(id) ?? []).row.tally);
      };
      await inStretches(portion, add, stores.pause);
    }
  }
  return totals;
}

/** The versions of the records that units hold, to pick of. */
async function versionsOf({ records }: Stores, unitIds: readonly string[], kinds: readonly string[], schoolYear: string) {
  const versions = grouped(
    await records.versionsHeldBy(unitIds, kinds, schoolYear),
    ({ recordId }) => recordId,
    (version) => version,
  );
  return (pick: Pick): StoredRecord[] => [...versions.values()].flatMap((all) => pick(all) ?? []);
}

/** Records by the units whose dossiers hold them. */
function filesOf(records: readonly StoredRecord[]): Map<string, FiledRecord[]> {
  const held = records.flatMap((record) => subjectsOf(record).map((id) => ({ id, record })));
  return grouped(
    held,
    ({ id }) => id,
    ({ id, record }) => heldIn(id, record),
  );
}
