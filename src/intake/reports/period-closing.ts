import { vietnameseDay } from "../../domain/ground/day.js";
import { v7 as newId } from "uuid";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { periodClosing } from "../../domain/records/kinds/period-closing.js";
import { identityKey, recordedBy, type RecordIdentity, type RecordState, type StoredRecord } from "../../domain/records/record.js";
import { type ReportContent } from "../../domain/records/kinds/unit-report.js";
import { periodOf, type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { LEVEL_IN_VIETNAMESE, isFederation } from "../../domain/tree/unit.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems } from "../reason.js";
import { type Change, type Outcome } from "../../work/change.js";
import { References } from "../../work/references.js";
import { reportConflict } from "../conflict.js";
import { branchFingerprint, changedSince, decidedOnOthers, unreadable } from "./fingerprints.js";
import { permittedOne } from "../permission.js";
import { unknownYear } from "../records/reading.js";
import { type AskedReport, type ReportResult } from "./reports.js";
import type { UnitView } from "../../domain/tree/unit-view.js";

type ClosingResult = Omit<ReportResult, "unitId" | "missing">;

/** The closing of a period by a unit: as it stands, or withdrawn; `null` where the unit never closed it. */
export async function closingOf(stores: Stores, unitId: string, schoolYear: string, period: ReportingPeriod): Promise<StoredRecord | null> {
  const identity = identityOf(unitId, schoolYear, period);
  return (await stores.records.byIdentity([identity])).get(identityKey(identity)) ?? null;
}

function identityOf(unitId: string, schoolYear: string, key: ReportingPeriod): RecordIdentity {
  return { unitId, kind: periodClosing.key, schoolYear, key };
}

/**
 * Closes a period in a federation and all below it. Has the gate alone, so that no record is on its way. Units whose report
 * had been opened again after an earlier closing are locked by this one.
 */
export function closePeriod(stores: Stores, change: Change, asked: AskedReport): Promise<ClosingResult> {
  return changeClosing(stores, change, asked, "STANDING", async ({ unit, year, before }) => {
    const of = { unitId: unit.id, level: unit.level, schoolYear: year.label, period: asked.period };
    const [changed] = await changedSince(stores, change, asked.fingerprint, await branchFingerprint(stores, of), of);
    if (changed) return changed;
    const { cutOff } = periodOf(year, asked.period);
    if (change.today < cutOff)
      return problem("OUT_OF_RANGE", "period", {
        en: `The period runs until ${cutOff}; close it on that day or later.`,
        vi: `Kỳ báo cáo kéo dài đến ngày ${vietnameseDay(cutOff)}; hãy khóa sổ từ ngày đó trở đi.`,
      });
    const reopened = (await stores.reports.below(unit.id, unit.level, year.label)).filter(
      ({ key, content }) => (key === asked.period || asked.period === "WHOLE_YEAR") && (content as ReportContent).reopenedAfterClosing,
    );
    await stores.records.save(
      reopened.map((record) => ({
        record: nextVersion(record, change, { ...record.content, reopenedAfterClosing: null }, "The period was closed again."),
        isNew: false,
        subjects: [record.unitId],
      })),
    );
    const content = { period: asked.period, closedOn: change.today, closedBy: unit.name, fingerprint: asked.fingerprint };
    const first = { ...identityOf(unit.id, year.label, asked.period), recordId: newId(), version: 0 };
    return nextVersion({ ...first, ...before }, change, content, asked.reason);
  });
}

/** Opens a closed period again, with a reason. Reports that were accepted stay so. */
export function reopenPeriod(stores: Stores, change: Change, asked: AskedReport): Promise<ClosingResult> {
  return changeClosing(stores, change, asked, "WITHDRAWN", async ({ before }) => {
    if (asked.reason === null)
      return problem("REQUIRED", "reason", {
        en: "Say in 1 to 500 characters why the period is opened again.",
        vi: "Ghi lý do mở lại kỳ báo cáo (reason), từ 1 đến 500 ký tự.",
      });
    if (!before) throw new Error("a period that was never closed is to be opened");
    return { ...nextVersion(before, change, before.content, asked.reason), state: "WITHDRAWN" };
  });
}

interface Ground {
  unit: UnitView;
  year: SchoolYear;
  before: StoredRecord | null;
}

function changeClosing(
  stores: Stores,
  change: Change,
  asked: AskedReport,
  wanted: RecordState,
  work: (ground: Ground) => Promise<StoredRecord | Problem>,
): Promise<ClosingResult> {
  return permittedOne(change, "STEWARD", { report: null }, () => bringTo(stores, change, asked, wanted, work));
}

async function bringTo(
  stores: Stores,
  change: Change,
  { unit: reference, schoolYear, period, expectedVersion, reason, fingerprint }: AskedReport,
  wanted: RecordState,
  work: (ground: Ground) => Promise<StoredRecord | Problem>,
): Promise<ClosingResult> {
  await stores.gate.alone();
  const years = await stores.schoolYears.all();
  const references = await References.find(stores, change, [reference]);
  const unitId = references.id(reference);
  const unit = unitId ? (await stores.unitReader.views([unitId], change.today)).get(unitId) : undefined;
  const year = years.find(({ label }) => label === schoolYear);
  const faults: Problem[] = [];
  if (!unit) faults.push(await references.notFound(reference, "unit"));
  else if (!closes(unit))
    faults.push(
      problem("WRONG_LEVEL", "unit", {
        en: `${unit.code} is of level ${unit.level}; a province closes periods, or a federation without a parent.`,
        vi: `${unit.code} là ${LEVEL_IN_VIETNAMESE[unit.level]}; kỳ báo cáo do liên đoàn cấp tỉnh, hoặc liên đoàn không có cấp trên, khóa sổ.`,
      }),
    );
  if (!year) faults.push(unknownYear(schoolYear, years));
  faults.push(...reasonProblems(reason), ...unreadable(fingerprint, wanted === "STANDING"));
  const before = unit && year ? await closingOf(stores, unit.id, year.label, period) : null;
  const about = unitId ? [unitId] : [];
  const answer = (outcome: Outcome, report: StoredRecord | null, problems: Problem[]) => ({ outcome, about, report, problems });
  if (!unit || !year || faults.length > 0) return answer("REJECTED", before, faults);
  if ((before?.state ?? "WITHDRAWN") === wanted) {
    const others = wanted === "STANDING" ? decidedOnOthers(fingerprint, before?.content.fingerprint) : [];
    return answer(others.length > 0 ? "REJECTED" : "UNCHANGED", before, others);
  }
  const conflict = reportConflict(before, expectedVersion, reason, { en: "The closing", vi: "việc khóa sổ" });
  if (conflict.length > 0) return answer("REJECTED", before, conflict);
  const result = await work({ unit, year, before });
  if (!("recordId" in result)) return answer("REJECTED", before, [result]);
  await stores.records.save([{ record: result, isNew: before === null, subjects: [unit.id] }]);
  return answer("STORED", result, []);
}

function closes({ level, parentId }: UnitView): boolean {
  if (!isFederation(level)) return false;
  return level !== "DISTRICT" || parentId === null;
}

type Versioned = RecordIdentity & Pick<StoredRecord, "recordId" | "version">;

function nextVersion(record: Versioned, change: Change, content: StoredRecord["content"], reason: string | null): StoredRecord {
  const { unitId, kind, schoolYear, key, recordId, version } = record;
  return {
    ...{ unitId, kind, schoolYear, key, recordId, content, reason },
    version: version + 1,
    state: "STANDING",
    provenance: change.provenance,
    recordedAt: change.now,
    ...recordedBy(change.caller),
  };
}
