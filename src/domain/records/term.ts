import { type Day } from "../ground/day.js";
import { required, text } from "./field.js";

/**
 * A term (nhiệm kỳ) as the records hold it: its name by years ("2023-2028"), its first and its last day, both in it. A
 * record of a term counts in each school year whose reference date lies in the term.
 */
export interface Term {
  term: string;
  termStart: Day | null;
  termEnd: Day | null;
}

/** The field with the name of a term. With the unit it is the record's identity, so that its days can be corrected. */
export const termName = (description: string) =>
  required(text({ en: "term", vi: "nhiệm kỳ" }, `${description} Its years, e.g. "2023-2028" (nhiệm kỳ).`, 9));

/** First and last year of a term's name; `null` where it names none. */
export function termYears(term: string | null): { first: number; last: number } | null {
  const years = /^(\d{4})-(\d{4})$/.exec(term ?? "");
  if (!years) return null;
  const [first, last] = [Number(years[1]), Number(years[2])];
  return first >= 1900 && first < last && last <= 2200 ? { first, last } : null;
}

/** Whether a day lies in the term. Without a first day nothing does; without a last one it has not ended. */
export function isInTerm({ termStart, termEnd }: Pick<Term, "termStart" | "termEnd">, on: Day): boolean {
  return termStart !== null && termStart <= on && (termEnd === null || on <= termEnd);
}

/** Whether the years of a term's name have the year of a day among them: what is known of a term without days. */
export function namesYearOf(term: string | null, on: Day): boolean {
  const years = termYears(term);
  const year = Number(on.slice(0, 4));
  return years !== null && years.first <= year && year <= years.last;
}

/** Whether a term is known by its name to have ended before a day: its last year is over. A name that names no years has not. */
export function hasEnded(term: string | null, on: Day): boolean {
  const years = termYears(term);
  return years !== null && `${years.last}-12-31` < on;
}

/** Of records of terms the one that began last; on the same day, that of the later name. */
export function latest<T extends Pick<Term, "term" | "termStart">>(terms: readonly T[]): T | null {
  const order = ({ termStart, term }: T) => `${termStart ?? ""} ${term}`;
  return terms.reduce<T | null>((best, candidate) => (best === null || order(candidate) > order(best) ? candidate : best), null);
}
