import { type Caller } from "../../ground/caller.js";
import { type Day } from "../../ground/day.js";
import { type Dossier, recordsOf } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { periodOf, REPORTING_PERIODS, type ReportingPeriod } from "../../reporting/reporting-period.js";
import { type SchoolYear } from "../../tree/school-year.js";
import { type DatedObligation, judged, obligation, statusMeasures } from "../../counting/obligation.js";
import { choice, type Content, day, flag, required, text } from "../field.js";
import { recordKind } from "../kind.js";
import { REPORT_STATES, type ReportState, type Standing } from "../../reporting/standing.js";

/** Where no directive sets one, the deadline of a period's reports is the hub's own: no law sets it. */
const deadlineOf = (period: ReportingPeriod) => ({
  unlessDirected: { day: (year: SchoolYear) => periodOf(year, period).dueOn, law: null },
});

/** Has the unit declared its report of the whole year complete: submitted, and not returned? */
export const yearReportSubmitted = obligation("yearReport", { deadline: deadlineOf("WHOLE_YEAR") });
/** The same, by the day until which it was due. */
export const yearReportOnTime = obligation("yearReportOnTime", { judgedWith: yearReportSubmitted });
/** Has the union above accepted it? */
export const yearReportAccepted = obligation("yearReportAcceptance", { judgedWith: yearReportSubmitted });
/** Has the unit declared its report of the first half complete? */
export const halfYearReportSubmitted = obligation("halfYearReport", { deadline: deadlineOf("FIRST_HALF") });
/** The duty to submit the report of each period. */
export const submissionOf: Readonly<Record<ReportingPeriod, DatedObligation>> = {
  FIRST_HALF: halfYearReportSubmitted,
  WHOLE_YEAR: yearReportSubmitted,
};

const fields = {
  period: required(
    choice({ en: "period", vi: "kỳ báo cáo" }, "ReportingPeriod", REPORTING_PERIODS, "The period that it speaks of (kỳ báo cáo)."),
  ),
  reportState: required(choice({ en: "state", vi: "trạng thái" }, "ReportState", REPORT_STATES, "Where it stands (trạng thái).")),
  submittedOn: day(
    { en: "submitted on", vi: "ngày nộp" },
    "The day of the submission that counts (ngày nộp): the first one; after a return, the next. A report opened again keeps its day.",
  ),
  submittedBy: text({ en: "submitted by", vi: "người nộp" }, "Name of the token that submitted it then (người nộp).", 200),
  submittedByToken: text(
    { en: "token that submitted", vi: "mã của token nộp" },
    "Id of that token; unknown where 0.4.0 or before stored it (mã của token nộp).",
    200,
  ),
  submittedByUnit: text(
    { en: "unit that submitted", vi: "đơn vị nộp" },
    "The unit whose branch that token is for, by its name on that day (đơn vị nộp).",
    300,
  ),
  confirmedOn: day(
    { en: "confirmed on", vi: "ngày chốt số liệu chính thức" },
    "The day on which an estimate was submitted again, after the cut-off, with what is final (ngày chốt số liệu chính thức).",
  ),
  acceptedOn: day({ en: "accepted on", vi: "ngày duyệt" }, "The day of its acceptance, if it is accepted (ngày duyệt)."),
  acceptedBy: text(
    { en: "accepted by", vi: "đơn vị duyệt" },
    "The unit whose token accepted it, by its name on that day (đơn vị duyệt).",
    300,
  ),
  fingerprint: text(
    { en: "fingerprint", vi: "dấu vân số liệu" },
    "Fingerprint of the figures that were accepted, while it is accepted; unknown where 0.4.0 or before stored it (dấu vân số liệu).",
    31,
  ),
  reopenedAfterClosing: flag(
    { en: "reopened after closing", vi: "mở lại sau khóa sổ" },
    "Whether the unit may work on it although the period is closed above it (mở lại sau khóa sổ); ends with its acceptance or the next closing.",
  ),
} as const;

/** What a version of a unit's report says. */
export type ReportContent = Content<typeof fields>;

/** Report of a unit: see the description, which the API prints. */
export const unitReport = recordKind({
  key: "unitReport",
  typeName: "UnitReport",
  name: { en: "report of a unit", vi: "báo cáo kỳ của đơn vị" },
  mutations: { record: "submitReport", withdraw: "reopenReport" },
  ownMutations: true,
  description:
    "Report of a unit for a period (báo cáo kỳ của đơn vị): the unit declares that its records of the period are complete; the union above accepts them, which locks them, or returns the report with a reason. Its versions are the trace of who did what and when. Written by submitReport, acceptReport, returnReport and reopenReport alone. Source: forms 1-HĐCĐ and 2-HĐCĐ of the general confederation.",
  levels: ["SCHOOL", "GRASSROOTS", "DISTRICT", "PROVINCE"],
  deed: "RECORD",
  schoolYear: "ALWAYS",
  belongsToReport: false,
  fields,
  keyOf: ({ period }) => period ?? "",
  rules: () => [],
  measures: [yearReportSubmitted, yearReportOnTime, yearReportAccepted, halfYearReportSubmitted].flatMap(statusMeasures),
  obligations: [yearReportSubmitted, yearReportOnTime, yearReportAccepted, halfYearReportSubmitted],
  tally(dossier, write) {
    const report = reportOf(dossier, "WHOLE_YEAR");
    const due = dueFor(dossier, yearReportSubmitted);
    const owed = owesReport(dossier, "WHOLE_YEAR");
    const declared = isDeclared(report);
    const denied = report?.reportState === "RETURNED";
    const inTime = declared && report !== null && report.submittedOn !== null && report.submittedOn <= due;
    write.status(yearReportSubmitted, judged({ done: declared, owed, denied }), due);
    write.status(yearReportOnTime, judged({ done: inTime, owed: owed || declared, denied: denied || declared }), due);
    write.status(yearReportAccepted, judged({ done: report?.reportState === "ACCEPTED", owed: owed || declared, denied }), due);
    const half = reportOf(dossier, "FIRST_HALF");
    const halfOwed = owesReport(dossier, "FIRST_HALF");
    write.status(
      halfYearReportSubmitted,
      judged({ done: isDeclared(half), owed: halfOwed, denied: half?.reportState === "RETURNED" }),
      dueFor(dossier, halfYearReportSubmitted),
    );
  },
});

/** Who acts on a report: the day, the caller, the name of the unit at the top of its branch (null for an administrator), and what it has read. */
export interface Hand {
  today: Day;
  caller: Caller;
  unit: string | null;
  /** Of the figures on which it is acted. */
  fingerprint: string | null;
}

/** What a report says after it came to a state. The submission that counts is the first one; a return takes it back. */
export function contentAfter(state: ReportState, standing: Standing, before: ReportContent | null, by: Hand): ReportContent {
  const { submittedOn = null, submittedBy = null, submittedByToken = null, submittedByUnit = null } = before ?? {};
  const content = {
    period: standing.period,
    reportState: state,
    submittedOn,
    submittedBy,
    submittedByToken,
    submittedByUnit,
    confirmedOn: before?.confirmedOn ?? null,
    acceptedOn: null,
    acceptedBy: null,
    fingerprint: null,
    reopenedAfterClosing: before?.reopenedAfterClosing ?? null,
  };
  switch (state) {
    case "SUBMITTED":
      if (submittedOn === null) return { ...content, ...submission(by) };
      return submittedOn < standing.cutOff && standing.cutOff <= by.today ? { ...content, confirmedOn: by.today } : content;
    case "ACCEPTED":
      return {
        ...content,
        acceptedOn: by.today,
        acceptedBy: by.unit ?? by.caller.name,
        fingerprint: by.fingerprint,
        reopenedAfterClosing: null,
      };
    case "RETURNED":
      return { ...content, submittedOn: null, submittedBy: null, submittedByToken: null, submittedByUnit: null, confirmedOn: null };
    case "DRAFT":
      return standing.closedAbove.length > 0 || standing.closedItself ? { ...content, reopenedAfterClosing: true } : content;
  }
}

function submission({ today, caller, unit }: Hand) {
  return { submittedOn: today, submittedBy: caller.name, submittedByToken: caller.tokenId, submittedByUnit: unit };
}

/**
 * Whether a unit owes the report of a period: everyone that has somebody above it and is no confederation; for the first
 * half only if it was open by the cut-off.
 */
export function owesReport({ level, parentLevel, openSince, schoolYear }: Dossier, period: ReportingPeriod): boolean {
  return level !== "CONFEDERATION" && parentLevel !== null && openSince <= periodOf(schoolYear, period).cutOff;
}

function reportOf(dossier: Dossier, period: ReportingPeriod): ReportContent | null {
  return recordsOf(dossier, unitReport).find(({ content }) => content.period === period)?.content ?? null;
}

function isDeclared(report: ReportContent | null): boolean {
  return report?.reportState === "SUBMITTED" || report?.reportState === "ACCEPTED";
}
