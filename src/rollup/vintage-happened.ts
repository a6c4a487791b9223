import { grouped } from "../domain/ground/grouped.js";
import { KnownLate } from "../domain/counting/known-late.js";
import { dutiesDiffering } from "../domain/counting/frozen-due.js";
import { INCLUDING_KINDS, inSuccessor } from "../domain/counting/measures.js";
import { deadlineExtension } from "../domain/records/kinds/deadline-extension.js";
import { directive, isJudging } from "../domain/records/kinds/directive.js";
import { type StoredRecord } from "../domain/records/record.js";
import { isSameTally } from "../domain/counting/tally.js";
import { isFederation } from "../domain/tree/unit.js";
import { type CorrectionCode } from "../domain/analysis/vintage.js";
import { DOSSIER_KINDS } from "../ledger/assess.js";
import { settingsOf } from "../ledger/grounds.js";
import { inStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { samePlace, type Compared } from "./counted.js";

/** One thing that happened after a publication. */
export interface Correction {
  code: CorrectionCode;
  record: StoredRecord | null;
  /** The version that was published; later ones are the correction. 0 where there was none. */
  since: number;
}

/** Something that happened to a record. */
type Recorded = Correction & { record: StoredRecord };

/** What happened to records and directives since a publication, looked up once for all its changes. */
export interface Happened {
  /** Units whose own dossier is not what was published, in its tally or in its place. */
  changed: ReadonlySet<string>;
  /** By unit: its records that were not there, are gone or have another version. */
  records: ReadonlyMap<string, readonly Recorded[]>;
  directives: readonly Directed[];
  /** Later deadlines of single units that were not there, are gone or have another version. */
  extensions: readonly Recorded[];
  /** What does not count for those units, as it became known too late. */
  late: KnownLate;
}

/** A directive that is not as it was published. `judged`: by which indicators it judges, or did, by day, term or set; `told`: of which it says anything. */
interface Directed extends Correction {
  record: StoredRecord;
  judged: ReadonlySet<string>;
  told: ReadonlySet<string>;
}

/** Units whose records are held in memory at once. */
const PORTION = 500;

/** Everything that was recorded about the units whose dossiers are others than published. */
export async function happenedSince(stores: Stores, compared: Compared): Promise<Happened> {
  const changed = await changedUnits(stores, compared);
  const records = new Map<string, readonly Recorded[]>();
  for (let start = 0; start < changed.length; start += PORTION)
    for (const [unitId, found] of await recordedOf(stores, compared, changed.slice(start, start + PORTION))) records.set(unitId, found);
  for (const [unitId, found] of await includedSince(stores, compared, changed))
    records.set(unitId, [...(records.get(unitId) ?? []), ...found]);
  const above = changed.flatMap((unitId) => compared.live.get(unitId)?.line ?? []);
  const late = new KnownLate(await stores.knownLate.ofUnits([...new Set([...changed, ...above])]));
  const directives = await changedDirectives(stores, compared);
  return { changed: new Set(changed), records, directives, extensions: await changedExtensions(stores, compared), late };
}

/** Of units, their records that were not there, are gone or have another version than was published. */
async function recordedOf(
  stores: Stores,
  { vintageId, schoolYear }: Compared,
  unitIds: readonly string[],
): Promise<Map<string, Recorded[]>> {
  const frozen = new Map(
    (await stores.vintages.figures(vintageId, unitIds)).dossiers.map((row) => [row.unitId, JSON.parse(row.records) as [string, number][]]),
  );
  const late = new KnownLate(await stores.knownLate.ofUnits(unitIds));
  const held = (await stores.records.heldBy(unitIds, DOSSIER_KINDS)).filter(
    ({ subjectId, record: { recordId, schoolYear: of } }) =>
      (of === null || of === schoolYear) && !late.in(subjectId, schoolYear).has(recordId),
  );
  const heldOf = grouped(
    held,
    ({ subjectId }) => subjectId,
    ({ record }) => record,
  );
  const standing = new Set(held.map(({ subjectId, record }) => `${subjectId} ${record.recordId}`));
  const gone = unitIds.flatMap((unitId) => (frozen.get(unitId) ?? []).filter(([id]) => !standing.has(`${unitId} ${id}`)));
  const goneRecords = await stores.records.byIds(gone.map(([id]) => id));
  const records = new Map<string, Recorded[]>();
  for (const unitId of unitIds) {
    const versions = new Map(frozen.get(unitId));
    const found: Recorded[] = [];
    for (const record of heldOf.get(unitId) ?? []) {
      const since = versions.get(record.recordId) ?? 0;
      if (since !== record.version) found.push({ code: since === 0 ? "RECORDED" : "CORRECTED", record, since });
    }
    for (const [id, since] of versions) {
      const record = goneRecords.get(id);
      if (record && !standing.has(`${unitId} ${id}`)) found.push({ code: "WITHDRAWN", record, since });
    }
    if (found.length > 0) records.set(unitId, found);
  }
  return records;
}

/** Of closed units that a report of who followed them came to include, or no longer does, these reports. */
async function includedSince(stores: Stores, compared: Compared, changed: readonly string[]): Promise<Map<string, Recorded[]>> {
  const { published, live } = compared;
  const saysOf = (id: string) =>
    [published, live].map((units) => INCLUDING_KINDS.map((kind) => units.get(id)?.tally[inSuccessor(kind).key] ?? 0).join());
  const followed = await stores.lineage.outOf(changed.filter((id) => new Set(saysOf(id)).size > 1));
  const reports = await recordedOf(stores, compared, [...new Set(followed.map(({ successorId }) => successorId))]);
  return grouped(
    followed.flatMap(({ predecessorId, successorId }) =>
      (reports.get(successorId) ?? []).filter(({ record }) => INCLUDING_KINDS.includes(record.kind)).map((one) => ({ predecessorId, one })),
    ),
    ({ predecessorId }) => predecessorId,
    ({ one }) => one,
  );
}

/** Looked up in units that are judged by other days than was published. */
async function changedExtensions(stores: Stores, compared: Compared): Promise<Recorded[]> {
  const { published, live } = compared;
  const ids: string[] = [];
  const look = (unitId: string) => {
    const [then, now] = [published.get(unitId)?.due, live.get(unitId)?.due];
    if (then && now && dutiesDiffering(then, now).size > 0) ids.push(unitId);
  };
  await inStretches(published.keys(), look, stores.pause);
  const extensions: Recorded[] = [];
  for (let start = 0; start < ids.length; start += PORTION)
    for (const found of (await recordedOf(stores, compared, ids.slice(start, start + PORTION))).values())
      extensions.push(...found.filter(({ record }) => record.kind === deadlineExtension.key));
  return extensions;
}

async function changedDirectives(stores: Stores, { definitions, published, live, schoolYear }: Compared): Promise<Happened["directives"]> {
  const units = [...published.values(), ...live.values()];
  const below = units.filter(({ level }) => isFederation(level)).flatMap(({ line }) => line);
  const standing = await stores.records.reportedBy([...new Set(below)], directive.key);
  const before = await stores.records.byIds([...definitions.directives.keys()]);
  const all = new Map([...before.values(), ...standing].map((record) => [record.recordId, record]));
  const frozen = grouped(
    definitions.settings,
    ({ recordId }) => recordId,
    (setting) => setting,
  );
  return [...all.values()].flatMap((record) => {
    const since = definitions.directives.get(record.recordId) ?? 0;
    const says = settingsOf(record).filter((setting) => setting.schoolYear === schoolYear);
    if (since === record.version || (since === 0 && says.length === 0)) return [];
    const all = [...says, ...(frozen.get(record.recordId) ?? [])];
    const named = (settings: typeof all) => new Set(settings.map(({ indicator }) => indicator));
    return [{ code: "DIRECTIVE" as const, record, since, judged: named(all.filter(isJudging)), told: named(all) }];
  });
}

async function changedUnits({ pause }: Stores, { published, live }: Compared): Promise<string[]> {
  const changed: string[] = [];
  const look = (id: string) => {
    const [then, now] = [published.get(id), live.get(id)];
    if (!then || !now || !isSameTally(then.tally, now.tally) || !samePlace(then, now)) changed.push(id);
  };
  await inStretches(new Set([...published.keys(), ...live.keys()]), look, pause);
  return changed;
}
