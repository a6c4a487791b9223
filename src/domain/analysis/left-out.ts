import { keysOf, type Measure } from "../counting/measure.js";
import { vietnameseDay, type Day } from "../ground/day.js";
import { formulaMeasures, type Indicator } from "../figures/indicator.js";
import { throughUnionOf } from "../counting/voices.js";
import { INCLUDING_KINDS, inSuccessor, measuresOfClosed } from "../counting/measures.js";
import { recordKinds } from "../records/catalogue.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Level, LEVELS } from "../tree/unit.js";
import { type Words } from "../ground/words.js";
import { type Sum } from "../counting/sum.js";
import { type Tally } from "../counting/tally.js";
import { type Where } from "../tree/filter.js";

/** Why a unit of a branch does not speak in a figure, in the order in which it is told. */
export const LEFT_OUT_REASONS = {
  NOT_ELIGIBLE: "Not one of those that the indicator is about.",
  NO_REPORT: "Expected and due, and nothing was reported.",
  NOT_SAID: "Reported, and the report leaves open what the figure counts (bỏ trống).",
  IN_UNION_REPORT:
    "Reported through its union, whose report counts the people of all its schools: they stand there, and not in a figure of the school's own (đã tính trong báo cáo của công đoàn).",
  NOT_DUE: "Expected, nothing was reported, and the deadline has not passed.",
  CLOSED:
    "Not open on the reference date: closed before it or opened after it. In a figure of what happened in the school year only those of whom nothing counts in it.",
  IN_SUCCESSOR_REPORT:
    "Closed before the reference date, and what it did until then stands in the report of a unit that followed it (includesPredecessors; đã gộp trong báo cáo của đơn vị kế tiếp): its own report counts nowhere. Only in a figure of what happened in the school year.",
  KNOWN_LATE: "Open on the reference date, and registered only when the year was closed (biết sau khi khóa sổ).",
} as const;
export type LeftOutReason = keyof typeof LEFT_OUT_REASONS;

/** The reasons that an indicator knows: one that nobody owes cannot tell who should have spoken. */
export function leftOutReasons(indicator: Indicator): LeftOutReason[] {
  const { obligation, unsaid } = indicator;
  const open = [...(unsaid ? (["NOT_SAID"] as const) : []), ...(throughUnionOf(indicator) ? (["IN_UNION_REPORT"] as const) : [])];
  const included = measuresInSuccessors(indicator).length > 0 ? (["IN_SUCCESSOR_REPORT"] as const) : [];
  const gone = ["CLOSED", ...included, "KNOWN_LATE"] as const;
  return obligation ? ["NOT_ELIGIBLE", "NO_REPORT", ...open, "NOT_DUE", ...gone] : [...gone];
}

/** The keys of the measures of closed units whose part of a figure stands in the report of who followed them; none for a figure without flows of such reports. */
export function measuresInSuccessors(indicator: Indicator): string[] {
  const flows = new Set(formulaMeasures(indicator).filter((key) => measuresOfClosed.includes(key)));
  const isOf = (kind: string) =>
    recordKinds.some(({ key, measures }) => key === kind && measures.some((measure) => flows.has(measure.key)));
  return keysOf(INCLUDING_KINDS.filter(isOf).map(inSuccessor));
}

/** Whether units left out for a reason are in the denominator all the same: those expected to report are, in a completion rate. */
export function isInDenominator({ obligation, denominator }: Indicator, reason: LeftOutReason): boolean {
  const isExpected = reason === "NO_REPORT" || reason === "NOT_DUE";
  return isExpected && holds(denominator, obligation?.measures.NO_REPORT);
}

/** The reason in a sentence about this indicator and school year. */
export function leftOutWords(indicator: Indicator, reason: LeftOutReason, { referenceDate }: SchoolYear): Words {
  if (reason === "NOT_ELIGIBLE")
    return {
      en: `Not one of those that the indicator is about: ${indicator.eligibility.en}`,
      vi: `Không thuộc đối tượng của chỉ tiêu: ${indicator.eligibility.vi}`,
    };
  if (reason === "CLOSED" && formulaMeasures(indicator).some((key) => measuresOfClosed.includes(key)))
    return {
      en: `Not open on ${referenceDate}, the reference date, and nothing of it counts here: closed before it with nothing to count, or opened after it.`,
      vi: `Không hoạt động tại ngày chốt số liệu ${vietnameseDay(referenceDate)} và không có số liệu được tính: đã kết thúc hoạt động trước đó mà không phát sinh số liệu, hoặc thành lập sau đó.`,
    };
  if (reason === "CLOSED")
    return {
      en: `Not open on ${referenceDate}, the reference date: closed before it or opened after it.`,
      vi: `Không hoạt động tại ngày chốt số liệu ${vietnameseDay(referenceDate)}: đã kết thúc hoạt động trước đó hoặc thành lập sau đó.`,
    };
  if (reason === "IN_SUCCESSOR_REPORT")
    return {
      en: `Closed before ${referenceDate}, the reference date: what was done until then stands in the report of a unit that followed it, which says so, and its own report is not counted.`,
      vi: `Đã kết thúc hoạt động trước ngày chốt số liệu ${vietnameseDay(referenceDate)}: số phát sinh đã được gộp trong báo cáo của đơn vị kế tiếp nên không tính báo cáo của chính đơn vị.`,
    };
  if (reason === "NOT_SAID")
    return {
      en: "Reported, and the report leaves this count open: it is unknown, not 0.",
      vi: "Đã báo cáo nhưng bỏ trống số này: chưa rõ, không phải bằng 0.",
    };
  if (reason === "IN_UNION_REPORT")
    return {
      en: "Counted in the report of its union, with all its schools: it has no figure of its own.",
      vi: "Đã tính trong báo cáo của công đoàn cùng các trường khác: không có số liệu riêng.",
    };
  if (reason === "KNOWN_LATE")
    return {
      en: "Known after closing: registered only when the year was closed; it counts from the first year that was open.",
      vi: "Biết sau khi khóa sổ: đơn vị được đăng ký khi năm học đã khóa sổ; tính từ năm đầu tiên còn mở.",
    };
  const standing =
    reason === "NO_REPORT"
      ? { en: "Expected by the deadline, and not there", vi: "Đã đến hạn nhưng chưa có" }
      : { en: "Expected, nothing was reported, and the deadline has not passed", vi: "Chưa có báo cáo và chưa đến hạn" };
  const place = placeOf(indicator);
  return { en: `${standing.en}: ${place.en}.`, vi: `${standing.vi}: ${place.vi}.` };
}

/** So many units that closed in a school year, and that what they did until then counts. */
export function closedUnitsWords(units: number, { referenceDate, countsFrom }: SchoolYear): Words {
  return {
    en: `${units} ${units === 1 ? "unit" : "units"} open between ${countsFrom} and ${referenceDate} and closed before that day: what was done until the closing counts, what stands on that day does not.`,
    vi: `${units} đơn vị có hoạt động trong thời gian từ ${vietnameseDay(countsFrom)} đến ${vietnameseDay(referenceDate)} và đã kết thúc hoạt động trước ngày chốt: tính số phát sinh đến khi kết thúc hoạt động, không tính số tại ngày chốt.`,
  };
}

/** Where a unit stands in the formula that has not reported. */
function placeOf({ obligation, numerator, denominator }: Indicator): Words {
  const missing = obligation?.measures.NO_REPORT;
  if (holds(numerator, missing)) return { en: "counted in the numerator", vi: "được tính vào tử số" };
  if (holds(denominator, missing))
    return { en: "counted in the denominator, not in the numerator", vi: "tính vào mẫu số, không tính vào tử số" };
  return { en: "adds nothing to the figure", vi: "không có trong số liệu" };
}

function holds(sum: Sum | null, measure: Measure | undefined): boolean {
  return sum?.plus.some(({ key }) => key === measure?.key) ?? false;
}

/**
 * The levels whose units can speak in a figure: those that may send the records which it is made of; every level for a
 * figure that follows from the units themselves.
 */
export function levelsBehind(indicator: Indicator): readonly Level[] {
  const made = new Set(formulaMeasures(indicator));
  const kinds = recordKinds.filter(({ measures }) => measures.some(({ key }) => made.has(key)));
  return kinds.length === 0 ? LEVELS : LEVELS.filter((level) => kinds.some(({ levels }) => levels.includes(level)));
}

/** Which units of a branch are left out of a figure. */
export interface LeftOutQuery {
  /** Of one level. */
  unitIds: readonly string[];
  level: Level;
  schoolYear: string;
  referenceDate: Day;
  where: Where;
  /** The tree as it stands on this day; `null`: that of the school year. */
  treeOn: Day | null;
  obligation: string | null;
  /** The measure of units that reported and left open what is counted; `null` where a report cannot. */
  unsaid: string | null;
  /** The measure of schools whose people stand in their union's report; `null` where the figure counts none. */
  inUnionReport: string | null;
  /** The measures of the figure that count also of units which closed before the reference date. */
  flows: readonly string[];
  /** The measures of such units whose part of it stands in the report of who followed them. */
  inSuccessors: readonly string[];
  /** Only units of these levels. */
  levels: readonly Level[];
  today: Day;
}

/** What units that closed before the reference date add to the flows of a figure. */
export interface ClosedPart {
  units: number;
  tally: Tally;
}

/** Those that are left out for one reason. */
export interface LeftOutList extends LeftOutQuery {
  reason: LeftOutReason;
  /** Only units of this unit's branch as it stands today. */
  branch: string | null;
}
