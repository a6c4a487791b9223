import { type Day } from "../ground/day.js";

/** Of what a measure speaks. It decides what of a unit counts that closed before the reference date (decision 021). */
export const NATURES = {
  FLOW: "What happened on the days that count in the school year.",
  OPENING: "How things stood on the first of these days: what flows balance with.",
  STOCK: "How things stand on the reference date.",
  DUTY: "What is owed on the reference date.",
  SIDE: "A side of a rate over units that stand on the reference date: a flow counts there only with what it is set against.",
} as const;
export type Nature = keyof typeof NATURES;

/** A measure: an additive integer taken from a dossier. */
export interface Measure {
  key: string;
  nature: Nature;
}

/** Measure → integer. A measure that is not there is 0. */
export type Tally = Readonly<Record<string, number>>;

export const flow = (key: string): Measure => ({ key, nature: "FLOW" });
export const opening = (key: string): Measure => ({ key, nature: "OPENING" });
export const stock = (key: string): Measure => ({ key, nature: "STOCK" });
export const side = (key: string): Measure => ({ key, nature: "SIDE" });

/** Whether a measure counts also of a unit that was open on a day of the school year and closed before its reference date. */
export const countsOfClosed = ({ nature }: Measure): boolean => nature === "FLOW" || nature === "OPENING";

/**
 * What a dossier says about one obligation. NO_REPORT is not NO: nobody has said anything yet. NOT_DUE, a NO_REPORT
 * whose deadline has not passed, is derived when read.
 */
export const STATUSES = {
  YES: "Done.",
  NO: "Reported as not done, or done without effect.",
  NO_REPORT: "Expected, and nothing was reported.",
  NOT_ELIGIBLE: "The unit does not have this duty in this school year.",
} as const;
export type Status = keyof typeof STATUSES;

/** A duty that each counted unit has or has not: every dossier has exactly one status for it. */
export interface Obligation {
  key: string;
  measures: Readonly<Record<Status, string>>;
  /** Where a union's report may stand for those of its schools: the measures that tell so. */
  throughUnion?: ThroughUnion;
}

/** Schools whose people stand in their union's report, which have no figure of their own, and the schools for which unions spoke: where both stand in a tally they cancel. */
export interface ThroughUnion {
  inUnionReport: string;
  spokenFor: string;
}

export function obligation(key: string): Obligation {
  return { key, measures: { YES: `${key}Yes`, NO: `${key}No`, NO_REPORT: `${key}NoReport`, NOT_ELIGIBLE: `${key}NotEligible` } };
}

/** A report that a union may send for all its schools. */
export function obligationThroughUnion(key: string): Obligation & { throughUnion: ThroughUnion } {
  return { ...obligation(key), throughUnion: { inUnionReport: `${key}InUnionReport`, spokenFor: `${key}SpokenFor` } };
}

/**
 * The status of a duty. Who has done it says YES, owing it or not: a unit that may do without counts only if it did it.
 * Nothing that speaks of this year is NO_REPORT; NO takes a record that says so.
 */
export function judged({ done, owed, denied }: { done: boolean; owed: boolean; denied: boolean }): Status {
  if (done) return "YES";
  if (!owed) return "NOT_ELIGIBLE";
  return denied ? "NO" : "NO_REPORT";
}

/** The status counts of an obligation as measures, and who reported for whom. */
export function statusMeasures(duty: Obligation): Measure[] {
  const { measures, throughUnion } = duty;
  const keys = [...Object.values(measures), ...(throughUnion ? [throughUnion.inUnionReport, throughUnion.spokenFor] : [])];
  return keys.map((key) => ({ key, nature: "DUTY" }));
}

/** The measure of units whose report leaves open what an indicator counts: they have reported, and not said it. */
export function unsaid(indicator: string): string {
  return `${indicator}Unsaid`;
}

/** a - b, without zeros. */
export function difference(a: Tally, b: Tally): Tally {
  return combine(a, b, -1);
}

/** a + b, without zeros. */
export function sum(a: Tally, b: Tally): Tally {
  return combine(a, b, 1);
}

function combine(a: Tally, b: Tally, sign: 1 | -1): Tally {
  const result: Record<string, number> = {};
  for (const key in a) {
    const value = (a[key] ?? 0) + sign * (b[key] ?? 0);
    if (value !== 0) result[key] = value;
  }
  for (const key in b) if (!(key in a) && b[key] !== 0) result[key] = sign * b[key]!;
  return result;
}

/** The measures in which two tallies differ. */
export function measuresDiffering(a: Tally, b: Tally): ReadonlySet<string> {
  return new Set(Object.keys(difference(a, b)));
}

/** Whether two tallies have the same amounts. */
export function isSameTally(a: Tally, b: Tally): boolean {
  return Object.keys(a).every((key) => a[key] === (b[key] ?? 0)) && Object.keys(b).every((key) => (a[key] ?? 0) === b[key]);
}

export function isZero(tally: Tally): boolean {
  return Object.values(tally).every((value) => value === 0);
}

/** Adds to the tally of one dossier. */
export interface TallyWriter {
  add(measure: string, amount: number): void;
  /** Sets the status of an obligation and the day until which a missing report is not yet due. */
  status(duty: Obligation, status: keyof Obligation["measures"], due: Day): void;
}
