import { type Day, daysBetween, vietnameseDay } from "../ground/day.js";
import { activityReported } from "../records/kinds/activity-report.js";
import { membershipReported } from "../records/kinds/membership-report.js";
import { type Obligation } from "../counting/obligation.js";
import { type Words } from "../ground/words.js";

/** Where the figures of a school year are not comparable with those of the year before. */
export const BREAKS = {
  FIRST_YEAR: "The school year before has not been opened: there is nothing to compare with (năm học đầu tiên).",
  UNITS_ENTERED: "Units are counted here that were not in the year before (đơn vị mới vào phạm vi thống kê).",
  UNITS_LEFT: "Units that were counted here in the year before no longer are (đơn vị ra khỏi phạm vi thống kê).",
  OTHER_PARENT: "The unit itself stood under another parent in the year before (thay đổi đơn vị cấp trên).",
  OTHER_KIND: "The unit itself was of another kind, school level or ownership in the year before (thay đổi loại đơn vị).",
  OTHER_COVERAGE:
    "Not as many units as in the year before have left a report out that they owe: a rise or fall may be only reports (số đơn vị chưa báo cáo khác năm trước).",
  OTHER_REFERENCE_DATE: "The reference dates of the two years do not lie twelve months apart (thay đổi ngày chốt số liệu).",
} as const;
export type BreakCode = keyof typeof BREAKS;

/** A unit that stands in the figures of one school year and not in those of another. */
export interface ScopeChange {
  top: string;
  schoolYear: string;
  unitId: string;
  /** Whether it was counted anywhere in the other year, and whether below the same unit. */
  countedThen: boolean;
  belowThen: boolean;
}

/** A school year and the one with which it is compared. */
export interface YearPair {
  schoolYear: string;
  other: string;
}

/** Why a unit is counted in one of two school years only. */
export const SCOPE_REASONS = {
  OPENED: "It was not open on the reference date of the year before (mới thành lập).",
  CLOSED: "It is not open on the reference date of this year (đã giải thể).",
  CAME: "It stood elsewhere in the year before (chuyển đến).",
  WENT: "It stands elsewhere in this year (chuyển đi).",
  RECLASSIFIED:
    "It stayed, but only in one of the two years it is of the school level and ownership asked for (thay đổi cấp học, loại hình).",
} as const;
export type ScopeReason = keyof typeof SCOPE_REASONS;

/** A unit counted in one of two years only, and why. */
export interface ScopeUnitChange {
  unitId: string;
  reason: ScopeReason;
}

/** A break with its numbers. */
export interface TrendBreak {
  code: BreakCode;
  words: Words;
  /** Units that entered or left, in order of their ids; none where the break speaks of something else. */
  units: readonly ScopeUnitChange[];
  /** By how many days the reference date lies later in its year than the one before; `null` where it is something else. */
  days: number | null;
}

/** A break that has no numbers. */
export function plainBreak(code: "FIRST_YEAR" | "OTHER_PARENT" | "OTHER_KIND"): TrendBreak {
  const words: Record<typeof code, Words> = {
    FIRST_YEAR: {
      en: "The school year before has not been opened in the hub; there is nothing to compare with.",
      vi: "Năm học trước chưa được mở trong hệ thống nên không có số liệu để so sánh.",
    },
    OTHER_PARENT: {
      en: "On the reference date of the year before, the unit stood under another parent: targets and deadlines may be others.",
      vi: "Vào ngày chốt số liệu năm học trước, đơn vị trực thuộc cấp trên khác: chỉ tiêu và thời hạn được giao có thể khác.",
    },
    OTHER_KIND: {
      en: "On the reference date of the year before, the unit was of another kind, school level or ownership: its duties may be others.",
      vi: "Vào ngày chốt số liệu năm học trước, đơn vị thuộc loại, cấp học hoặc loại hình khác: nghĩa vụ thực hiện có thể khác.",
    },
  };
  return { code, words: words[code], units: [], days: null };
}

const TOLD: Record<ScopeReason, Words> = {
  OPENED: { en: "opened", vi: "mới thành lập" },
  CLOSED: { en: "closed", vi: "giải thể" },
  CAME: { en: "came from elsewhere", vi: "chuyển đến" },
  WENT: { en: "went elsewhere", vi: "chuyển đi" },
  RECLASSIFIED: { en: "changed school level or ownership", vi: "thay đổi cấp học, loại hình" },
};

/** Units that entered or left the figures, with how many for which reason. */
export function scopeBreak(code: "UNITS_ENTERED" | "UNITS_LEFT", units: readonly ScopeUnitChange[]): TrendBreak {
  const counts = (Object.keys(TOLD) as ScopeReason[])
    .map((reason) => ({ reason, count: units.filter((unit) => unit.reason === reason).length }))
    .filter(({ count }) => count > 0);
  const parts = (language: keyof Words) => counts.map(({ reason, count }) => `${count} ${TOLD[reason][language]}`).join(", ");
  const count = units.length;
  const words =
    code === "UNITS_ENTERED"
      ? {
          en: `${count === 1 ? "1 unit is" : `${count} units are`} counted here and not in the year before: ${parts("en")}.`,
          vi: `Có ${count} đơn vị được tính năm nay mà năm học trước không tính: ${parts("vi")}.`,
        }
      : {
          en: `${count === 1 ? "1 unit was" : `${count} units were`} counted here in the year before and no longer: ${parts("en")}.`,
          vi: `Có ${count} đơn vị năm học trước được tính mà năm nay không còn tính: ${parts("vi")}.`,
        };
  return { code, words, units, days: null };
}

/** Of the units that owe a report, how many have not sent it, or stand in one that is not in the figures. */
export interface Silence {
  expected: number;
  silent: number;
  /** Of these, schools whose people are counted in their union's report. */
  elsewhere: number;
}

/** The reports on which counts rest: where others than in the year before are missing, the counts are of other units. */
export const COMPARED_REPORTS: readonly { duty: Obligation; name: Words }[] = [
  { duty: membershipReported, name: { en: "membership report", vi: "báo cáo lao động và đoàn viên" } },
  { duty: activityReported, name: { en: "activity report", vi: "báo cáo hoạt động năm học" } },
];

/** A report that is missing from more or fewer units than in the year before; `null` where from as many, or where nobody sent it in either. */
export function coverageBreak({ en, vi }: Words, now: Silence, before: Silence): TrendBreak | null {
  if (now.silent === before.silent || (now.silent === now.expected && before.silent === before.expected)) return null;
  const own = now.elsewhere + before.elsewhere > 0 ? { en: " of their own here", vi: " riêng ở đây" } : { en: "", vi: "" };
  return {
    code: "OTHER_COVERAGE",
    words: {
      en: `${now.silent} of ${now.expected} units have not sent their ${en}${own.en}, in the year before ${before.silent} of ${before.expected}: counts of the two years are of other units, and a rise or fall may be only reports.`,
      vi: `${now.silent}/${now.expected} đơn vị chưa có ${vi}${own.vi}, năm học trước ${before.silent}/${before.expected}: số liệu hai năm không cùng số đơn vị báo cáo, tăng hoặc giảm có thể chỉ do báo cáo.`,
    },
    units: [],
    days: null,
  };
}

/** Reference dates that do not lie twelve months apart; `null` where they do. */
export function referenceDateBreak(on: Day, before: Day): TrendBreak | null {
  const monthAndDay = (day: Day) => (day.slice(5) === "02-29" ? "02-28" : day.slice(5));
  if (monthAndDay(on) === monthAndDay(before) && Number(on.slice(0, 4)) === Number(before.slice(0, 4)) + 1) return null;
  const expected = `${Number(before.slice(0, 4)) + 1}-${monthAndDay(before)}`;
  const days = daysBetween(expected, on);
  const many = Math.abs(days);
  return {
    code: "OTHER_REFERENCE_DATE",
    words: {
      en: `Taken on ${on}, in the year before on ${before}: ${many} ${many === 1 ? "day" : "days"} ${days > 0 ? "later" : "earlier"} in the year. What happened between the two counts in it: ${days > 0 ? "more" : "less"} than a year.`,
      vi: `Chốt số liệu ngày ${vietnameseDay(on)}, năm học trước ngày ${vietnameseDay(before)}: ${days > 0 ? "muộn hơn" : "sớm hơn"} ${many} ngày. Số phát sinh tính từ sau ngày chốt trước đến ngày chốt này, ${days > 0 ? "dài hơn" : "ngắn hơn"} một năm.`,
    },
    units: [],
    days,
  };
}
