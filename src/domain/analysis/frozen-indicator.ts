import { type Ratio, type Sum } from "../counting/sum.js";
import { type Measure } from "../counting/measure.js";
import { measureByKey } from "../counting/measures.js";
import { Obligation } from "../counting/obligation.js";
import { type Indicator } from "../figures/indicator.js";
import { type Words } from "../ground/words.js";

/** Something as it is kept in JSON: each measure by its key. */
type Kept<T> = T extends Measure
  ? string
  : T extends readonly (infer E)[]
    ? readonly Kept<E>[]
    : T extends object
      ? { [K in keyof T]: Kept<T[K]> }
      : T;

/** An indicator as vintages keep it. Until 0.4.0 a count was set against the people of whoever reported any. */
export type KeptIndicator = Omit<Kept<Indicator>, "per" | "obligation"> & {
  per?: Kept<Ratio> | Kept<Sum & { words: Words }>;
  obligation: Kept<ReturnType<Obligation["toJSON"]>> | null;
};

/** The indicator of which a vintage keeps this. */
export function indicatorOf({ numerator, denominator, obligation, unsaid, buckets, per, ...kept }: KeptIndicator): Indicator {
  return {
    ...kept,
    numerator: sumOf(numerator),
    denominator: denominator && sumOf(denominator),
    obligation:
      obligation &&
      new Obligation(obligation.key, eachOf(obligation.measures), {
        throughUnion: obligation.throughUnion && eachOf(obligation.throughUnion),
      }),
    ...(unsaid !== undefined && { unsaid: measureByKey(unsaid) }),
    ...(buckets && { buckets: buckets.map(sumOf) }),
    ...(per && { per: "base" in per ? ratioOf(per) : ratioOfOld(per, numerator) }),
  };
}

function ratioOf({ words, numerator, base, apart, whole }: Kept<Ratio>): Ratio {
  return { words, numerator: sumOf(numerator), base: sumOf(base), apart: sumOf(apart), whole: sumOf(whole) };
}

function ratioOfOld({ words, plus }: Kept<Sum & { words: Words }>, numerator: Kept<Indicator["numerator"]>): Ratio {
  return ratioOf({ words, numerator, base: { plus }, apart: { plus: [] }, whole: { plus } });
}

function sumOf<S extends Kept<Sum>>({ plus, minus, ...rest }: S) {
  return { ...rest, plus: plus.map(measureByKey), ...(minus && { minus: minus.map(measureByKey) }) };
}

function eachOf<K extends string>(keys: Readonly<Record<K, string>>): Readonly<Record<K, Measure>> {
  const read = Object.entries<string>(keys).map(([name, key]) => [name, measureByKey(key)]);
  return Object.fromEntries(read) as Record<K, Measure>;
}
