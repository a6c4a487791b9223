import { type Words } from "./words.js";

/** A rate as people write it, in as many decimals as were printed, else in those that it has, up to four; never as 0% or 100% unless it is. */
export function percentInWords(rate: number, printed: number | null = null): Words {
  const digits = (rate * 100).toFixed(percentDecimals(rate, printed ?? 4));
  const shown = printed === null ? digits.replace(/\.?0+$/, "") : digits;
  return { en: `${shown}%`, vi: `${shown.replace(".", ",")}%` };
}

/** So many decimals of a percentage as asked for, or as many more as keep a rate that is neither from reading as 0% or 100%. */
export function percentDecimals(rate: number, least: number): number {
  const isWhole = (decimals: number) => [0, 100].includes(Number((rate * 100).toFixed(decimals)));
  let decimals = least;
  if (rate !== 0 && rate !== 1) while (decimals < 15 && isWhole(decimals)) decimals += 1;
  return decimals;
}
