import { rounded } from "./reconciliation.js";

/** The only count out of so many that reads as a printed rate; `null` where none or several do. What is not all or none of them never reads so. */
export function onlyNumerator(printed: number, denominator: number, decimals: number): number | null {
  const near = Math.round(printed * denominator);
  const isWhole = (rate: number) => rate === 0 || rate === 1;
  const fits = [near - 1, near, near + 1].filter((count) => {
    const rate = count / denominator;
    return count >= 0 && isWhole(rate) === isWhole(printed) && rounded(rate, decimals + 2) === rounded(printed, decimals + 2);
  });
  return fits.length === 1 ? fits[0]! : null;
}

/** Whether a rate reads as printed when its further decimals are cut off. */
export function cutOff(rate: number, decimals: number, printed: number): boolean {
  return Math.floor(Number((rate * 10 ** (decimals + 2)).toPrecision(15))) === rounded(printed, decimals + 2);
}

/** Denominators that are tried; a district federation has no more units. */
const LARGEST_DENOMINATOR = 2_000;

/** The fraction of the smallest denominator that reads as a printed rate, e.g. 89/101 for 88.12%; `null` where none does. */
export function smallestFraction(rate: number, decimals: number): string | null {
  for (let of = 1; of <= LARGEST_DENOMINATOR; of++) {
    const count = Math.round(rate * of);
    if (rounded(count / of, decimals + 2) === rounded(rate, decimals + 2)) return `${count}/${of}`;
  }
  return null;
}
