import { figures, type Indicator } from "../figures/indicator.js";
import { indicatorByKey } from "../figures/catalogue.js";
import { type Content } from "../records/field.js";
import type { publishedFigure } from "../records/kinds/published-figure.js";
import { type StoredRecord } from "../records/record.js";
import { type Tally } from "../counting/tally.js";

/** Why a published figure and the computed one cannot be compared. */
export const INCOMPARABLE = {
  UNKNOWN_INDICATOR: "The hub does not compute this indicator (hệ thống không tính chỉ tiêu này).",
  OTHER_SCOPE: "The figure counts others than the schools that the hub knows (số công bố tính cả đơn vị ngoài các trường trong hệ thống).",
  OTHER_PERIOD: "The figure speaks of several years (số công bố tính cho nhiều năm).",
  IN_WORDS: "It was printed in words, not as a number (số liệu công bố bằng chữ).",
  NO_COMPUTED_VALUE: "The hub has nothing to compute it from (hệ thống không có số liệu để tính).",
} as const;
export type Incomparable = keyof typeof INCOMPARABLE;

/** A published figure as a record, with the tally of its unit and school year, and the two compared. */
export interface Reconciled extends Comparison {
  published: StoredRecord<typeof publishedFigure.fields>;
  tally: Tally;
}

/** A figure as it was printed. */
export type Printed = Content<typeof publishedFigure.fields>;
/** A published figure, whoever printed it. */
export type Published = Pick<StoredRecord<typeof publishedFigure.fields>, "schoolYear" | "content">;

/** What a tally makes of an indicator. */
export interface ComputedFigures {
  numerator: number;
  denominator: number | null;
  value: number | null;
}

/** A published figure beside what the hub computes for the same unit and school year. */
export interface Comparison {
  indicator: Indicator | null;
  /** The printed value; `null` where only words were printed. */
  printed: number | null;
  computed: ComputedFigures | null;
  /** Computed less published; `null` where they cannot be compared. */
  difference: number | null;
  /** Equal as printed, in the decimals of the printed figure. */
  agrees: boolean | null;
  incomparable: Incomparable | null;
}

/** Whether it speaks of a school year: its own, or one of several that it was printed for. */
function speaksOf({ schoolYear, content }: Published, label: string): boolean {
  if (schoolYear) return schoolYear === label;
  const years = /^(\d{4})-(\d{4})$/.exec(content.period);
  return years !== null && label.slice(0, 4) >= (years[1] ?? "") && label.slice(5) <= (years[2] ?? "");
}

/** Of the published figures of a unit those that speak of a school year, each beside the computed one. */
export function reconcile(figuresOfUnit: readonly StoredRecord[], schoolYear: string, tally: Tally): Reconciled[] {
  const all = figuresOfUnit as unknown as StoredRecord<typeof publishedFigure.fields>[];
  return all.filter((record) => speaksOf(record, schoolYear)).map((published) => ({ published, tally, ...compare(published, tally) }));
}

/** Compares a published figure with the tally of its unit and school year. */
export function compare({ schoolYear, content }: Published, tally: Tally): Comparison {
  const indicator = indicatorByKey(content.indicator) ?? null;
  const computed = indicator && figures(indicator, tally);
  const printed = printedValue(content, computed?.denominator === null);
  const incomparable = whyNot();
  const isComparable = incomparable === null && printed !== null && computed !== null && computed.value !== null;
  return {
    ...{ indicator, printed, computed, incomparable },
    difference: isComparable ? computed.value! - printed : null,
    agrees: isComparable ? isPrintedAs(printed, computed.value!, decimalsOf(content, indicator)) : null,
  };

  function whyNot(): Incomparable | null {
    if (!computed) return "UNKNOWN_INDICATOR";
    if (content.scope !== "SCHOOLS") return "OTHER_SCOPE";
    if (schoolYear === null) return "OTHER_PERIOD";
    if (printed === null) return "IN_WORDS";
    return computed.value === null ? "NO_COMPUTED_VALUE" : null;
  }
}

/** Of a value those that were printed: of a rate two more than its percentage has; without any it was printed exactly. */
export function decimalsOf({ decimals }: Pick<Printed, "decimals">, indicator: Pick<Indicator, "unit"> | null): number {
  return decimals === null ? EXACT : decimals + (indicator?.unit === "RATE" ? 2 : 0);
}

const EXACT = 12;

/** Whether a value reads as the printed one in so many decimals. */
export function isPrintedAs(printed: number, value: number, decimals: number): boolean {
  return rounded(value, decimals) === rounded(printed, decimals);
}

/** In whole units of the last decimal, halves away from nought as in print: 3 of 80 is 3.8%, although 0.0375 lies a hair below in binary. */
export function rounded(value: number, decimals: number): number {
  return Math.sign(value) * Math.round(Number((Math.abs(value) * 10 ** decimals).toPrecision(15)));
}

function printedValue(content: Printed, isCount: boolean): number | null {
  if (content.value !== null) return content.value;
  if (content.numerator === null) return null;
  if (isCount) return content.numerator;
  return content.denominator ? content.numerator / content.denominator : null;
}
