import { type Measure } from "../counting/measure.js";
import { evaluate, figures, type Indicator } from "./indicator.js";
import { countedElsewhere } from "../counting/voices.js";
import { percentDecimals } from "../ground/percent.js";
import { type Tally } from "../counting/tally.js";
import { type Words } from "../ground/words.js";
import { type Sum } from "../counting/sum.js";

/** The two parts of a formula. A count has only a numerator. */
export const FORMULA_PARTS = { NUMERATOR: "What is counted (tử số).", DENOMINATOR: "Out of what (mẫu số)." } as const;
export type FormulaPart = keyof typeof FORMULA_PARTS;

/** One measure of a formula with its amount: factor × amount, summed over the terms of a part, is the part. */
export interface FormulaTerm {
  part: FormulaPart;
  measure: string;
  words: Words;
  /** How often the measure is added: 1, 2 where it counts twice, -1 where it is taken away. */
  factor: number;
  amount: number;
}

/**
 * The terms of an indicator with the amounts of a tally put in, numerator first, in the order of the definition. A measure
 * that makes a part alone has the words of the part.
 */
export function formulaTerms(indicator: Indicator, tally: Tally): FormulaTerm[] {
  const { numerator, denominator } = indicator;
  return [
    ...termsOf("NUMERATOR", numerator, indicator, tally),
    ...(denominator ? termsOf("DENOMINATOR", denominator, indicator, tally) : []),
  ];
}

function termsOf(part: FormulaPart, sum: Sum & { words: Words }, indicator: Indicator, tally: Tally): FormulaTerm[] {
  const factors = new Map<Measure, number>();
  for (const measure of sum.plus) factors.set(measure, (factors.get(measure) ?? 0) + 1);
  for (const measure of sum.minus ?? []) factors.set(measure, (factors.get(measure) ?? 0) - 1);
  return [...factors].map(([measure, factor]) => ({
    part,
    measure: measure.key,
    words: factors.size === 1 ? sum.words : termWords(measure, indicator, sum.words),
    factor,
    amount: tally[measure.key] ?? 0,
  }));
}

function termWords(measure: Measure, { buckets = [] }: Indicator, otherwise: Words): Words {
  const bucket = buckets.find(({ plus, minus = [] }) => plus.length === 1 && plus[0]?.key === measure.key && minus.length === 0);
  return measure.words ?? bucket?.words ?? otherwise;
}

/**
 * The formula with the figures put in, e.g. "31 public schools whose staff conference is valid of 32 public schools that
 * owe a staff conference = 96.88%". Shown to two decimals, to more where a rate would read as 0% or 100% and is neither; the figures
 * themselves are never rounded.
 */
export function formulaInWords(indicator: Indicator, tally: Tally): Words {
  return { en: sentence(indicator, tally, "en"), vi: sentence(indicator, tally, "vi") };
}

type Language = keyof Words;
const LOCALE: Record<Language, string> = { en: "en-US", vi: "vi-VN" };
const NOBODY_REPORTED: Words = { en: "unknown: none of those who report it has", vi: "chưa rõ: chưa có đơn vị nào báo cáo" };
const COUNTED_BY_UNION: Words = {
  en: "unknown here: counted in the union's report",
  vi: "không có số riêng: đã tính trong báo cáo của công đoàn",
};
const NO_VALUE: Words = { en: "no value, because the denominator is 0", vi: "không có giá trị vì mẫu số bằng 0" };

function sentence(indicator: Indicator, tally: Tally, language: Language): string {
  const { numerator, denominator, unit } = indicator;
  const above = partInWords(numerator, tally, language);
  const { value } = figures(indicator, tally);
  const unknown = countedElsewhere(indicator, tally) > 0 ? COUNTED_BY_UNION : NOBODY_REPORTED;
  if (!denominator) return value === null ? `${numerator.words[language]}: ${unknown[language]}` : above;
  const between = unit === "RATE" ? { en: " of ", vi: " trên " }[language] : " ÷ ";
  const result = value === null ? NO_VALUE[language] : shown(value, language, unit === "RATE");
  return `${above}${numerator.minus ? "," : ""}${between}${partInWords(denominator, tally, language)} = ${result}`;
}

/** "32 schools"; where something is taken away, each amount: "118 − 100 = 18 members at the end less members at the start". */
function partInWords(sum: Sum & { words: Words }, tally: Tally, language: Language): string {
  const total = `${shown(evaluate(sum, tally), language)} ${sum.words[language]}`;
  if (!sum.minus) return total;
  const amounts = (measures: readonly Measure[]) => measures.map(({ key }) => shown(tally[key] ?? 0, language));
  return `${[amounts(sum.plus).join(" + "), ...amounts(sum.minus)].join(" − ")} = ${total}`;
}

/** A number as people write it in a language. */
export function shown(value: number, language: Language, isRate = false): string {
  return value.toLocaleString(LOCALE[language], {
    style: isRate ? "percent" : "decimal",
    maximumFractionDigits: isRate ? percentDecimals(value, 2) : 2,
  });
}
