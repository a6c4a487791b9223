import { type Finding } from "../domain/findings/finding.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { difference, isZero, type Tally } from "../domain/counting/tally.js";
import { type Cell, type CellTally } from "../domain/counting/cell.js";
import type { Database } from "../storage/database/database.js";
import type { Stores } from "../storage/stores/stores.js";
import { assess } from "./assess.js";
import { CommonGrounds } from "./grounds.js";
import { findingChanges } from "./findings.js";
import { patiently } from "./patience.js";
import { figuresOf, findingsIn } from "./published-figures.js";
import { besideIn, reportsOf, unionFindings } from "./schools-of-unions.js";
import { addTo, cellsOf, dossierKey, isSame } from "./posting.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** A place where the ledger is not what the records say. */
export interface LedgerDifference {
  schoolYear: string;
  unitId: string;
  /** "dossier", "finding", or the cell as level/ownership. */
  cell: string;
  /** The measure, "facts" where a dossier's line, stratum or due days differ, or the check of a finding with its field. */
  measure: string;
  stored: number;
  expected: number;
}

export interface AuditResult {
  checked: { dossiers: number; cells: number; findings: number };
  differences: LedgerDifference[];
}

/** Hears how many dossiers of how many are done. */
export type Progress = (done: number, total: number) => void;

const PORTION = 1_000;

/** Works the whole ledger out anew from the records and lists every integer that differs. Changes nothing and hinders nobody. */
export async function audit(database: Database, progress: Progress = () => undefined): Promise<AuditResult> {
  return database.snapshot(async (stores) => {
    const result: AuditResult = { checked: { dossiers: 0, cells: 0, findings: 0 }, differences: [] };
    const years = await stores.schoolYears.all();
    const ids = await stores.units.allIds();
    for (const [index, year] of years.entries()) {
      const hear = (done: number) => progress(index * ids.length + done, ids.length * years.length);
      const { expected, stored, cells, findings } = await workOut(stores, year, years, ids, hear);
      result.checked.findings += findings.expected.length;
      result.differences.push(...findingDifferences(findings));
      result.checked.dossiers += expected.length;
      for (const row of expected) result.differences.push(...dossierDifferences(stored.get(dossierKey(row)), row));
      const schoolYear = year.label;
      const storedCells = new Map((await stores.ledger.cellsOfYear(schoolYear)).map((cell) => [cellName(cell), cell]));
      for (const key of new Set([...storedCells.keys(), ...cells.keys()])) {
        const cell = storedCells.get(key) ?? cells.get(key);
        if (!cell) continue;
        result.checked.cells += 1;
        const place = { schoolYear, unitId: cell.unitId, cell: `${cell.schoolLevel}/${cell.ownership}` };
        result.differences.push(...tallyDifferences(place, storedCells.get(key)?.tally ?? {}, cells.get(key)?.tally ?? {}));
      }
    }
    return result;
  });
}

/** Works the whole ledger out anew from the records and stores it. */
export async function rebuild(database: Database, progress?: Progress): Promise<void> {
  const years = await database.read(({ schoolYears }) => schoolYears.ofAnyEdition());
  await store(database, years, async () => true, progress);
}

/**
 * Works out anew the school years whose ledger is of another edition of the account, closed ones too. A start that was broken off
 * goes on with those that are left, and servers that start together share them.
 */
export async function bringUpToDate(database: Database, progress?: Progress): Promise<void> {
  const outdated = ({ schoolYears }: Stores) => schoolYears.outdated();
  const isOutdated = async (stores: Stores, { label }: SchoolYear) => (await outdated(stores)).some((year) => year.label === label);
  await store(database, await database.read(outdated), isOutdated, progress);
}

/** Each school year in a transaction of its own with the gate alone, so that readers see its figures of before or of afterwards. */
async function store(
  database: Database,
  years: readonly SchoolYear[],
  isDue: (stores: Stores, year: SchoolYear) => Promise<boolean>,
  progress: Progress = () => undefined,
): Promise<void> {
  for (const [index, year] of years.entries())
    await patiently(() =>
      database.write(async (stores) => {
        await stores.gate.alone();
        if (!(await isDue(stores, year))) return;
        const ids = await stores.units.allIds();
        const hear = (done: number) => progress(index * ids.length + done, ids.length * years.length);
        const { expected, stored, cells, findings } = await workOut(stores, year, await stores.schoolYears.ofAnyEdition(), ids, hear);
        const { gone, given } = findingChanges(findings.stored, findings.expected);
        await stores.findings.save(gone, given);
        const changed = expected
          .map((row) => ({ row, before: stored.get(dossierKey(row)) }))
          .filter(({ row, before }) => !isSame(before, row));
        await stores.ledger.saveDossiers(changed);
        await stores.ledger.replaceYear(year.label, [...cells.values()]);
        await stores.schoolYears.markCurrent(year.label);
      }),
    );
}

/** What is stored of the findings of a school year, and what the facts say. */
interface YearFindings {
  stored: Finding[];
  expected: Finding[];
}

/** What the ledger of a school year says, and what the facts say. */
interface WorkedOut {
  expected: DossierRow[];
  stored: Map<string, DossierRow>;
  /** As the facts say. */
  cells: Map<string, CellTally>;
  findings: YearFindings;
}

/** `hear`: is told how many of the units are done. */
async function workOut(
  stores: Stores,
  year: SchoolYear,
  years: readonly SchoolYear[],
  ids: readonly string[],
  hear: (done: number) => void,
): Promise<WorkedOut> {
  const common = new CommonGrounds();
  const expected: DossierRow[] = [];
  const stored = new Map<string, DossierRow>();
  const findings: YearFindings = { stored: [], expected: [] };
  const figures: StoredRecord[] = [];
  const ofUnions: StoredRecord[] = [];
  const cells = new Map<string, CellTally & { tally: Record<string, number> }>();
  for (let start = 0; start < ids.length; start += PORTION) {
    const portion = ids.slice(start, start + PORTION);
    const assessed = await assess(stores, portion, [year], years, common);
    expected.push(...assessed.dossiers);
    findings.expected.push(...assessed.findings.filter(({ schoolYear }) => schoolYear === year.label));
    findings.stored.push(...(await stores.findings.ofUnits(portion, year.label)));
    figures.push(...(await figuresOf(stores, portion, [year.label])));
    const unions = assessed.dossiers.flatMap(({ unitId, level }) => (level === "GRASSROOTS" ? [unitId] : []));
    ofUnions.push(...(await reportsOf(stores, unions, year.label)));
    for (const row of await stores.ledger.dossiers(portion, [year.label])) stored.set(dossierKey(row), row);
    hear(start + portion.length);
  }
  for (const row of expected)
    for (const cell of cellsOf(row)) {
      const present = cells.get(cellName(cell));
      if (present) addTo(present.tally, row.tally);
      else cells.set(cellName(cell), { ...cell, tally: { ...row.tally } });
    }
  const own = talliesWithoutCells(expected, figures);
  const tallyOf = (unitId: string) =>
    cells.get(cellName({ unitId, schoolYear: year.label, schoolLevel: "ALL", ownership: "ALL" }))?.tally ?? own.get(unitId) ?? {};
  findings.expected.push(...(await findingsIn(stores, figures, year.label, tallyOf)));
  const beside = besideIn(expected, new Set(ofUnions.map(({ unitId }) => unitId)));
  findings.expected.push(...(await unionFindings(stores, ofUnions, year.label, beside)));
  return { expected, stored, cells, findings };
}

/** What the dossiers of unions and schools that published something come to: they have no cells. */
function talliesWithoutCells(dossiers: readonly DossierRow[], figures: readonly StoredRecord[]): Map<string, Tally> {
  const publishers = new Set(figures.map(({ unitId }) => unitId));
  const tallies = new Map<string, Record<string, number>>();
  for (const { unitId, line, tally } of dossiers)
    for (const id of new Set([unitId, line.GRASSROOTS]))
      if (id !== null && publishers.has(id)) {
        const total = tallies.get(id) ?? {};
        addTo(total, tally);
        tallies.set(id, total);
      }
  return tallies;
}

function findingDifferences({ stored, expected }: YearFindings): LedgerDifference[] {
  const { gone, given } = findingChanges(stored, expected);
  const told = ({ schoolYear, unitId, check, field }: Finding, is: Pick<LedgerDifference, "stored" | "expected">) => ({
    ...{ schoolYear, unitId, cell: "finding", measure: `${check} ${field}` },
    ...is,
  });
  return [
    ...gone.map((finding) => told(finding, { stored: 1, expected: 0 })),
    ...given.map((finding) => told(finding, { stored: 0, expected: 1 })),
  ];
}

function dossierDifferences(stored: DossierRow | undefined, expected: DossierRow): LedgerDifference[] {
  const place = { schoolYear: expected.schoolYear, unitId: expected.unitId, cell: "dossier" };
  if (isSame(stored, expected)) return [];
  const differing = tallyDifferences(place, stored?.tally ?? {}, expected.tally);
  return differing.length > 0 ? differing : [{ ...place, measure: "facts", stored: 0, expected: 1 }];
}

function tallyDifferences(
  place: Pick<LedgerDifference, "schoolYear" | "unitId" | "cell">,
  stored: Tally,
  expected: Tally,
): LedgerDifference[] {
  const differing = difference(stored, expected);
  if (isZero(differing)) return [];
  return Object.keys(differing).map((measure) => ({ ...place, measure, stored: stored[measure] ?? 0, expected: expected[measure] ?? 0 }));
}

function cellName({ unitId, schoolLevel, ownership }: Cell): string {
  return [unitId, schoolLevel, ownership].join("|");
}
