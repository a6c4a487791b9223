import { type Indicator, formulaMeasures } from "../domain/figures/indicator.js";
import { KnownLate, type LateFact } from "../domain/counting/known-late.js";
import { directive } from "../domain/records/kinds/directive.js";
import { kindOf } from "../domain/records/catalogue.js";
import { type StoredRecord } from "../domain/records/record.js";
import { settingsOf } from "../ledger/grounds.js";
import { type Level } from "../domain/tree/unit.js";
import type { Stores } from "../storage/stores/stores.js";

/**
 * The standing records and directives that do not count for a unit in a school year because it was locked when they became
 * known, as far as they could make or judge an indicator; the newest first.
 */
export async function recordsKnownLate(stores: Stores, unitId: string, schoolYear: string, indicator: Indicator): Promise<StoredRecord[]> {
  const line = await lineIn(stores, unitId, schoolYear);
  const late = new KnownLate(await stores.knownLate.ofUnits(line));
  const records = [...(await stores.records.byIds([...late.over(line, schoolYear)])).values()];
  return records
    .filter((record) => record.state === "STANDING" && speaksOf(record, schoolYear, indicator))
    .sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime() || (a.recordId < b.recordId ? 1 : -1));
}

/** What does not count in a school year in the figures of a unit or of those below it; what is marked for a branch above it is told of the unit. */
export async function knownLateBelow(stores: Stores, unitId: string, level: Level, schoolYear: string): Promise<LateFact[]> {
  const [, ...above] = await lineIn(stores, unitId, schoolYear);
  const over = (await stores.knownLate.ofUnits(above)).filter((fact) => fact.withBelow && fact.schoolYear === schoolYear);
  return [...(await stores.knownLate.below(unitId, level, schoolYear)), ...over.map((fact) => ({ ...fact, unitId }))];
}

/** A unit and those above it in a school year. */
async function lineIn(stores: Stores, unitId: string, schoolYear: string): Promise<[string, ...string[]]> {
  const [place] = await stores.dossiers.lines([unitId], [schoolYear]);
  return [unitId, ...Object.values(place?.line ?? {}).flatMap((id: string | null) => (id === null || id === unitId ? [] : [id]))];
}

function speaksOf(record: StoredRecord, label: string, indicator: Indicator): boolean {
  if (record.kind !== directive.key) return kindOf(record.kind).measures.some(({ key }) => formulaMeasures(indicator).includes(key));
  return settingsOf(record).some(
    ({ indicator: key, schoolYear }) => schoolYear === label && (key === indicator.key || key === indicator.judgedBy),
  );
}
