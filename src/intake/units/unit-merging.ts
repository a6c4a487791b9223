import { LEVEL_IN_VIETNAMESE } from "../../domain/tree/unit.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { recordedBy, type StoredRecord } from "../../domain/records/record.js";
import { standingOf } from "../../domain/reporting/report-standing.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { cleanText, identityFold } from "../../domain/ground/vietnamese.js";
import { adds, repost } from "../../ledger/posting.js";
import { examineFigures, figuresOf } from "../../ledger/published-figures.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems, unitChange } from "../reason.js";
import { type Change } from "../../work/change.js";
import { idIn, References } from "../../work/references.js";
import { Refused } from "../../work/unit-of-work.js";
import { versionConflict } from "../conflict.js";
import { knownLateHint, Names } from "../hints.js";
import { restingOn } from "./lineage.js";
import { type LockedYear } from "../locks/locked.js";
import { judgeMerged, mergedRecords, type MergedRecords } from "./merged-records.js";
import { type Twins } from "./merged-words.js";
import { mergedInUse } from "./merged-in-use.js";
import { watchingNames } from "./namesakes.js";
import { topOfBranch } from "./one-unit.js";
import { permittedOne } from "../permission.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { Refusing } from "../locks/refusing.js";
import { type UnitResult, unitResult } from "./register.js";
import { verdictOn } from "../locks/verdict.js";
import { type Words } from "../../domain/ground/words.js";

/** A unit that was registered twice. */
export interface UnitMerging {
  /** Id or code of the duplicate. */
  unit: string;
  /** Id or code of the unit that it is. */
  into: string;
  expectedVersion: number | null;
  changeReason: string | null;
}

/**
 * Joins a duplicate to the right unit: its records go over, each judged as a row of a batch, and in those of others the right unit takes its place. What
 * it was in the tree goes, as in a change to a unit without placements, and is judged by what that does; its code leads to the right unit from then on.
 * Where both have the same record in force nothing is done.
 */
export function mergeDuplicateUnit(stores: Stores, change: Change, merging: UnitMerging): Promise<UnitResult> {
  return permittedOne(change, "STEWARD", { unitId: null }, () => merge(stores, change, merging));
}

async function merge(stores: Stores, change: Change, merging: UnitMerging): Promise<UnitResult> {
  await stores.gate.alone();
  const references = await References.find(stores, change, [merging.unit, merging.into]);
  const [unitId, intoId] = [references.id(merging.unit), references.id(merging.into)];
  const histories = await stores.units.histories([unitId, intoId].flatMap((id) => id ?? []));
  const [duplicate, right] = [unitId, intoId].map((id) => histories.get(id ?? ""));
  if (duplicate && unitId === change.caller.unitId) return unitResult("REJECTED", unitId, [topOfBranch(duplicate)]);
  if (!duplicate || !right) {
    const unknown = (["unit", "into"] as const).filter((field) => references.id(merging[field]) === null);
    return unitResult("REJECTED", null, await Promise.all(unknown.map((field) => references.notFound(merging[field], field))));
  }
  if (unitId === intoId) return onlyOne(stores, right, merging.unit);
  const twins = { duplicate, right };
  const years = await stores.schoolYears.all();
  const problems = [
    ...(await standsAgainst(stores, change, duplicate, years)),
    ...reasonProblems(merging.changeReason, "changeReason"),
    ...levelProblems(twins),
    ...[versionConflict(merging.expectedVersion, duplicate.unit.version, { en: duplicate.unit.code, vi: duplicate.unit.code })].flatMap(
      (conflict) => (conflict ? [{ ...conflict, differing: ["into"] }] : []),
    ),
  ];
  const records = await mergedRecords(stores, change, twins, merging.changeReason);
  if (!problems.some(({ code }) => code === "FORBIDDEN" || code === "PERIOD_LOCKED"))
    problems.push(...(await accepted(stores, change, records.reports, years)));
  problems.push(...(await mergedInUse(stores, change, twins, records.staying)));
  if (problems.length === 0) problems.push(...records.problems);
  return problems.length > 0
    ? unitResult("REJECTED", duplicate.unit.id, problems, [duplicate.unit.id, right.unit.id])
    : join(stores, change, twins, { records, years, reason: merging.changeReason });
}

/** Stores it all, and undoes it where it touched what it may not. */
async function join(
  stores: Stores,
  change: Change,
  twins: Twins,
  { records, years, reason }: { records: MergedRecords; years: readonly SchoolYear[]; reason: string | null },
): Promise<UnitResult> {
  const { duplicate, right } = twins;
  const [from, to] = [duplicate.unit.id, right.unit.id];
  const refused = (problems: Problem[]) => unitResult("REJECTED", from, problems, [from, to]);
  const { problems, judgements, locks } = await judgeMerged(stores, change, twins, records.steps, years);
  if (problems.length > 0) return refused(problems);
  const labels = years.map(({ label }) => label);
  const ended = await restingOn(stores, [from, to]);
  await stores.units.replace({ ...duplicate, placements: [] }, unitChange(change, "MERGED", reason));
  await unfollow(stores, twins);
  await saveAll(
    stores,
    records.steps.map(({ record }) => record),
  );
  const late = judgements.flatMap(({ step, judgement }) => judgement.late.map((place) => ({ factId: step.record.recordId, ...place })));
  const marked = records.steps.flatMap(({ record: { recordId } }) => (locks.marksOf(recordId).length > 0 ? [recordId] : []));
  await stores.knownLate.replace(marked, late);
  const subjects = records.steps.flatMap(({ before, record }) => [...subjectsOf(before), ...subjectsOf(record)]);
  const touched = await repost(stores, [from, to, ...subjects, ...ended, ...watchingNames([duplicate])], years, true, years);
  await examineFigures(stores, [{ unitId: to, level: right.unit.level }], labels, await figuresOf(stores, [to], labels));
  const against = await verdictOn(stores, change, "unit", touched, years);
  if (against.length > 0) throw new Refused(refused(against));
  await saveAll(stores, withdrawn(change, records.reports, reason));
  await stores.mergedUnits.join(duplicate, to);
  const names = await Names.of(stores, change, late);
  const about = [...new Set([to, ...names.toldOf(late)])];
  return { ...unitResult("STORED", to, [], about), hints: [...wentOver(twins, records), ...knownLateHint(names.listed(late))] };
}

/** What names one unit twice: a duplicate that was joined to it before, or nothing that could be joined. */
async function onlyOne(stores: Stores, { unit: { id, code } }: UnitHistory, reference: string): Promise<UnitResult> {
  const known = (await stores.mergedUnits.of([id])).get(id) ?? [];
  const asked = idIn(reference) ?? identityFold(reference);
  if (known.some((merged) => [merged.unitId, identityFold(merged.code)].includes(asked))) return unitResult("UNCHANGED", id);
  return unitResult("REJECTED", id, [
    problem("RULE", "into", {
      en: `${code} is joined to another unit, not to itself; name the one that it is.`,
      vi: `${code} được ghép vào đơn vị khác, không vào chính mình; hãy ghi đơn vị đúng.`,
    }),
  ]);
}

/** Whose past it would change, and what is locked of the duplicate, while it still stands where it is: then the sentences can name it. */
async function standsAgainst(stores: Stores, change: Change, { unit }: UnitHistory, years: readonly SchoolYear[]): Promise<Problem[]> {
  const labels = years.map(({ label }) => label);
  const places = (await stores.ledger.dossiers([unit.id], labels)).filter(adds);
  const touched = places.map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] }));
  return verdictOn(stores, change, "unit", touched, years);
}

/** What was accepted of the duplicate is not withdrawn, also the first half of a year, which locks its records and not its figures. */
async function accepted(
  stores: Stores,
  change: Change,
  reports: readonly StoredRecord[],
  years: readonly SchoolYear[],
): Promise<Problem[]> {
  const locked = reports.flatMap((report): LockedYear[] => {
    const { unitId, schoolYear, key } = report;
    const year = years.find(({ label }) => label === schoolYear);
    if (!year) return [];
    const standing = standingOf({ unitId, hasSuperior: true, counted: true }, year, key as ReportingPeriod, [report]);
    return standing.state === "ACCEPTED" ? [{ unitId, schoolYear: year.label, standing, closed: false }] : [];
  });
  return locked.length === 0 ? [] : (await Refusing.of(stores, change, [], locked)).locked("unit", locked);
}

function levelProblems({ duplicate: { unit }, right }: Twins): Problem[] {
  if (unit.level === right.unit.level) return [];
  const sentence = {
    en: `${unit.code} is of level ${unit.level}, ${right.unit.code} of level ${right.unit.level}; a unit that was registered twice has one level.`,
    vi: `${unit.code} là ${LEVEL_IN_VIETNAMESE[unit.level]}, ${right.unit.code} là ${LEVEL_IN_VIETNAMESE[right.unit.level]}; đơn vị ghi trùng phải cùng cấp.`,
  };
  return [problem("WRONG_LEVEL", "into", sentence)];
}

/** Neither follows the other: they are one. That others follow the duplicate, or it them, stood in the way. */
async function unfollow({ lineage }: Stores, { duplicate, right }: Twins): Promise<void> {
  const ids = [duplicate.unit.id, right.unit.id];
  const all = await lineage.outOf(ids);
  for (const id of ids) {
    const own = all.filter(({ predecessorId }) => predecessorId === id);
    const kept = own.filter(({ successorId }) => !ids.includes(successorId));
    if (kept.length < own.length) await lineage.replace(id, kept);
  }
}

async function saveAll({ records }: Stores, versions: readonly StoredRecord[]): Promise<void> {
  await records.save(versions.map((record) => ({ record, isNew: false, subjects: subjectsOf(record) })));
}

/** What was submitted spoke of the records of the duplicate alone. */
function withdrawn(change: Change, reports: readonly StoredRecord[], reason: string | null): StoredRecord[] {
  return reports.map((record) => ({
    ...{ ...record, version: record.version + 1, state: "WITHDRAWN", recordedAt: change.now },
    ...{ ...recordedBy(change.caller), reason: reason && cleanText(reason) },
  }));
}

function wentOver({ duplicate, right }: Twins, { steps, reports }: MergedRecords): Words[] {
  const [code, into] = [duplicate.unit.code, right.unit.code];
  const records = steps.filter(({ before, record }) => before.unitId === duplicate.unit.id && record.unitId === right.unit.id).length;
  const others = steps.filter(({ before }) => before.unitId !== duplicate.unit.id).length;
  const hint = {
    en: `${records} records of ${code} are those of ${into} now; in ${others} of others it has taken its place. The code ${code} leads to ${into}.`,
    vi: `${records} hồ sơ của ${code} nay là của ${into}; ${others} hồ sơ của đơn vị khác đã thay ${code} bằng ${into}. Mã ${code} dẫn đến ${into}.`,
  };
  if (reports.length === 0) return [hint];
  const labels = [...new Set(reports.map(({ schoolYear }) => schoolYear))].sort().join(", ");
  const open = {
    en: `The reports of ${code} for ${labels} are withdrawn, as they spoke of its records alone: submit those of ${into}.`,
    vi: `Báo cáo của ${code} các năm học ${labels} được rút vì chỉ nói về hồ sơ của ${code}: hãy nộp báo cáo của ${into}.`,
  };
  return [hint, open];
}
