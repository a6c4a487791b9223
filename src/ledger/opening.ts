import { grouped } from "../domain/ground/grouped.js";
import { findingsOfOpening, findingsOfYear, OF_ONE_YEAR } from "../domain/findings/examination.js";
import { type Finding } from "../domain/findings/finding.js";
import { kindOf } from "../domain/records/catalogue.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { difference, type Tally } from "../domain/counting/tally.js";
import type { Stores } from "../storage/stores/stores.js";
import { inStretches } from "../stretches.js";
import { DOSSIER_KINDS, dossierRow, heldIn, successionsOf } from "./assess.js";
import { CommonGrounds, groundsOf } from "./grounds.js";
import { adds, cellsOf, Postings, repost, type Touched } from "./posting.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** Units whose facts are held in memory at once. */
const PORTION = 1_000;
/** Kinds of records by which a unit has reported something of a school year. */
const EVIDENCE = DOSSIER_KINDS.filter((key) => kindOf(key).isEvidence);

/**
 * Posts what a school year that is opened expects of every unit. Nothing of it has been recorded: of records only those count that belong
 * to no school year, and what is found of other years stays. Only units with findings that stand in a year by their day are examined as a
 * whole, since that may be another year now. `before`: the school years that were open.
 */
export async function postOpening(stores: Stores, year: SchoolYear, before: readonly SchoolYear[]): Promise<void> {
  const all = await stores.units.allIds();
  const dated = new Set(before.length === 0 ? all : await stores.findings.ofNoYear(OF_ONE_YEAR));
  const postings = new Postings();
  const common = new CommonGrounds();
  const alike = new Alike();
  const ids = all.filter((id) => !dated.has(id));
  for (let start = 0; start < ids.length; start += PORTION) {
    const { dossiers, findings } = await expected(stores, ids.slice(start, start + PORTION), year, common);
    await stores.ledger.saveDossiers(dossiers.map((row) => ({ row, before: undefined })));
    await stores.findings.save([], findings);
    await inStretches(dossiers, (row) => alike.add(row), stores.pause);
  }
  await inStretches(alike.amounts(), ({ row, amount }) => postings.add(amount, cellsOf(row)), stores.pause);
  await postings.post(stores, true);
  await repost(stores, [...dated], [year], true);
}

/** Takes back what a school year in which nothing has been recorded expects of every unit, and answers which figures that touches. */
export async function postWithdrawal(stores: Stores, { label }: SchoolYear): Promise<Touched[]> {
  const ids = await stores.units.allIds();
  const postings = new Postings();
  const touched: Touched[] = [];
  for (let start = 0; start < ids.length; start += PORTION) {
    const dossiers = await stores.ledger.dossiers(ids.slice(start, start + PORTION), [label]);
    const post = (row: DossierRow) => {
      postings.add(difference({}, row.tally), cellsOf(row));
      if (adds(row)) touched.push({ ...row, lines: [row.line] });
    };
    await inStretches(dossiers, post, stores.pause);
    await stores.ledger.removeDossiers(dossiers);
  }
  await postings.post(stores, false);
  return touched;
}

/** What a school year of which nothing has been recorded comes to for some units. */
async function expected(
  stores: Stores,
  unitIds: readonly string[],
  year: SchoolYear,
  common: CommonGrounds,
): Promise<{ dossiers: DossierRow[]; findings: Finding[] }> {
  const grounds = await groundsOf(stores, unitIds, common);
  const lasting = grouped(
    await stores.records.heldBy(unitIds, DOSSIER_KINDS, ""),
    ({ subjectId }) => subjectId,
    ({ subjectId, record }) => heldIn(subjectId, record),
  );
  const successions = await successionsOf(stores, unitIds);
  const reported = await stores.records.reportedYears(unitIds, EVIDENCE);
  const dossiers: DossierRow[] = [];
  const findings: Finding[] = [];
  const expect = (unitId: string) => {
    const history = grounds.histories.get(unitId);
    if (!history) return;
    const { row, file } = dossierRow(history, year, grounds, lasting.get(unitId) ?? [], successions.get(unitId) ?? []);
    dossiers.push(row);
    findings.push(...findingsOfOpening(history, year, reported.get(unitId) ?? []), ...(file ? findingsOfYear(file) : []));
  };
  await inStretches(unitIds, expect, stores.pause);
  return { dossiers, findings };
}

/** Dossiers that add the same tally to the same cells, counted. */
class Alike {
  private readonly counts = new Map<Tally, Map<string, { row: DossierRow; count: number }>>();

  add(row: DossierRow): void {
    const { line, stratum, counted, closedInYear, tally } = row;
    const { CONFEDERATION, PROVINCE, DISTRICT } = line;
    const place = [CONFEDERATION, PROVINCE, DISTRICT, stratum?.schoolLevel, stratum?.ownership, counted, closedInYear].join("|");
    const places = this.counts.get(tally) ?? new Map<string, { row: DossierRow; count: number }>();
    this.counts.set(tally, places);
    const present = places.get(place);
    if (present) present.count += 1;
    else places.set(place, { row, count: 1 });
  }

  *amounts(): Iterable<{ row: DossierRow; amount: Tally }> {
    for (const [tally, places] of this.counts)
      for (const { row, count } of places.values())
        yield { row, amount: Object.fromEntries(Object.entries(tally).map(([measure, amount]) => [measure, amount * count])) };
  }
}
