import { figures, type Indicator } from "./indicator.js";
import { type Tally } from "../counting/tally.js";
import { type Words } from "../ground/words.js";

/** An indicator's figures at one moment. */
export type Figures = ReturnType<typeof figures>;

/** What a change does to one indicator of one unit and school year. */
export interface IndicatorEffect {
  indicator: Indicator;
  before: Figures;
  after: Figures;
}

/** Whether two figures say the same: a count that nobody has reported is not a count of 0. */
export function isSameFigure(a: Figures, b: Figures): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator && a.value === b.value;
}

/** The indicators whose figures differ between two tallies, in the order given. */
export function indicatorEffects(before: Tally, after: Tally, indicators: readonly Indicator[]): IndicatorEffect[] {
  return indicators.flatMap((indicator) => {
    const [was, is] = [figures(indicator, before), figures(indicator, after)];
    return isSameFigure(was, is) ? [] : [{ indicator, before: was, after: is }];
  });
}

/**
 * An effect as a sentence, e.g. "Thành phố Cao Bằng, 2024-2025, staff conferences held: from 31 of 32 to 32 of 32". Whole
 * numbers only, so that nothing is rounded; the percentage is the reader's.
 */
export function effectSentence(unitName: string, schoolYear: string, { indicator, before, after }: IndicatorEffect): Words {
  const { name, unit } = indicator;
  const over = unit === "MEAN" ? " for " : " of ";
  const told = ({ numerator, denominator, value }: Figures, comma: string, between: string, unknown: string) => {
    if (denominator === null) return value === null ? unknown : grouped(numerator, comma);
    return `${grouped(numerator, comma)}${between}${grouped(denominator, comma)}`;
  };
  const en = (of: Figures) => told(of, ",", over, "nothing reported");
  const vi = (of: Figures) => told(of, ".", "/", "chưa có báo cáo");
  return {
    en: `${unitName}, ${schoolYear}, ${lowered(name.en)}: from ${en(before)} to ${en(after)}`,
    vi: `${unitName}, năm học ${schoolYear}, ${lowered(name.vi)}: từ ${vi(before)} thành ${vi(after)}`,
  };
}

/** 1234567 as "1,234,567". */
function grouped(value: number, separator: string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator);
}

/** The first letter small, unless the word is one of capitals ("PIC"). */
function lowered(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
