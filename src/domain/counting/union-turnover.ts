import { type UnitKind } from "../tree/unit.js";
import { NEVER } from "../ground/day.js";
import { lives, profileOn, type UnitHistory } from "../tree/history.js";
import { endReasonOf, type Succession } from "../tree/lineage.js";
import { countsEventOf, type SchoolYear } from "../tree/school-year.js";
import { flow, type Measure, measures, measuresOfEach } from "./measure.js";
import { type Tally } from "./tally.js";
import { END_REASONS, type EndReason } from "../tree/end-reason.js";

const REASONS = Object.keys(END_REASONS) as EndReason[];
/** "DISSOLVED_BUDGET_100" as "DissolvedBudget": a name of a column has letters only. */
const camel = (reason: EndReason) => reason.replace(/_?([A-Z])([A-Z]*)|_\d+/g, (_, first = "", rest = "") => first + rest.toLowerCase());

/** Unions that were founded: grassroots unions and occupational unions are counted apart, as everywhere. */
export const founded = measures({ unionsFounded: flow(), occupationalUnionsFounded: flow() });
/** Unions that ended, by reason. */
export const grassrootsEnded = measuresOfEach(REASONS, (reason) => `unionsEnded${camel(reason)}`, flow());
export const occupationalEnded = measuresOfEach(REASONS, (reason) => `occupationalUnionsEnded${camel(reason)}`, flow());

const TURNOVER: Partial<Record<UnitKind, { founded: Measure; ended: Readonly<Record<EndReason, Measure>> }>> = {
  GRASSROOTS: { founded: founded.unionsFounded, ended: grassrootsEnded },
  OCCUPATIONAL: { founded: founded.occupationalUnionsFounded, ended: occupationalEnded },
};

export const turnoverMeasures: readonly Measure[] = [founded, grassrootsEnded, occupationalEnded].flatMap((each) =>
  Object.values<Measure>(each),
);

/**
 * What a union's coming and going adds to a school year: each time that it opened or ended in the days that count in the
 * year, whether or not it is open on that day, so that the counts of two years differ by what opened and ended.
 * What a merger or split made is not founded. Nothing for other units. `successions`: those in which it is the successor.
 */
export function unionTurnover(history: UnitHistory, year: SchoolYear, successions: readonly Succession[]): Tally {
  const counted = TURNOVER[profileOn(history, year.referenceDate).kind];
  if (!counted) return {};
  const tally: Record<string, number> = {};
  const add = ({ key }: Measure) => (tally[key] = (tally[key] ?? 0) + 1);
  for (const { from, until } of lives(history.placements)) {
    const follows = successions.some(({ kind, on }) => kind !== "REPLACED" && from <= on && on < until && on <= year.referenceDate);
    if (countsEventOf(year, from) && !follows) add(counted.founded);
    const last = history.placements.find((placement) => placement.until === until);
    if (until !== NEVER && last && countsEventOf(year, until)) add(counted.ended[endReasonOf(last)]);
  }
  return tally;
}
