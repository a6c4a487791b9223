import { type Day, addDays, addMonths, isDay, vietnameseDay } from "../ground/day.js";
import { type Problem, problem } from "../ground/problem.js";

/**
 * A school year (năm học), e.g. "2024-2025". Whoever is the parent of a unit on the **reference date** gets the unit's
 * figures of the year; a unit that is not open on that day does not count in the year.
 */
export interface SchoolYear extends SchoolYearDays {
  /**
   * The first day whose events count in the year (an agreement signed, a committee elected): the day after the reference date of the
   * school year before, so that every day belongs to exactly one; where that year is not open, twelve months up to the reference date.
   */
  countsFrom: Day;
}

/** A school year by itself, as it is opened. */
export interface SchoolYearDays {
  label: string;
  startsOn: Day;
  endsOn: Day;
  referenceDate: Day;
}

/** School years beside each other, in order. */
export function besideEachOther(years: readonly SchoolYearDays[]): SchoolYear[] {
  const byLabel = new Map(years.map((year) => [year.label, year]));
  const inOrder = [...years].sort((a, b) => (a.label < b.label ? -1 : 1));
  return inOrder.map((year) => {
    const before = byLabel.get(labelBefore(year.label));
    return { ...year, countsFrom: before ? addDays(before.referenceDate, 1) : twelveMonthsUpTo(year.referenceDate) };
  });
}

/** The first of the twelve months' days that end on a reference date. */
export function twelveMonthsUpTo(referenceDate: Day): Day {
  return addDays(addMonths(referenceDate, -12), 1);
}

/** Whether an event of a day counts in the school year. */
export function countsEventOf({ countsFrom, referenceDate }: SchoolYear, on: Day | null): boolean {
  return on !== null && countsFrom <= on && on <= referenceDate;
}

/** The reference date unless another is given: 31 May, the cut-off printed on the union's half-year forms 1-HĐCĐ and 2-HĐCĐ. */
export function usualReferenceDate(label: string): Day {
  return `${label.slice(5)}-05-31`;
}

/** Days after the end of a school year in which something of it may still be due: a report of the whole year, not before its reference date. */
const DAYS_AFTER = 92;

/** The last day that any deadline of a school year can be. */
export function lastDeadline({ endsOn }: SchoolYearDays): Day {
  return addDays(endsOn, DAYS_AFTER);
}

/** Far more than the federation has kept figures of. */
export const MOST_SCHOOL_YEARS = 100;

/** Everything that is wrong with a school year about to be opened beside the years that exist. */
export function schoolYearProblems(year: SchoolYearDays, others: readonly SchoolYearDays[]): Problem[] {
  const problems: Problem[] = [];
  const label = /^(\d{4})-(\d{4})$/.exec(year.label);
  if (!label || Number(label[2]) !== Number(label[1]) + 1)
    return [
      problem("INVALID", "label", {
        en: `"${year.label}" is not a school year; expected e.g. "2024-2025".`,
        vi: `"${year.label}" không phải là năm học; ví dụ đúng: "2024-2025".`,
      }),
    ];
  for (const field of ["startsOn", "endsOn", "referenceDate"] as const)
    if (!isDay(year[field]))
      problems.push(
        problem("INVALID", field, {
          en: `"${year[field]}" is not a day; expected YYYY-MM-DD, e.g. "${label[1]}-09-05".`,
          vi: `"${year[field]}" không phải là ngày; cần ghi dạng NĂM-THÁNG-NGÀY, ví dụ "${label[1]}-09-05".`,
        }),
      );
  if (problems.length > 0) return problems;
  if (others.length >= MOST_SCHOOL_YEARS)
    problems.push(
      problem("RULE", "label", {
        en: `${others.length} school years are open, the most that the hub keeps.`,
        vi: `Đã mở ${others.length} năm học, là số tối đa mà hệ thống lưu.`,
      }),
    );
  if (year.startsOn.slice(0, 4) !== label[1])
    problems.push(
      problem("OUT_OF_RANGE", "startsOn", {
        en: `A school year ${year.label} starts in ${label[1]}, not on ${year.startsOn}.`,
        vi: `Năm học ${year.label} bắt đầu trong năm ${label[1]}, không phải ngày ${vietnameseDay(year.startsOn)}.`,
      }),
    );
  if (year.endsOn.slice(0, 4) !== label[2])
    problems.push(
      problem("OUT_OF_RANGE", "endsOn", {
        en: `A school year ${year.label} ends in ${label[2]}, not on ${year.endsOn}.`,
        vi: `Năm học ${year.label} kết thúc trong năm ${label[2]}, không phải ngày ${vietnameseDay(year.endsOn)}.`,
      }),
    );
  if (year.referenceDate <= year.startsOn || year.referenceDate > lastDeadline(year))
    problems.push(
      problem("OUT_OF_RANGE", "referenceDate", {
        en: `The reference date ${year.referenceDate} must lie after ${year.startsOn} and at most three months after ${year.endsOn}.`,
        vi: `Ngày chốt số liệu ${vietnameseDay(year.referenceDate)} phải sau ngày ${vietnameseDay(year.startsOn)} và không quá ba tháng sau ngày ${vietnameseDay(year.endsOn)}.`,
      }),
    );
  const overlapped = others.find((other) => other.label !== year.label && other.startsOn <= year.endsOn && year.startsOn <= other.endsOn);
  if (overlapped)
    problems.push(
      problem("RULE", "startsOn", {
        en: `${year.label} (${year.startsOn} to ${year.endsOn}) overlaps ${overlapped.label} (${overlapped.startsOn} to ${overlapped.endsOn}).`,
        vi: `Năm học ${year.label} (${vietnameseDay(year.startsOn)} đến ${vietnameseDay(year.endsOn)}) trùng với năm học ${overlapped.label} (${vietnameseDay(overlapped.startsOn)} đến ${vietnameseDay(overlapped.endsOn)}).`,
      }),
    );
  // What counts in a year begins after the reference date before: they follow each other as the years do.
  const displaced = others.find((other) =>
    other.label < year.label
      ? other.referenceDate >= year.referenceDate
      : other.label > year.label && other.referenceDate <= year.referenceDate,
  );
  if (displaced)
    problems.push(
      problem("RULE", "referenceDate", {
        en: `The reference date ${year.referenceDate} must lie ${displaced.label < year.label ? "after" : "before"} ${displaced.referenceDate}, that of ${displaced.label}.`,
        vi: `Ngày chốt số liệu ${vietnameseDay(year.referenceDate)} phải ${displaced.label < year.label ? "sau" : "trước"} ngày ${vietnameseDay(displaced.referenceDate)}, ngày chốt của năm học ${displaced.label}.`,
      }),
    );
  return problems;
}

/** The label of the school year before: "2023-2024" for "2024-2025". */
export function labelBefore(label: string): string {
  const first = Number(label.slice(0, 4));
  return `${first - 1}-${first}`;
}

/** The school year right before one; none where it has not been opened. */
export function yearBefore(years: readonly SchoolYear[], { label }: SchoolYear): SchoolYear | null {
  return years.find((year) => year.label === labelBefore(label)) ?? null;
}
