import { addDays, type Day } from "../ground/day.js";
import { countsEventOf, type SchoolYear } from "../tree/school-year.js";
import { type Words } from "../ground/words.js";

/**
 * The periods of a school year for which units report. Both begin on the day after the reference date of the year before,
 * so that every day belongs to one school year; the whole year holds the first half.
 * Source: cut-offs 31 May and 30 November, printed on forms 1-HĐCĐ and 2-HĐCĐ of the general confederation.
 */
export const REPORTING_PERIODS = {
  FIRST_HALF: "First half of the reporting year, up to 30 November (báo cáo giữa năm học, chốt 30/11; kỳ 1/6–30/11).",
  WHOLE_YEAR: "The whole year up to the reference date, usually 31 May; the first half is in it (báo cáo tổng kết năm học, chốt 31/5).",
} as const;
export type ReportingPeriod = keyof typeof REPORTING_PERIODS;

/** The periods inside a sentence: "the first half of 2023-2024". */
export const PERIOD_WORDS: Readonly<Record<ReportingPeriod, Words>> = {
  FIRST_HALF: { en: "the first half of", vi: "giữa năm học" },
  WHOLE_YEAR: { en: "the whole year", vi: "tổng kết năm học" },
};

/** A period in a school year: first day, cut-off (its last day), and the day until which reports are due unless a directive sets another. */
export interface PeriodOfYear {
  period: ReportingPeriod;
  from: Day;
  cutOff: Day;
  dueOn: Day;
}

/** Days after the cut-off of the first half until which its reports are due; the hub's own default, no document sets one. */
const DAYS_TO_REPORT_HALF = 15;

/** Each year's periods are worked out once: every dossier asks for them. */
const known = new WeakMap<SchoolYear, [PeriodOfYear, PeriodOfYear]>();

/** Both periods of a school year. Reports of the whole year are due at the end of the school year, as its other reports are. */
export function periodsOf(year: SchoolYear): [PeriodOfYear, PeriodOfYear] {
  const periods = known.get(year) ?? periodsMade(year);
  known.set(year, periods);
  return periods;
}

function periodsMade(year: SchoolYear): [PeriodOfYear, PeriodOfYear] {
  const from = year.countsFrom;
  const november = `${year.label.slice(0, 4)}-11-30`;
  const half = november < year.referenceDate ? november : year.referenceDate;
  return [
    { period: "FIRST_HALF", from, cutOff: half, dueOn: addDays(half, DAYS_TO_REPORT_HALF) },
    { period: "WHOLE_YEAR", from, cutOff: year.referenceDate, dueOn: year.endsOn },
  ];
}

/** One of the periods of a school year. */
export function periodOf(year: SchoolYear, period: ReportingPeriod): PeriodOfYear {
  const [half, whole] = periodsOf(year);
  return period === "FIRST_HALF" ? half : whole;
}

/** A school year and the periods of it whose reports a record stands in. */
export interface ReportedIn {
  schoolYear: string;
  periods: readonly ReportingPeriod[];
}

/**
 * In which reports a record stands, by its own school year and day. A record without a school year belongs to the opened
 * one in which its day lies; `null` where there is none: no report holds it. A record of the first half stands in both
 * reports, because the year's repeats the half's; one without a day only in the year's.
 */
export function reportedIn(schoolYear: string | null, on: Day | null, years: readonly SchoolYear[]): ReportedIn | null {
  const year = years.find((candidate) => (schoolYear ? candidate.label === schoolYear : countsEventOf(candidate, on)));
  if (!year) return null;
  const inHalf = on !== null && on <= periodOf(year, "FIRST_HALF").cutOff;
  return { schoolYear: year.label, periods: inHalf ? ["FIRST_HALF", "WHOLE_YEAR"] : ["WHOLE_YEAR"] };
}
