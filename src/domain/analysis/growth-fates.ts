import { type Words } from "../ground/words.js";

/** How a unit stands in two years that follow each other: with a membership report counted in both, or in one and why only there. */
export const FATES = {
  STAYED: { en: "reported in both years", vi: "có báo cáo cả hai năm" },
  MOVEMENTS_OPEN: {
    en: "reported in both years, and leaves movements of this year open",
    vi: "có báo cáo cả hai năm nhưng năm nay bỏ trống một phần biến động",
  },
  INCLUDING: {
    en: "reported in both years, this year for the units that it followed, too",
    vi: "có báo cáo cả hai năm, báo cáo năm nay gồm cả đơn vị tiền thân",
  },
  OPENED: { en: "opened, or opened again, since the year before", vi: "thành lập hoặc hoạt động trở lại so với năm trước" },
  OPENED_INCLUDING: {
    en: "opened, or opened again, since the year before, and reported for the units that it followed, too",
    vi: "thành lập hoặc hoạt động trở lại so với năm trước, báo cáo gồm cả đơn vị tiền thân",
  },
  MOVED_IN: {
    en: "stood elsewhere the year before, or did not pass the filter",
    vi: "năm trước thuộc đơn vị khác hoặc không thuộc diện lọc",
  },
  NO_REPORT_BEFORE: { en: "sent no membership report the year before", vi: "năm trước không có báo cáo" },
  CLOSED: { en: "closed since the year before", vi: "kết thúc hoạt động so với năm trước" },
  TAKEN_OVER: {
    en: "ended since the year before; others took its members over, and its report of this year counts",
    vi: "kết thúc hoạt động so với năm trước, đoàn viên chuyển sang đơn vị kế tiếp; có báo cáo năm nay",
  },
  TAKEN_OVER_UNREPORTED: {
    en: "ended since the year before; others took its members over, and no report of its own counts this year",
    vi: "kết thúc hoạt động so với năm trước, đoàn viên chuyển sang đơn vị kế tiếp; năm nay không tính báo cáo riêng",
  },
  MOVED_AWAY: { en: "stands elsewhere now, or no longer passes the filter", vi: "nay thuộc đơn vị khác hoặc không còn thuộc diện lọc" },
  NO_REPORT_NOW: { en: "has sent no membership report this year", vi: "năm nay chưa có báo cáo" },
} as const satisfies Record<string, Words>;
export type Fate = keyof typeof FATES;

/** Fates of units that count in the year, and in the year before. */
export const COUNTED_NOW: readonly Fate[] = [
  ...(["STAYED", "MOVEMENTS_OPEN", "INCLUDING", "OPENED", "OPENED_INCLUDING", "MOVED_IN", "NO_REPORT_BEFORE"] as const),
  "TAKEN_OVER",
];
export const COUNTED_BEFORE: readonly Fate[] = [
  ...(["STAYED", "MOVEMENTS_OPEN", "INCLUDING", "CLOSED", "TAKEN_OVER", "TAKEN_OVER_UNREPORTED", "MOVED_AWAY", "NO_REPORT_NOW"] as const),
];
/** Fates of units that reported in both years. */
export const TWICE: readonly Fate[] = ["STAYED", "MOVEMENTS_OPEN", "INCLUDING"];
/** Fates of units that stand in both years and have reported in one. */
export const SILENT: readonly Fate[] = ["NO_REPORT_BEFORE", "NO_REPORT_NOW"];

/**
 * Whether units are one in these two years: one follows the other since the year before, or a union's report counted the people of its schools in one
 * of them only (`COUNTED_OTHERWISE`). Where one of them stands and has not reported, or not all of them are below the unit that is asked for, what the
 * others gained or lost says nothing.
 */
export const KINSHIPS = ["NONE", "KNOWN", "COUNTED_OTHERWISE", "SILENT"] as const;
export type Kinship = (typeof KINSHIPS)[number];

/** How a unit stands in two years. */
export interface Standing {
  fate: Fate;
  kin: Kinship;
}

/** What became of a unit, in a word and in words. */
export const TOLD_FATES = {
  ...FATES,
  COUNTED_OTHERWISE: {
    en: "a union's report counted its schools in one of the two years only",
    vi: "công đoàn báo cáo chung cho các trường chỉ trong một trong hai năm",
  },
  KIN_NOT_REPORTED: {
    en: "is one with a unit that has not reported, or whose figure stands elsewhere: its predecessor or successor, or its union that reports for it in one of the years",
    vi: "liên quan đến đơn vị chưa báo cáo hoặc có số liệu tính ở nơi khác: đơn vị tiền thân, đơn vị kế tiếp, hoặc công đoàn báo cáo chung trong một năm",
  },
} as const satisfies Record<string, Words>;
export type ToldFate = keyof typeof TOLD_FATES;

/** The fate as it is told. */
export function toldFate({ fate, kin }: Standing): ToldFate {
  if (kin === "COUNTED_OTHERWISE") return kin;
  return kin === "SILENT" && !SILENT.includes(fate) ? "KIN_NOT_REPORTED" : fate;
}

/**
 * What is known of a unit's members at both ends: both, unit by unit; both, but only of those together whose people stood in one report in one of the
 * years; or not both.
 */
export type Knowledge = "EACH" | "TOGETHER" | "UNKNOWN";

/** None for certain, because it had not been founded, had ended or stood elsewhere, is known as what was reported is. */
export function knowledgeOf({ fate, kin }: Standing): Knowledge {
  if (kin === "COUNTED_OTHERWISE") return "TOGETHER";
  return kin === "SILENT" || SILENT.includes(fate) ? "UNKNOWN" : "EACH";
}

/** Whether the members are known at both ends. */
export function isKnown(standing: Standing): boolean {
  return knowledgeOf(standing) !== "UNKNOWN";
}

/** Whether it is the same unit in both years, reported twice, that neither took another's members over nor gave its own away. */
export function isSame({ fate, kin }: Standing): boolean {
  return TWICE.includes(fate) && kin === "NONE";
}
