import { type Day } from "../ground/day.js";
import { type Dossier } from "./dossier.js";
import { dueFor } from "./due.js";
import { recordKinds } from "../records/catalogue.js";
import { owesReport, yearReportSubmitted } from "../records/kinds/unit-report.js";
import { periodOf, type ReportingPeriod } from "../reporting/reporting-period.js";
import { type SchoolYear } from "../tree/school-year.js";
import { judged, obligation, type Obligation } from "./obligation.js";
import { type Tally, type TallyWriter } from "./tally.js";

/**
 * Is a unit's year complete by the evidence: has every obligation that its dossier owes a record? A unit may declare its
 * report complete without (submitReport) or be complete without having declared it: the two are told apart.
 */
export const yearReportEvidenced = obligation("yearReportEvidence", { judgedWith: yearReportSubmitted });

/** What a report is about: the obligations of all kinds of records that belong to one. */
export const evidence: readonly Obligation[] = recordKinds.flatMap((kind) => (kind.isEvidence ? kind.obligations : []));

/** The obligations of a dossier of which nothing has been reported. */
export function missingEvidence(tally: Tally): Obligation[] {
  return evidence.filter(({ measures }) => (tally[measures.NO_REPORT.key] ?? 0) > 0);
}

/** What is missing in the report of a period: in that of the first half only what was due by its cut-off. */
export function missingIn(
  period: ReportingPeriod,
  year: SchoolYear,
  { tally, due }: { tally: Tally; due: Readonly<Record<string, Day>> },
): Obligation[] {
  const { cutOff } = periodOf(year, period);
  return missingEvidence(tally).filter(({ key }) => period === "WHOLE_YEAR" || (due[key] ?? year.endsOn) <= cutOff);
}

/** Judges the evidence; runs when all other obligations of the dossier have their status. */
export function tallyEvidence(dossier: Dossier, tally: Tally, write: TallyWriter): void {
  const owed = owesReport(dossier, "WHOLE_YEAR");
  const done = owed && missingEvidence(tally).length === 0;
  write.status(yearReportEvidenced, judged({ done, owed, denied: false }), dueFor(dossier, yearReportSubmitted));
}
