import { type StatusCounts, statusCounts, voices } from "../counting/voices.js";
import { type Tally } from "../counting/tally.js";
import { type Indicator } from "./indicator.js";

/** Of the units expected to report, how many did. */
export interface CoverageOf {
  expected: number;
  reported: number;
  /** Due, and nothing was said; those of `unsaid`, too. */
  missing: number;
  /** Reported, and left open what is counted; or counted in a report that is not in the tally. */
  unsaid: number;
  notDue: number;
  /** reported / expected; `null` where nobody is expected. */
  rate: number | null;
}

/** Units by status, with those apart that have said nothing and need not have yet. `noReport`: the others who have said nothing. */
export type DatedStatuses = StatusCounts & { notDue: number };

/** `notDue`: by obligation, how many missing reports are not due yet. `null` where no report is expected. */
export function statusesOf({ obligation }: Indicator, tally: Tally, notDue: Tally): DatedStatuses | null {
  if (!obligation) return null;
  const counts = statusCounts(obligation, tally);
  const later = notDue[obligation.key] ?? 0;
  return { ...counts, noReport: counts.noReport - later, notDue: later };
}

/** The same arguments, the same `null`. */
export function coverageOf(indicator: Indicator, tally: Tally, notDue: Tally): CoverageOf | null {
  const counts = statusesOf(indicator, tally, notDue);
  const said = voices(indicator, tally);
  if (!counts || !said) return null;
  const missing = counts.noReport + said.unsaid;
  const expected = said.said + missing + counts.notDue;
  return {
    ...{ expected, reported: said.said, missing, unsaid: said.unsaid, notDue: counts.notDue },
    rate: expected === 0 ? null : said.said / expected,
  };
}
