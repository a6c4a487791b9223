import { UNFILTERED } from "../domain/tree/filter.js";
import { standing } from "../domain/counting/measures.js";
import { keysOf } from "../domain/counting/measure.js";
import { type UnionBeside } from "../domain/findings/check.js";
import { acknowledged, findingsOfUnion, isOfSchools } from "../domain/findings/examination.js";
import { type Finding } from "../domain/findings/finding.js";
import { TURNOVER } from "../domain/findings/list/closed-school-counted-twice.js";
import { DONE, MEMBERS } from "../domain/findings/list/schools-counted-twice.js";
import { grouped } from "../domain/ground/grouped.js";
import { recordKinds } from "../domain/records/catalogue.js";
import { type StoredRecord } from "../domain/records/record.js";
import { difference } from "../domain/counting/tally.js";
import type { SumRow } from "../storage/stores/ledger.store.js";
import type { Stores } from "../storage/stores/stores.js";
import { FINDING_KINDS, heldIn } from "./assess.js";
import { findingChanges } from "./findings.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** Kinds of reports in which people count. */
const KINDS = recordKinds.filter(({ countsPeople }) => countsPeople).map(({ key }) => key);
/** The keys of the measures that are held beside each other. */
const COMPARED = keysOf([MEMBERS, TURNOVER, ...Object.values(DONE)].flatMap(({ measures }) => measures));
const MEASURES = [...COMPARED, standing.occupationalUnions.key];

/** What stands beside a union's report. */
export type BesideSchools = Pick<UnionBeside, "own" | "schools" | "closed">;

/** The unions beside whose reports others stand now, school year by school year: those of schools that came or went, or of which a count that is compared is another; and unions that changed. */
export class UnionsBeside {
  private readonly unions = new Map<string, Set<string>>();

  /** `before`: the dossier as it was stored until now. */
  add(before: DossierRow | undefined, after: DossierRow): void {
    if (after.level === "GRASSROOTS") this.meet(after.schoolYear, after.unitId);
    if (after.level !== "SCHOOL") return;
    const [was, is] = [before?.line.GRASSROOTS ?? null, after.line.GRASSROOTS];
    const isOther = COMPARED.some((measure) => (before?.tally[measure] ?? 0) !== (after.tally[measure] ?? 0));
    const says = COMPARED.some((measure) => (after.tally[measure] ?? 0) !== 0);
    const isElsewhere = was !== is || before?.closedInYear !== after.closedInYear;
    if (!isOther && !(says && isElsewhere)) return;
    for (const id of [was, is]) if (id !== null) this.meet(after.schoolYear, id);
  }

  /**
   * Looks at them, in the transaction that posts. A school's posting locks its union before it asks whether that has reported, and a union's has that lock
   * from its start: of two at the same time the second sees both. Whoever has the gate alone (`structure`) has nobody beside.
   */
  async examine(stores: Stores, structure: boolean): Promise<void> {
    const ids = [...new Set([...this.unions.values()].flatMap((unions) => [...unions]))];
    if (ids.length === 0) return;
    if (!structure) await stores.units.lock(ids);
    for (const [schoolYear, unions] of this.unions) await examineUnions(stores, [...unions], schoolYear);
  }

  private meet(schoolYear: string, union: string): void {
    const met = this.unions.get(schoolYear);
    if (met) met.add(union);
    else this.unions.set(schoolYear, new Set([union]));
  }
}

/** Brings what is found in reports of unions beside those of their schools up to date with the dossiers as they are stored. */
export async function examineUnions(stores: Stores, unions: readonly string[], schoolYear: string): Promise<void> {
  if (unions.length === 0) return;
  const reports = await reportsOf(stores, unions, schoolYear);
  const reporting = [...new Set(reports.map(({ unitId }) => unitId))];
  const byUnit = (sums: readonly SumRow[]) => new Map(sums.map(({ unitId, tally }) => [unitId, tally]));
  const sums = async (unions: string[], units: string[]) =>
    byUnit(reporting.length > 0 ? await stores.dossiers.sums(unions, units, [schoolYear], UNFILTERED, MEASURES) : []);
  const [whole, own] = [await sums(reporting, []), await sums([], reporting)];
  const closed = byUnit(reporting.length > 0 ? await stores.dossiers.sumsOfClosedSchools(reporting, schoolYear, MEASURES) : []);
  const beside = (unitId: string): BesideSchools => {
    const mine = own.get(unitId) ?? {};
    return { own: mine, schools: difference(whole.get(unitId) ?? {}, mine), closed: closed.get(unitId) ?? {} };
  };
  const expected = await unionFindings(stores, reports, schoolYear, beside);
  const stored = (await stores.findings.ofUnits(unions, schoolYear)).filter(({ check }) => isOfSchools(check));
  const { gone, given } = findingChanges(stored, expected);
  await stores.findings.save(gone, given);
}

/** Reports of people that unions themselves sent of a school year. */
export async function reportsOf(stores: Stores, unions: readonly string[], schoolYear: string): Promise<StoredRecord[]> {
  const held = await stores.records.heldBy(unions, KINDS, schoolYear);
  return held.flatMap(({ subjectId, record }) => (record.unitId === subjectId ? [record] : []));
}

/** What is found in reports of unions, with its acknowledgements. */
export async function unionFindings(
  stores: Stores,
  reports: readonly StoredRecord[],
  schoolYear: string,
  beside: (unitId: string) => BesideSchools,
): Promise<Finding[]> {
  const found = reports.flatMap((record) => {
    const { own, ...schools } = beside(record.unitId);
    const union = { record: heldIn(record.unitId, record), isOccupational: own.occupationalUnions === 1, own, ...schools };
    return findingsOfUnion(record.unitId, schoolYear, union);
  });
  const unions = [...new Set(found.map(({ unitId }) => unitId))];
  if (unions.length === 0) return [];
  const given = grouped(
    await stores.records.heldBy(unions, FINDING_KINDS, schoolYear),
    ({ subjectId }) => subjectId,
    ({ record }) => record,
  );
  return unions.flatMap((id) =>
    acknowledged(
      found.filter(({ unitId }) => unitId === id),
      given.get(id) ?? [],
    ),
  );
}

/** The same out of dossiers that were worked out and not stored. */
export function besideIn(dossiers: readonly DossierRow[], unions: ReadonlySet<string>): (unitId: string) => BesideSchools {
  const found = new Map<string, Record<keyof BesideSchools, Record<string, number>>>();
  for (const { unitId, level, line, closedInYear, tally } of dossiers) {
    const union = level === "GRASSROOTS" ? unitId : line.GRASSROOTS;
    if (union === null || !unions.has(union)) continue;
    const of = found.get(union) ?? { own: {}, schools: {}, closed: {} };
    found.set(union, of);
    for (const side of level === "GRASSROOTS" ? [of.own] : [of.schools, ...(closedInYear ? [of.closed] : [])])
      for (const measure of MEASURES) if (tally[measure]) side[measure] = (side[measure] ?? 0) + tally[measure];
  }
  return (unitId) => found.get(unitId) ?? { own: {}, schools: {}, closed: {} };
}
