import { NEVER } from "../ground/day.js";
import { lives, profileOn, type UnitHistory } from "../tree/history.js";
import { endReasonOf, type Succession } from "../tree/lineage.js";
import { countsEventOf, type SchoolYear } from "../tree/school-year.js";
import { flow, type Measure, type Tally } from "./tally.js";
import { END_REASONS, type EndReason } from "../tree/end-reason.js";

/** Grassroots unions and occupational unions are counted apart, as everywhere. */
const STEMS: Partial<Record<string, string>> = { GRASSROOTS: "unions", OCCUPATIONAL: "occupationalUnions" };

const REASONS = Object.keys(END_REASONS) as EndReason[];
/** "DISSOLVED_BUDGET_100" as "DissolvedBudget": a name of a column has letters only. */
const camel = (reason: EndReason) => reason.replace(/_?([A-Z])([A-Z]*)|_\d+/g, (_, first = "", rest = "") => first + rest.toLowerCase());

/** The measures of unions that ended, a reason each. */
export const grassrootsEnded = endedBy("unions");
export const occupationalEnded = endedBy("occupationalUnions");

function endedBy(stem: string): Readonly<Record<EndReason, string>> {
  return Object.fromEntries(REASONS.map((reason) => [reason, `${stem}Ended${camel(reason)}`])) as Record<EndReason, string>;
}

export const turnoverMeasures: readonly Measure[] = [
  ...["unionsFounded", "occupationalUnionsFounded"],
  ...[grassrootsEnded, occupationalEnded].flatMap((measures) => Object.values(measures)),
].map(flow);

/**
 * What a union's coming and going adds to a school year: each time that it opened or ended in the days that count in the
 * year, whether or not it is open on that day, so that the counts of two years differ by what opened and ended.
 * What a merger or split made is not founded. Nothing for other units. `successions`: those in which it is the successor.
 */
export function unionTurnover(history: UnitHistory, year: SchoolYear, successions: readonly Succession[]): Tally {
  const stem = STEMS[profileOn(history, year.referenceDate).kind];
  if (stem === undefined) return {};
  const tally: Record<string, number> = {};
  const add = (measure: string) => (tally[measure] = (tally[measure] ?? 0) + 1);
  const ends = stem === "unions" ? grassrootsEnded : occupationalEnded;
  for (const { from, until } of lives(history.placements)) {
    const follows = successions.some(({ kind, on }) => kind !== "REPLACED" && from <= on && on < until && on <= year.referenceDate);
    if (countsEventOf(year, from) && !follows) add(`${stem}Founded`);
    const last = history.placements.find((placement) => placement.until === until);
    if (until !== NEVER && last && countsEventOf(year, until)) add(ends[endReasonOf(last)]);
  }
  return tally;
}
