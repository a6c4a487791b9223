import { createHash } from "node:crypto";
import { indicators } from "../domain/figures/catalogue.js";
import { EDITION } from "../domain/edition.js";
import { KnownLate, type LateFact } from "../domain/counting/known-late.js";
import { directive } from "../domain/records/kinds/directive.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { addedDue, dueOf } from "../domain/counting/frozen-due.js";
import { datedObligations } from "../domain/figures/judged-until.js";
import { type Tally } from "../domain/counting/tally.js";
import { isFederation } from "../domain/tree/unit.js";
import { inStretches, mapInStretches, sortInStretches } from "../stretches.js";
import { type CellTally } from "../domain/counting/cell.js";
import type { Stores } from "../storage/stores/stores.js";
import { type VintageCell, type VintageContent, type VintageDefinition, type VintageDossier } from "../domain/analysis/vintage-content.js";
import { DOSSIER_KINDS } from "./assess.js";
import { cellKey, dueOfCells } from "./frozen-due.js";
import { settingsOf } from "./grounds.js";
import type { UnitView } from "../domain/tree/unit-view.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";
import type { VintageRow } from "../domain/analysis/vintage.js";

/** Stands at the head of the digested content, so that another form of it could be told from this one. */
const FORMAT = "tonghop vintage 1";
/** Units whose records are held in memory at once. */
const PORTION = 1_000;

/**
 * A copy of everything that a unit's branch comes to in a school year: every cell of its federations, the dossier of each
 * unit that is counted with the versions of the records behind it, and what the figures are computed by. Whoever asks has
 * the gate alone, so that nothing moves meanwhile.
 */
export async function freeze(stores: Stores, unit: Pick<UnitView, "id" | "level">, year: SchoolYear): Promise<VintageContent> {
  const ids = await stores.scopes.addingBelow(unit.level, unit.id, year.label);
  const rows = await stores.ledger.dossiers(ids, [year.label]);
  const federations = rows.filter(({ level }) => isFederation(level)).map(({ unitId }) => unitId);
  const above = rows.find(({ unitId }) => unitId === unit.id);
  const line = [unit.id, ...Object.values(above?.line ?? {}).flatMap((id: string | null) => id ?? [])];
  const cells = await stores.scopes.cells(federations, year.label);
  const due = await dueOfCells(rows, stores.pause);
  const frozenCell = (cell: CellTally) => ({
    ...cell,
    tally: canonicalTally(cell.tally),
    due: JSON.stringify(due.get(cellKey(cell)) ?? {}),
  });
  return {
    definitions: await definitionsOf(stores, unit, line, federations, year),
    dossiers: await dossiersOf(stores, rows, year),
    cells: await mapInStretches(cells, frozenCell, stores.pause),
  };
}

/**
 * Directives that count for nobody in the branch, as they became known when the year was closed, are none of its definitions. Of the others
 * it is kept for whom they do not count.
 */
async function definitionsOf(
  stores: Stores,
  { id, level }: Pick<UnitView, "id" | "level">,
  line: readonly string[],
  below: readonly string[],
  year: SchoolYear,
): Promise<VintageDefinition[]> {
  const federations = [...new Set([...line, ...below])];
  const marks = [...(await stores.knownLate.ofUnits(line)), ...(await stores.knownLate.below(id, level, year.label))];
  const late = new KnownLate(marks);
  const directives = (await stores.records.reportedBy(federations, directive.key))
    .filter(({ recordId, unitId }) => !late.below([...line, unitId], year.label).has(recordId))
    .map((record) => ({ record, settings: settingsOf(record).filter(({ schoolYear }) => schoolYear === year.label) }))
    .filter(({ settings }) => settings.length > 0);
  const kept = new Set(directives.map(({ record }) => record.recordId));
  const ofKept = marks
    .filter(({ factId, schoolYear }) => kept.has(factId) && schoolYear === year.label)
    .map((mark) => JSON.stringify(mark));
  const part = (name: VintageDefinition["part"], list: readonly unknown[]): VintageDefinition[] =>
    list.map((content, position) => ({ part: name, position, content: JSON.stringify(content) }));
  return [
    ...part(
      "directive",
      directives.map(({ record }) => [record.recordId, record.version]),
    ),
    ...part("edition", [EDITION]),
    ...part("indicator", indicators),
    ...part(
      "late",
      [...new Set(ofKept)].sort().map((mark) => JSON.parse(mark) as LateFact),
    ),
    ...part("schoolYear", [year]),
    ...part(
      "setting",
      directives.flatMap(({ settings }) => settings),
    ),
  ];
}

async function dossiersOf(stores: Stores, rows: readonly DossierRow[], year: SchoolYear): Promise<VintageDossier[]> {
  const views = await stores.unitReader.views(
    rows.map(({ unitId }) => unitId),
    year.referenceDate,
  );
  const records = await standingRecords(
    stores,
    rows.map(({ unitId }) => unitId),
    year.label,
  );
  const dossierOf = ({ unitId, level, stratum, line, tally, due }: DossierRow): VintageDossier => {
    const view = views.get(unitId);
    if (!view) throw new Error(`dossier of unit ${unitId}, which is not there`);
    return {
      ...{ unitId, unitVersion: view.version, level, schoolLevel: stratum?.schoolLevel ?? null, ownership: stratum?.ownership ?? null },
      ...{ confederationId: line.CONFEDERATION, provinceId: line.PROVINCE, districtId: line.DISTRICT, grassrootsId: line.GRASSROOTS },
      ...{ code: view.code, name: view.name, tally: canonicalTally(tally), records: JSON.stringify(records.get(unitId) ?? []) },
      due: JSON.stringify(addedDue([dueOf(tally, due, datedObligations)])),
    };
  };
  return sorted(await mapInStretches(rows, dossierOf, stores.pause), ({ unitId }) => unitId, stores.pause);
}

/** Of each unit the records that may count in a school year, as far as they were known in time, each with the version that stands, in order of their ids. */
export async function standingRecords(
  stores: Stores,
  unitIds: readonly string[],
  schoolYear: string,
): Promise<Map<string, [recordId: string, version: number][]>> {
  const found = new Map<string, [string, number][]>();
  for (let start = 0; start < unitIds.length; start += PORTION) {
    const portion = unitIds.slice(start, start + PORTION);
    const late = new KnownLate(await stores.knownLate.ofUnits(portion));
    for (const { subjectId, record } of await stores.records.heldBy(portion, DOSSIER_KINDS)) {
      if (record.schoolYear !== null && record.schoolYear !== schoolYear) continue;
      if (late.in(subjectId, schoolYear).has(record.recordId)) continue;
      const others = found.get(subjectId);
      if (others) others.push([record.recordId, record.version]);
      else found.set(subjectId, [[record.recordId, record.version]]);
    }
  }
  for (const list of found.values()) list.sort(([a], [b]) => (a < b ? -1 : 1));
  return found;
}

/**
 * SHA-256 of a vintage's canonical content: a line a row, each a JSON list of the columns as they are stored, in order of
 * their keys. Whoever changes one character of it, in a figure or in the head, changes the digest.
 */
export async function digestOf(
  head: Omit<VintageRow, "digest">,
  { definitions, dossiers, cells }: VintageContent,
  pause?: Stores["pause"],
): Promise<string> {
  const hash = createHash("sha256");
  const line = (...columns: unknown[]) => void hash.update(`${JSON.stringify(columns)}\n`, "utf8");
  const { id, unitId, schoolYear, ordinal, title, remark, publishedAt, publishedBy, publishedByToken, publishedByUnit, fingerprint } = head;
  // A vintage of 0.4.0 or before knows neither the token nor the fingerprint.
  const publisher = publishedByToken === null ? [publishedBy] : [publishedBy, publishedByToken, publishedByUnit];
  const seen = fingerprint === null ? [] : [fingerprint];
  line(FORMAT, id, unitId, schoolYear, ordinal, title, remark, publishedAt.toISOString(), ...publisher, ...seen);
  const ofDefinition = ({ part, position }: VintageDefinition) => `${part} ${String(position).padStart(9, "0")}`;
  for (const row of await sorted(definitions, ofDefinition, pause)) line("definition", row.part, row.position, row.content);
  await inStretches(await sorted(dossiers, ({ unitId: of }) => of, pause), (row) => line("dossier", ...columnsOf(row)), pause);
  const cell = (row: VintageCell) => line("cell", row.unitId, row.schoolLevel, row.ownership, row.tally, ...kept(row));
  await inStretches(await sorted(cells, cellKey, pause), cell, pause);
  return hash.digest("hex");
}

function columnsOf(row: VintageDossier): unknown[] {
  const place = [row.confederationId, row.provinceId, row.districtId, row.grassrootsId];
  return [
    row.unitId,
    row.unitVersion,
    row.level,
    row.schoolLevel,
    row.ownership,
    ...place,
    row.code,
    row.name,
    row.tally,
    row.records,
    ...kept(row),
  ];
}

/** A vintage of 0.4.0 or before does not know the days. */
const kept = ({ due }: { due: string | null }) => (due === null ? [] : [due]);

/**
 * Whether the vintage shows what this content does: versions of records, units and directives may be others, as of one that was
 * corrected and put back.
 */
export async function showsTheSame({ vintages, pause }: Stores, vintage: VintageRow, content: VintageContent): Promise<boolean> {
  const shown = ({ definitions, dossiers, cells }: VintageContent): VintageContent => ({
    definitions: definitions.filter(({ part }) => part !== "directive"),
    dossiers: dossiers.map((dossier) => ({ ...dossier, unitVersion: 0, records: "" })),
    cells,
  });
  return (await digestOf(vintage, shown(content), pause)) === (await digestOf(vintage, shown(await vintages.content(vintage.id)), pause));
}

/** What became of the proof of a vintage. */
export interface Verified {
  vintage: VintageRow;
  /** The digest that its content has now. */
  found: string;
  dossiers: number;
  cells: number;
}

/** Computes the digest of a vintage anew from what is stored; `null` where there is no such vintage. */
export async function verifyVintage(stores: Stores, id: string): Promise<Verified | null> {
  const vintage = (await stores.vintages.byIds([id])).get(id);
  if (!vintage) return null;
  const content = await stores.vintages.content(id);
  return { vintage, found: await digestOf(vintage, content, stores.pause), dossiers: content.dossiers.length, cells: content.cells.length };
}

function canonicalTally(tally: Tally): string {
  return JSON.stringify(Object.fromEntries(Object.entries(tally).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function sorted<T>(rows: readonly T[], keyOf: (row: T) => string, pause?: Stores["pause"]): Promise<T[]> {
  return sortInStretches(rows, (a, b) => (keyOf(a) < keyOf(b) ? -1 : 1), pause);
}
