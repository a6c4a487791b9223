import { keysOf, type Measure } from "./measure.js";
import { type Obligation, type ThroughUnion } from "./obligation.js";
import { type Tally } from "./tally.js";

/** Of the units expected to report, how many did. */
export interface StatusCounts {
  yes: number;
  no: number;
  noReport: number;
  notEligible: number;
}

export function statusCounts(duty: Obligation, tally: Tally): StatusCounts {
  const of = (status: keyof Obligation["measures"]) => tally[duty.measures[status].key] ?? 0;
  return { yes: of("YES"), no: of("NO"), noReport: of("NO_REPORT"), notEligible: of("NOT_ELIGIBLE") };
}

/** What tells whose voices are in a figure. */
interface Voiced {
  numerator: { plus: readonly Measure[] };
  obligation: Obligation | null;
  unsaid?: Measure | undefined;
}

/**
 * Of the units that owe what a figure rests on: who said it, who reported and left it open, or whose people stand in a report that is not in the
 * tally, and who has not reported.
 */
export function voices(indicator: Voiced, tally: Tally): { said: number; unsaid: number; noReport: number } | null {
  const { obligation, unsaid } = indicator;
  if (!obligation) return null;
  const { yes, no, noReport } = statusCounts(obligation, tally);
  const left = unsaid === undefined ? 0 : (tally[unsaid.key] ?? 0);
  const open = Math.max(0, left + countedElsewhere(indicator, tally));
  return { said: yes + no - open, unsaid: open, noReport };
}

/** The measures that tell of whom nothing is in a figure, because their union's report counts them; none where it counts who reported. */
export function throughUnionOf({ numerator, obligation }: Voiced): ThroughUnion | null {
  if (!obligation?.throughUnion) return null;
  const statuses = keysOf(Object.values(obligation.measures));
  return numerator.plus.some(({ key }) => statuses.includes(key)) ? null : obligation.throughUnion;
}

/** Schools of which nothing is in a figure, because a report of their union counts them that is not in the tally; less than 0 where the reports count more than the schools in it. */
export function countedElsewhere(indicator: Voiced, tally: Tally): number {
  const through = throughUnionOf(indicator);
  return through ? spokenForElsewhere(through, tally) : 0;
}

/** Schools whose people stand in a report of their union that is not in the tally. */
export function spokenForElsewhere({ inUnionReport, spokenFor }: ThroughUnion, tally: Tally): number {
  return (tally[inUnionReport.key] ?? 0) - (tally[spokenFor.key] ?? 0);
}
