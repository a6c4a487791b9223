import { type Direction, figures, type Indicator } from "../figures/indicator.js";
import { countedElsewhere, voices } from "../counting/voices.js";
import { type Tally } from "../counting/tally.js";
import { type Day } from "../ground/day.js";
import { type Words } from "../ground/words.js";
import { type Where } from "../tree/filter.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Level } from "../tree/unit.js";

/** A unit that may be compared with others. */
export interface ScopeUnit {
  unitId: string;
  level: Level;
  sortKey: string;
  /** Whether it was open on the reference date of the year, and of the year before. */
  counted: boolean;
  countedBefore: boolean;
}

/** Which units below one are compared. */
export interface UnitsBelow {
  unitId: string;
  level: Level;
  schoolYear: SchoolYear;
  before: SchoolYear | null;
  /** The level of those that are compared. */
  of: Level;
  kinds: readonly string[] | null;
  where: Where;
  tree: "OF_THE_YEAR" | "TODAY";
  /** Only units of this unit's branch as it stands today; `null`: everywhere. */
  branch: string | null;
  today: Day;
}

/** Why a unit of a ranking has no rank. Missing, not eligible, not due and zero are four different things: only zero is ranked. */
export const UNRANKED = {
  NOT_COUNTED: "The unit was not open on the reference date of the school year (không hoạt động vào ngày chốt số liệu).",
  NO_REPORT: "Nothing has been reported, and the report is due (chưa báo cáo).",
  NOT_SAID: "Reported, and the report leaves this count open (đã báo cáo nhưng bỏ trống số này).",
  IN_UNION_REPORT: "Its people are counted in the report of its union, not in one of its own (đã tính trong báo cáo của công đoàn).",
  NOT_DUE: "Nothing has been reported, and the deadline has not passed (chưa đến hạn báo cáo).",
  NOT_ELIGIBLE: "Nobody in the unit has the duty (không thuộc diện thực hiện).",
  ZERO_DENOMINATOR: "The denominator is 0: there is nothing to divide by (mẫu số bằng 0).",
} as const;
export type Unranked = keyof typeof UNRANKED;

/** Why there is no change on last year. */
export const CHANGE_MISSING = {
  NO_YEAR_BEFORE: "The school year before has not been opened in the hub (chưa mở năm học trước).",
  NO_VALUE: "The unit has no value in this school year (năm học này không có số liệu).",
  NO_VALUE_BEFORE: "The unit had no value in the school year before (năm học trước không có số liệu).",
  OTHER_COVERAGE:
    "A count of reports of which not as many are missing as in the school year before: a rise or fall may be only reports (số báo cáo còn thiếu khác năm học trước).",
} as const;
export type ChangeMissing = keyof typeof CHANGE_MISSING;

/**
 * Why a unit cannot be ranked by an indicator, or `null` where it can. A count of 0 is a 0 only if somebody has reported;
 * a rate over duties counts who has not reported in its denominator, and so has a value. NOT_DUE is told by who knows the day.
 */
export function whyUnranked(indicator: Indicator, tally: Tally, counted: boolean): Exclude<Unranked, "NOT_DUE"> | null {
  if (!counted) return "NOT_COUNTED";
  const { numerator, denominator, value } = figures(indicator, tally);
  if (indicator.obligation && numerator === 0 && !denominator) {
    const { said, unsaid, noReport } = voices(indicator, tally)!;
    if (said === 0 && noReport > 0) return "NO_REPORT";
    if (said === 0 && unsaid > 0) return countedElsewhere(indicator, tally) > 0 ? "IN_UNION_REPORT" : "NOT_SAID";
    if (said === 0) return "NOT_ELIGIBLE";
  }
  return value === null ? "ZERO_DENOMINATOR" : null;
}

/** A unit's tally of a school year, and its value; `null`: unranked. */
export interface Standing {
  value: number | null;
  tally: Tally;
}

/** Value less the value of the school year before (`null`: not opened). A count of two years stands beside each other only where as many units have not said it. */
export function changeSince(
  indicator: Indicator,
  now: Standing,
  last: Standing | null,
): { change: number | null; changeMissing: ChangeMissing | null } {
  const none = (changeMissing: ChangeMissing) => ({ change: null, changeMissing });
  if (now.value === null) return none("NO_VALUE");
  if (!last) return none("NO_YEAR_BEFORE");
  if (last.value === null) return none("NO_VALUE_BEFORE");
  if (!indicator.denominator && silent(indicator, now.tally) !== silent(indicator, last.tally)) return none("OTHER_COVERAGE");
  return { change: now.value - last.value, changeMissing: null };
}

/** Units that owe what a count rests on and have not said it; none where it is these that it counts. */
function silent(indicator: Indicator, tally: Tally): number {
  const of = voices(indicator, tally);
  const isOfThese = indicator.numerator.plus.some(({ key }) => key === indicator.obligation?.measures.NO_REPORT.key);
  return of && !isOfThese ? of.noReport + of.unsaid : 0;
}

/** What a list is sorted by: the best value first, what has none last, then by name. */
export interface RankKey {
  /** `null`: unranked. */
  value: number | null;
  sortKey: string;
  unitId: string;
}

/** The order of a ranking. LOWER: the smallest first; HIGHER and NEUTRAL: the largest first. */
export function compareRanks(direction: Direction): (a: RankKey, b: RankKey) => number {
  const sign = direction === "LOWER" ? 1 : -1;
  return (a, b) => {
    if (a.value !== b.value) {
      if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
      return sign * (a.value - b.value);
    }
    if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
    return a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0;
  };
}

/** Standard competition ranks (1, 2, 2, 4) of what stands in the order of the ranking; equal values tie, whatever their numerators. */
export function* competitionRanks<T extends RankKey>(sorted: readonly T[]): Generator<T & Place> {
  const sharing = new Map<number, number>();
  for (const { value } of sorted) if (value !== null) sharing.set(value, (sharing.get(value) ?? 0) + 1);
  let rank = 0;
  for (const [index, row] of sorted.entries()) {
    if (row.value !== null && (index === 0 || sorted[index - 1]!.value !== row.value)) rank = index + 1;
    yield row.value === null ? { ...row, rank: null, tied: false } : { ...row, rank, tied: sharing.get(row.value)! > 1 };
  }
}

/** The place of a unit in a ranking. */
export interface Place {
  /** `null`: unranked. */
  rank: number | null;
  /** Whether another unit has the same value, and so the same rank. */
  tied: boolean;
}

const FIRST: Record<Direction, Words> = {
  HIGHER: { en: "The largest value comes first: higher is better.", vi: "Giá trị lớn nhất xếp đầu: càng cao càng tốt." },
  LOWER: { en: "The smallest value comes first: lower is better.", vi: "Giá trị nhỏ nhất xếp đầu: càng thấp càng tốt." },
  NEUTRAL: {
    en: "The largest value comes first; neither way is better, so this is an order and no judgement.",
    vi: "Giá trị lớn nhất xếp đầu; chỉ tiêu này không đánh giá cao hay thấp là tốt, chỉ để sắp thứ tự.",
  },
};

/** How a ranking treats ties and missing values, in words. */
export function rankingNote({ direction }: Indicator): Words {
  return {
    en: `${FIRST[direction].en} Units with the same value share a rank and the next ranks are left out (1, 2, 2, 4). Units without a value come last without a rank, each with the reason; a unit that has not reported is not ranked as 0, but a rate of units that did their duty counts them as not done: read it with its coverage. Compared are the units that the caller may see.`,
    vi: `${FIRST[direction].vi} Các đơn vị cùng giá trị đồng hạng và bỏ trống hạng kế tiếp (1, 2, 2, 4). Đơn vị không có giá trị xếp cuối, không có hạng, kèm lý do; đơn vị chưa báo cáo không bị tính là 0, nhưng tỷ lệ đơn vị đã thực hiện thì tính các đơn vị đó là chưa thực hiện: xem cùng mức độ báo cáo. Chỉ so sánh các đơn vị mà người hỏi được xem.`,
  };
}
