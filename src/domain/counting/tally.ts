import { type Day } from "../ground/day.js";
import { type Measure } from "./measure.js";
import { type Obligation } from "./obligation.js";

/** Measure → integer. A measure that is not there is 0. */
export type Tally = Readonly<Record<string, number>>;

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
  add(measure: Measure, amount: number): void;
  /** Sets the status of an obligation and the day until which a missing report is not yet due. */
  status(duty: Obligation, status: keyof Obligation["measures"], due: Day): void;
}
