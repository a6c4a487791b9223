import { kindOf } from "../../domain/records/catalogue.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { examineFigures, figuresOf } from "../../ledger/published-figures.js";
import { examineUnions } from "../../ledger/schools-of-unions.js";
import { repost, type Touched } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Judged } from "../locks/judgement.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { changesFindings } from "./record-change.js";

/**
 * Re-posts the dossiers that records touch and answers which figures it touched; of a corrected one, give it as it is and as it was.
 * `judged`: the dossiers that directives among them judge by something else.
 */
export async function repostFor(
  stores: Stores,
  records: readonly StoredRecord[],
  years: readonly SchoolYear[],
  judged: Judged = [],
): Promise<Touched[]> {
  const units = new Set<string>();
  const labels = new Set<string>();
  for (const group of new Set(judged))
    for (const { unitId, schoolYear } of group) {
      units.add(unitId);
      labels.add(schoolYear);
    }
  for (const record of records) {
    const { touches, judgesIn } = kindOf(record.kind);
    if (touches === "NOTHING" || touches === "PUBLISHED") continue;
    const touchedYears =
      touches === "BRANCH" ? judgesIn(record.content) : record.schoolYear ? [record.schoolYear] : years.map(({ label }) => label);
    // What is found in the federation itself may change with any of its directives.
    for (const unit of subjectsOf(record)) units.add(unit);
    for (const label of touchedYears) labels.add(label);
  }
  const touched = await repost(
    stores,
    [...units],
    years.filter(({ label }) => labels.has(label)),
    false,
    years,
  );
  await examinePublishers(stores, records);
  return touched;
}

/** Looks anew at what units published, and unions reported beside their schools, of which a figure, or what is said to a finding, changed. */
async function examinePublishers(stores: Stores, records: readonly StoredRecord[]): Promise<void> {
  const own = records.filter(({ kind }) => changesFindings(kindOf(kind)));
  if (own.length === 0) return;
  const ids = [...new Set(own.map(({ unitId }) => unitId))];
  const schoolYears = [...new Set(own.flatMap(({ schoolYear }) => schoolYear ?? []))];
  const units = [...(await stores.unitReader.levels(ids))].map(([unitId, level]) => ({ unitId, level }));
  await examineFigures(stores, units, schoolYears, await figuresOf(stores, ids, schoolYears));
  const unions = units.flatMap(({ unitId, level }) => (level === "GRASSROOTS" ? [unitId] : []));
  for (const schoolYear of schoolYears) await examineUnions(stores, unions, schoolYear);
}
