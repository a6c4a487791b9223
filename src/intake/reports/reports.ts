import { v7 as newId } from "uuid";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { identityKey, recordedBy, type RecordIdentity, type StoredRecord } from "../../domain/records/record.js";
import { KnownLate } from "../../domain/counting/known-late.js";
import { NO_REPORTING_RULES, reportingRules, type ReportingRules } from "../../domain/records/kinds/settings-in-force.js";
import { contentAfter, type ReportContent, unitReport } from "../../domain/records/kinds/unit-report.js";
import { decide, type ReportAction } from "../../domain/reporting/report.js";
import { missingIn } from "../../domain/counting/report-evidence.js";
import { periodCounted } from "../../domain/figures/directed.js";
import * as words from "../../domain/reporting/report-words.js";
import { actorAt, reportAmong, standingOf } from "../../domain/reporting/report-standing.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Obligation } from "../../domain/counting/obligation.js";
import { dossierKey } from "../../ledger/posting.js";
import { settingsOver } from "../../ledger/settings-over.js";
import { mapInStretches } from "../../stretches.js";
import type { PrintRow } from "../../storage/stores/fingerprint.reader.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems } from "../reason.js";
import { type Change, type Result } from "../../work/change.js";
import { References } from "../../work/references.js";
import { reportConflict } from "../conflict.js";
import { changedSince, decidedOnOthers, reportFingerprint, unreadable } from "./fingerprints.js";
import { permitted } from "../permission.js";
import { unknownYear } from "../records/reading.js";
import { repostFor } from "../records/reposting.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import type { DossierRow } from "../../domain/counting/stored-dossier.js";

/** A report as a caller names it. `unit` is an id or a code; an empty reason is none. */
export interface AskedReport {
  unit: string;
  schoolYear: string;
  period: ReportingPeriod;
  expectedVersion: number | null;
  reason: string | null;
  /** Of the figures that the caller has read. */
  fingerprint: string | null;
}

/** What became of an action on a report. `missing`: obligations that it owes and of which nothing has been reported; only a warning. */
export interface ReportResult extends Result {
  unitId: string | null;
  report: StoredRecord | null;
  missing: readonly Obligation[];
}

const NOTHING = { unitId: null, report: null, missing: [] };

/** By unit and school year. */
type Dossiers = ReadonlyMap<string, DossierRow>;

/** What all rows of a request look at. */
interface Ground {
  years: readonly SchoolYear[];
  references: References;
  views: ReadonlyMap<string, UnitView>;
  dossiers: Dossiers;
  prints: ReadonlyMap<string, PrintRow>;
  held: ReadonlyMap<string, readonly StoredRecord[]>;
  late: KnownLate;
  rules: ReadonlyMap<string, ReportingRules>;
}

/** Actions that say why. */
const WITH_REASON: readonly ReportAction[] = ["RETURN", "REOPEN"];

/**
 * Submits, accepts, returns or opens again the reports of units, row by row. Takes the gate and the units' rows as whoever
 * records does: a record is stored before its report is accepted, and seen, or refused after.
 */
export function actOnReports(stores: Stores, change: Change, action: ReportAction, asked: readonly AskedReport[]): Promise<ReportResult[]> {
  return permitted(
    change,
    asked,
    () => unitReport.deed,
    NOTHING,
    (allowed) => actOnAll(stores, change, action, allowed),
  );
}

async function actOnAll(stores: Stores, change: Change, action: ReportAction, asked: readonly AskedReport[]): Promise<ReportResult[]> {
  await stores.gate.share();
  const ground = await lookAround(stores, change, asked);
  const stored = new Map<string, { record: StoredRecord; isNew: boolean; subjects: string[] }>();
  const results = await mapInStretches(asked, actOnOne, stores.pause);
  const records = [...stored.values()].map(({ record }) => record);
  await stores.records.save([...stored.values()]);
  await repostFor(stores, records, ground.years);
  return withEvidence(stores, results, ground.years);

  function lineOf(unitId: string): string[] {
    const view = ground.views.get(unitId);
    return view ? [view.id, ...view.ancestorIds] : [];
  }

  async function actOnOne({
    unit: reference,
    schoolYear,
    period,
    expectedVersion,
    reason,
    fingerprint,
  }: AskedReport): Promise<ReportResult> {
    const unitId = ground.references.id(reference);
    const view = unitId ? ground.views.get(unitId) : undefined;
    const year = ground.years.find(({ label }) => label === schoolYear);
    const faults: Problem[] = [];
    if (!unitId || !view) faults.push(await ground.references.notFound(reference, "unit"));
    if (!year) faults.push(unknownYear(schoolYear, ground.years));
    if (WITH_REASON.includes(action) && reason === null) faults.push(problem("REQUIRED", "reason", words.sayWhy));
    faults.push(...reasonProblems(reason), ...unreadable(fingerprint, action === "ACCEPT"));
    const about = unitId ? [unitId] : [];
    const refused = (problems: Problem[], report: StoredRecord | null = null): ReportResult => ({
      ...{ outcome: "REJECTED", about, unitId, report, missing: [], problems },
    });
    if (!unitId || !view || !year) return refused(faults);
    const held = ground.held.get(unitId) ?? [];
    const before = reportAmong(held, unitId, year.label, period);
    const identity: RecordIdentity = { unitId, kind: unitReport.key, schoolYear: year.label, key: period };
    if (stored.has(identityKey(identity))) return refused([problem("REPEATED", "unit", words.reportedTwice)], before);
    // A unit that became known when the year was closed may be let in: its report is opened again, then it is registered again.
    const isLate = ground.late.has({ factId: unitId, unitId, schoolYear: year.label });
    const counted = isLate || (ground.dossiers.get(dossierKey({ unitId, schoolYear: year.label }))?.counted ?? false);
    const standing = standingOf({ unitId, hasSuperior: view.parentId !== null, counted }, year, period, held);
    const decision = decide(
      action,
      standing,
      actorAt(change.caller, ground.views.get(change.caller.unitId ?? "")?.level ?? null, change.today, unitId, standing, lineOf),
      ground.rules.get(dossierKey({ unitId, schoolYear: year.label })) ?? NO_REPORTING_RULES,
    );
    const conflict = reportConflict(before, expectedVersion, reason, { en: "The report", vi: "báo cáo" });
    if (faults.length > 0 || decision.outcome === "REJECTED")
      return refused([...faults, ...("words" in decision ? [problem(decision.code, null, decision.words)] : []), ...conflict], before);
    if (decision.outcome === "UNCHANGED" && action === "RETURN" && reason !== before?.reason)
      return refused([problem(decision.code, null, decision.words), ...conflict], before);
    const decided = action === "ACCEPT" ? decidedOnOthers(fingerprint, (before?.content as ReportContent | undefined)?.fingerprint) : [];
    if (decision.outcome === "UNCHANGED" && decided.length > 0) return refused(decided, before);
    if (decision.outcome === "UNCHANGED") return { outcome: "UNCHANGED", about, unitId, report: before, missing: [], problems: [] };
    const print = ground.prints.get(dossierKey({ unitId, schoolYear: year.label }));
    const of = { unitId, level: null, schoolYear: year.label, period };
    conflict.push(...(await changedSince(stores, change, fingerprint, print ? reportFingerprint(print, period) : null, of)));
    if (conflict.length > 0) return refused(conflict, before);
    const record: StoredRecord = {
      ...identity,
      recordId: before?.recordId ?? newId(),
      version: (before?.version ?? 0) + 1,
      state: "STANDING",
      content: contentAfter(decision.state, standing, (before?.content ?? null) as ReportContent | null, {
        today: change.today,
        caller: change.caller,
        unit: ground.views.get(change.caller.unitId ?? "")?.name ?? null,
        fingerprint,
      }),
      provenance: change.provenance,
      recordedAt: change.now,
      ...recordedBy(change.caller),
      reason,
    };
    stored.set(identityKey(identity), { record, isNew: before === null, subjects: [unitId] });
    return { outcome: "STORED", about, unitId, report: record, missing: [], problems: [] };
  }
}

async function lookAround(stores: Stores, change: Change, asked: readonly AskedReport[]): Promise<Ground> {
  const years = await stores.schoolYears.all();
  const references = await References.find(
    stores,
    change,
    asked.map(({ unit }) => unit),
  );
  const ids = [...new Set(asked.flatMap(({ unit }) => references.id(unit) ?? []))];
  const labels = years.map(({ label }) => label).filter((label) => asked.some(({ schoolYear }) => schoolYear === label));
  await stores.units.lock(ids);
  const held = new Map<string, StoredRecord[]>();
  for (const { subjectId, record } of await stores.reports.over(ids, labels)) held.set(subjectId, [...(held.get(subjectId) ?? []), record]);
  const closers = [...held.values()].flatMap((records) => records.map(({ unitId }) => unitId));
  const top = change.caller.unitId === null ? [] : [change.caller.unitId];
  const views = await stores.unitReader.views([...new Set([...ids, ...closers, ...top])], change.today);
  const late = new KnownLate(await stores.knownLate.ofFacts(ids));
  const prints = new Map((await stores.fingerprints.ofUnits(ids, labels)).map((row) => [dossierKey(row), row]));
  const places = ids.flatMap((unitId) => labels.map((schoolYear) => ({ unitId, schoolYear })));
  const over = await settingsOver(stores, places);
  const rules = new Map(
    places.map((place, index) => [
      dossierKey(place),
      reportingRules(over[index]!.settings, over[index]!.line, place.schoolYear, periodCounted),
    ]),
  );
  return { years, references, views, held, late, prints, rules, dossiers: await dossiersOf(stores, ids, labels) };
}

async function dossiersOf(stores: Stores, unitIds: readonly string[], schoolYears: readonly string[]): Promise<Dossiers> {
  return new Map((await stores.ledger.dossiers(unitIds, schoolYears)).map((row) => [dossierKey(row), row]));
}

/** What each stored report lacks, by the dossiers as they are now. */
async function withEvidence(stores: Stores, results: readonly ReportResult[], years: readonly SchoolYear[]): Promise<ReportResult[]> {
  const reports = results.flatMap(({ outcome, report }) => (outcome === "STORED" && report ? [report] : []));
  const labels = [...new Set(reports.map(({ schoolYear }) => schoolYear ?? ""))];
  const dossiers = await dossiersOf(
    stores,
    reports.map(({ unitId }) => unitId),
    labels,
  );
  return results.map((result) => {
    const { outcome, report } = result;
    const dossier = report ? dossiers.get(dossierKey({ unitId: report.unitId, schoolYear: report.schoolYear ?? "" })) : undefined;
    const year = years.find(({ label }) => label === report?.schoolYear);
    if (outcome !== "STORED" || !report || !dossier || !year) return result;
    return { ...result, missing: missingIn((report.content as ReportContent).period, year, dossier) };
  });
}
