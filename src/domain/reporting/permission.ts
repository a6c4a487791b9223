import { type Caller, roleAllows } from "../ground/caller.js";
import { type Day } from "../ground/day.js";
import { submissionOf } from "../records/kinds/unit-report.js";
import { type SchoolYear } from "../tree/school-year.js";
import { lockOf, type Refusal } from "./report.js";
import { readsOnly } from "./report-words.js";
import { periodOf, type ReportingPeriod } from "./reporting-period.js";
import { type Standing } from "./standing.js";

/** The last day on which a report is in time. `due`: the days that a unit's dossier keeps, of a unit that counts; else the period's. */
export function dueOn(year: SchoolYear, period: ReportingPeriod, due: Readonly<Record<string, Day>> | null): Day {
  return due?.[submissionOf[period].key] ?? periodOf(year, period).dueOn;
}

/** Whether a report that is owed was submitted after its due day, or is missing and the day has passed. */
export function isLate({ hasSuperior, counted, submittedOn }: Standing, due: Day, today: Day): boolean {
  return hasSuperior && counted && (submittedOn ?? today) > due;
}

/**
 * Why a caller may not record, correct or withdraw a unit's records of a period now; `null` where it may. `standings`: the unit's reports in which
 * these records stand; those of the first half stand in the year's report, too.
 */
export function recordingRefused(caller: Caller, standings: readonly Standing[]): Refusal | null {
  if (!roleAllows(caller, "RECORD")) return { code: "FORBIDDEN", words: readsOnly };
  return standings.flatMap((standing) => lockOf(standing) ?? [])[0] ?? null;
}

/** The reports in which records of a period stand. */
export function reportsHolding(period: ReportingPeriod): ReportingPeriod[] {
  return period === "WHOLE_YEAR" ? [period] : [period, "WHOLE_YEAR"];
}
