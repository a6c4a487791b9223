import { keysOf, type Measure } from "../counting/measure.js";
import { type DatedObligation, type FollowingObligation, type Obligation, type UndatedObligation } from "../counting/obligation.js";
import { type Tally } from "../counting/tally.js";
import { statusCounts, throughUnionOf, voices } from "../counting/voices.js";
import { type Words } from "../ground/words.js";
import { type Ratio, type Sum } from "../counting/sum.js";

/** What the value counts. A RATE is a fraction: 0.9375 is 93.75%. */
export const VALUE_UNITS = {
  RATE: "A fraction of its denominator: 0.9375 is 93.75%. Not capped at 1.",
  PEOPLE: "People.",
  UNITS: "Units of the federation: schools or unions.",
  MEAN: "A mean: the numerator for each unit of the denominator, e.g. members a committee.",
  AGREEMENTS: "Collective agreements.",
  GIFTS: "Gifts.",
  TURNS: "Turns: somebody who came or was helped twice counts twice.",
  DONG: "Vietnamese dong (VND), nominal.",
  INITIATIVES: "Initiatives (sáng kiến).",
  AWARDS: "Awards: certificates, flags and the like.",
  SESSIONS: "Sessions, meetings and the like.",
} as const;
export type ValueUnit = keyof typeof VALUE_UNITS;

/** Which way is better. */
export const DIRECTIONS = { HIGHER: "Higher is better.", LOWER: "Lower is better.", NEUTRAL: "Neither is better." } as const;
export type Direction = keyof typeof DIRECTIONS;

/** Of what time the figure speaks. */
export const PERIODS = {
  STATE: "How things stand on the reference date of the school year.",
  FLOW: "What happened in the school year: what has a day of its own counts from the day after the last reference date to this one, usually twelve months (schoolYear.countsFrom). A unit that was open on one of these days and closed before the last counts with what it did, where it last stood.",
  TERM: "What has been done in the term that runs on the reference date; a record of a term counts in each school year whose reference date lies in it.",
} as const;
export type Period = keyof typeof PERIODS;

/** One bar of a distribution: a word and what it counts. */
export interface Bucket extends Sum {
  /** Name for machines, e.g. "THREE". */
  key: string;
  words: Words;
}

/** An indicator: a numerator, a denominator and words. It owns no storage; a new one over known measures needs no migration. */
export interface Indicator {
  key: string;
  name: Words;
  definition: Words;
  numerator: Sum & { words: Words };
  /** None for a count. */
  denominator: (Sum & { words: Words }) | null;
  eligibility: Words;
  unit: ValueUnit;
  period: Period;
  direction: Direction;
  source: string;
  /** Whose reports the figure rests on: coverage is counted over it. */
  obligation: Obligation | null;
  /**
   * True for a count that rests on reports: where none of the units that owe one has said anything it is unknown, not 0. A count
   * of the register (schools, unions founded, agreements that were recorded) or of who has not reported is a fact and stays 0.
   */
  isReported?: true;
  /** The measure of units whose report leaves open what it counts: unknown is not zero, and they are not covered. */
  unsaid?: Measure;
  /** Whether a directive may set a deadline for it: it counts who did a duty that has one (`completionOf`). */
  takesDeadline?: boolean;
  /** The key of the indicator whose deadline judges this one, where it is another (`completionOf`). */
  judgedBy?: string;
  /** True when the numerator counts the units that said YES, so that bounds can be told. */
  countsYes?: boolean;
  /** Parts in which the figure is told as well, e.g. committees by size: they lie beside each other and overlap nowhere. */
  buckets?: readonly Bucket[];
  /** What a count may be set against, e.g. gifts against members. */
  per?: Ratio;
}

/** The key by which directives set the deadline that judges an indicator: its own, or that of the indicator by whose deadline it is judged. */
export function deadlineKey({ key, judgedBy }: Pick<Indicator, "key" | "judgedBy">): string {
  return judgedBy ?? key;
}

/** The sum of an indicator's measures in a tally. */
export function evaluate(terms: Sum, tally: Tally): number {
  const total = (measures: readonly Measure[]) => measures.reduce((sum, { key }) => sum + (tally[key] ?? 0), 0);
  return total(terms.plus) - total(terms.minus ?? []);
}

/**
 * The figures of an indicator in a tally. A rate with denominator 0 has no value, nor has a count that nobody has reported: missing is
 * not zero (decision 020). Nothing is rounded and nothing capped.
 */
export function figures(indicator: Indicator, tally: Tally) {
  const numerator = evaluate(indicator.numerator, tally);
  const denominator = indicator.denominator ? evaluate(indicator.denominator, tally) : null;
  return { numerator, denominator, value: isUnknown(indicator, numerator, tally) ? null : ratio(numerator, denominator) };
}

function isUnknown(indicator: Indicator, numerator: number, tally: Tally): boolean {
  const { isReported, obligation } = indicator;
  if (!isReported || !obligation || numerator !== 0) return false;
  return (voices(indicator, tally)?.said ?? 0) === 0;
}

/** The buckets of an indicator with what each counts; none where it has no distribution. */
export function distribution(indicator: Indicator, tally: Tally): { bucket: Bucket; count: number }[] {
  return (indicator.buckets ?? []).map((bucket) => ({ bucket, count: evaluate(bucket, tally) }));
}

/** A count for every 100 of what it is set against, with both sides. */
export interface PerHundredFigures {
  /** `null` where the base is 0. */
  value: number | null;
  numerator: number;
  base: number;
}

/**
 * A count for every 100 of what it is set against, e.g. gifts for every 100 members, over the units that reported both (decision 020); what that leaves
 * out of the count and of the people; and apart what federations did themselves. `null` where it is set against nothing.
 */
export function perHundred(
  { per, numerator }: Indicator,
  tally: Tally,
): (PerHundredFigures & { leftOut: { numerator: number; base: number }; apart: PerHundredFigures | null }) | null {
  if (!per) return null;
  const of = (above: number, below: number): PerHundredFigures => ({ value: ratio(100 * above, below), numerator: above, base: below });
  const [both, base, apart, whole] = [per.numerator, per.base, per.apart, per.whole].map((terms) => evaluate(terms, tally)) as [
    number,
    number,
    number,
    number,
  ];
  return {
    ...of(both, base),
    leftOut: { numerator: evaluate(numerator, tally) - both - apart, base: whole - base },
    apart: apart === 0 ? null : of(apart, whole),
  };
}

/** The measures of some sums. */
export function measuresIn(sums: readonly (Sum | null)[]): Measure[] {
  return sums.flatMap((sum) => (sum ? [...sum.plus, ...(sum.minus ?? [])] : []));
}

/** The keys of the measures of an indicator's formula, each once. */
export function formulaMeasures({ numerator, denominator }: Indicator): string[] {
  return [...new Set(keysOf(measuresIn([numerator, denominator])))];
}

/** The keys of the measures that the figures, buckets, statuses and bounds of an indicator are made of. */
export function measuresOf(indicator: Indicator): string[] {
  const { numerator, denominator, buckets = [], per, obligation, unsaid } = indicator;
  const through = throughUnionOf(indicator);
  const ratios = per ? [per.numerator, per.base, per.apart, per.whole] : [];
  const sums = measuresIn([numerator, denominator, ...ratios, ...buckets]);
  const open = [...(unsaid ? [unsaid] : []), ...(through ? [through.inUnionReport, through.spokenFor] : [])];
  return keysOf([...sums, ...Object.values(obligation?.measures ?? {}), ...open]);
}

/** What a rate would be if every unit without a report said NO, and if every one said YES. */
export function bounds(indicator: Indicator, tally: Tally): { lower: number; upper: number } | null {
  if (!indicator.obligation || !indicator.countsYes) return null;
  const { yes, no, noReport } = statusCounts(indicator.obligation, tally);
  const expected = yes + no + noReport;
  return expected === 0 ? null : { lower: yes / expected, upper: (yes + noReport) / expected };
}

function ratio(numerator: number, denominator: number | null): number | null {
  if (denominator === null) return numerator;
  return denominator === 0 ? null : numerator / denominator;
}

/** What of an indicator follows from the duty of which it counts who did it. */
type Completion = Pick<Indicator, "obligation" | "countsYes" | "unit" | "direction" | "takesDeadline" | "judgedBy"> & {
  yes: Sum;
  expected: Sum;
};

/**
 * The share of units that did their duty, of those that have it: YES of YES, NO and NO_REPORT. `judge`: of a duty that is judged by the last day of
 * another, the indicator of that other.
 */
export function completionOf(duty: DatedObligation | UndatedObligation): Completion;
export function completionOf(duty: FollowingObligation, judge: Indicator): Completion;
export function completionOf(duty: Obligation, judge?: Indicator): Completion {
  return {
    obligation: duty,
    countsYes: true,
    unit: "RATE",
    direction: "HIGHER",
    ...(duty.deadline && { takesDeadline: true }),
    ...(judge && { judgedBy: judge.key }),
    yes: { plus: [duty.measures.YES] },
    expected: { plus: [duty.measures.YES, duty.measures.NO, duty.measures.NO_REPORT] },
  };
}
