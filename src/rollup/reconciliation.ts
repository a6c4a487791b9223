import { figures } from "../domain/indicators/indicator.js";
import { indicatorByKey } from "../domain/indicators/catalogue.js";
import { type Content } from "../domain/records/field.js";
import type { publishedFigure } from "../domain/records/published-figure.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type Tally } from "../domain/tally.js";
import { type Cause, causesOf, rounded } from "./reconciliation-causes.js";

/** Why a published figure and the computed one cannot be compared. */
export const INCOMPARABLE = {
  UNKNOWN_INDICATOR: "The hub does not compute this indicator.",
  OTHER_SCOPE: "The figure counts others than the schools that the hub knows.",
  OTHER_PERIOD: "The figure speaks of several years.",
  IN_WORDS: "It was printed in words, not as a number.",
  NO_COMPUTED_VALUE: "The hub has nothing to compute it from.",
} as const;
export type Incomparable = keyof typeof INCOMPARABLE;

/** A published figure beside what the hub computes for the same unit and school year. */
export interface Reconciled {
  published: StoredRecord<typeof publishedFigure.fields>;
  computed: { numerator: number; denominator: number | null; value: number | null } | null;
  /** Computed less published; `null` where they cannot be compared. */
  difference: number | null;
  /** Equal as printed, in the decimals of the printed figure. */
  agrees: boolean | null;
  incomparable: Incomparable | null;
  /** Why the two differ, as far as it can be told. */
  causes: Cause[];
}

/** Of the published figures of a unit those that speak of a school year, each beside the computed one. */
export function reconcile(figuresOfUnit: readonly StoredRecord[], schoolYear: string, tally: Tally): Reconciled[] {
  const all = figuresOfUnit as unknown as StoredRecord<typeof publishedFigure.fields>[];
  return all.filter((record) => speaksOf(record, schoolYear)).map((published) => compare(published, tally));
}

function speaksOf({ schoolYear, content }: StoredRecord<typeof publishedFigure.fields>, label: string): boolean {
  if (schoolYear) return schoolYear === label;
  const years = /^(\d{4})-(\d{4})$/.exec(content.period);
  return years !== null && label.slice(0, 4) >= (years[1] ?? "") && label.slice(5) <= (years[2] ?? "");
}

function compare(published: StoredRecord<typeof publishedFigure.fields>, tally: Tally): Reconciled {
  const { content } = published;
  const indicator = indicatorByKey(content.indicator);
  const computed = indicator ? figures(indicator, tally) : null;
  const printed = printedValue(content, computed?.denominator === null);
  const incomparable = whyNot();
  const isComparable = incomparable === null && printed !== null && computed !== null && computed.value !== null;
  const decimals = content.decimals === null ? 12 : content.decimals + (indicator?.unit === "RATE" ? 2 : 0);
  const difference = isComparable ? computed.value! - printed : null;
  const agrees = isComparable ? rounded(computed.value!, decimals) === rounded(printed, decimals) : null;
  const causes = indicator ? causesOf({ content, printed, indicator, tally, agrees }) : [];
  return { published, computed, difference, agrees, incomparable, causes };

  function whyNot(): Incomparable | null {
    if (!computed) return "UNKNOWN_INDICATOR";
    if (content.scope !== "SCHOOLS") return "OTHER_SCOPE";
    if (published.schoolYear === null) return "OTHER_PERIOD";
    if (printed === null) return "IN_WORDS";
    return computed.value === null ? "NO_COMPUTED_VALUE" : null;
  }
}

function printedValue(content: Content<typeof publishedFigure.fields>, isCount: boolean): number | null {
  if (content.value !== null) return content.value;
  if (content.numerator === null) return null;
  if (isCount) return content.numerator;
  return content.denominator ? content.numerator / content.denominator : null;
}
