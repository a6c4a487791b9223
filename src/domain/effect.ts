import { figures, type Indicator, type Words } from "./indicators/indicator.js";
import { type Tally } from "./tally.js";

/** An indicator's figures at one moment. */
export type Figures = ReturnType<typeof figures>;

/** What a change does to one indicator of one unit and school year. */
export interface IndicatorEffect {
  indicator: Indicator;
  before: Figures;
  after: Figures;
}

/** The indicators whose numerator or denominator differs between two tallies, in the order given. */
export function indicatorEffects(before: Tally, after: Tally, indicators: readonly Indicator[]): IndicatorEffect[] {
  return indicators.flatMap((indicator) => {
    const [was, is] = [figures(indicator, before), figures(indicator, after)];
    return was.numerator === is.numerator && was.denominator === is.denominator ? [] : [{ indicator, before: was, after: is }];
  });
}

/**
 * An effect as a sentence, e.g. "Thành phố Cao Bằng, 2024-2025, staff conferences held: from 31 of 32 to 32 of 32". Whole
 * numbers only, so that nothing is rounded; the percentage is the reader's.
 */
export function effectSentence(unitName: string, schoolYear: string, { indicator, before, after }: IndicatorEffect): Words {
  const { name, unit } = indicator;
  const over = unit === "MEAN" ? " for " : " of ";
  const told = ({ numerator, denominator }: Figures, comma: string, between: string) =>
    denominator === null ? grouped(numerator, comma) : `${grouped(numerator, comma)}${between}${grouped(denominator, comma)}`;
  return {
    en: `${unitName}, ${schoolYear}, ${lowered(name.en)}: from ${told(before, ",", over)} to ${told(after, ",", over)}`,
    vi: `${unitName}, năm học ${schoolYear}, ${lowered(name.vi)}: từ ${told(before, ".", "/")} thành ${told(after, ".", "/")}`,
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
