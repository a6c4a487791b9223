import { type Day } from "../ground/day.js";
import { type Obligation } from "./obligation.js";
import { type Tally } from "./tally.js";

/** How many units that have a duty were judged until which day, by obligation; of those that were looked at. */
export type JudgedUntil = Readonly<Record<string, Readonly<Record<Day, number>>>>;

/**
 * By duty and by the day until which it was judged: how many units have the duty, and how many of them have said nothing. What
 * a vintage keeps of the days that judged its figures.
 */
export type FrozenDue = Readonly<Record<string, Readonly<Record<Day, readonly [units: number, silent: number]>>>>;

/** The days by which a dossier was judged, of the duties that it has. */
export function dueOf(tally: Tally, due: Readonly<Record<string, Day>>, obligations: readonly Obligation[]): FrozenDue {
  return Object.fromEntries(
    obligations.flatMap(({ key, measures: { YES, NO, NO_REPORT } }) => {
      const [day, silent] = [due[key], tally[NO_REPORT.key] ?? 0];
      const units = (tally[YES.key] ?? 0) + (tally[NO.key] ?? 0) + silent;
      return day === undefined || units === 0 ? [] : [[key, { [day]: [units, silent] as const }]];
    }),
  );
}

/** What all of these have together, in the order of duties and days. */
export function addedDue(all: readonly FrozenDue[]): FrozenDue {
  const total = new Map<string, Map<Day, [number, number]>>();
  for (const one of all)
    for (const [duty, days] of Object.entries(one)) {
      const ofDuty = total.get(duty) ?? new Map<Day, [number, number]>();
      total.set(duty, ofDuty);
      for (const [day, [units, silent]] of Object.entries(days)) {
        const [known, quiet] = ofDuty.get(day) ?? [0, 0];
        ofDuty.set(day, [known + units, quiet + silent]);
      }
    }
  return sortedObject([...total].map(([duty, days]) => [duty, sortedObject([...days])]));
}

/** The duties in which two differ. */
export function dutiesDiffering(a: FrozenDue, b: FrozenDue): ReadonlySet<string> {
  const differing = new Set<string>();
  for (const duty in a) if (!isSame(a[duty], b[duty])) differing.add(duty);
  for (const duty in b) if (!isSame(a[duty], b[duty])) differing.add(duty);
  return differing;
}

function isSame(a: FrozenDue[string] = {}, b: FrozenDue[string] = {}): boolean {
  for (const day in b) if (!(day in a)) return false;
  for (const day in a) if (a[day]![0] !== b[day]?.[0] || a[day]![1] !== b[day][1]) return false;
  return true;
}

/** How many units were judged until which day; of every duty that is asked for. */
export function judgedIn(due: FrozenDue, obligations: readonly Obligation[]): JudgedUntil {
  const ofDuty = (days: FrozenDue[string]) => Object.fromEntries(Object.entries(days).map(([day, [units]]) => [day, units]));
  return Object.fromEntries(obligations.map(({ key }) => [key, ofDuty(due[key] ?? {})]));
}

/** By duty, how many have said nothing and need not have on a day. */
export function notDueIn(due: FrozenDue, on: Day): Tally {
  const ofDuty = (days: FrozenDue[string]) => Object.entries(days).reduce((sum, [day, [, silent]]) => sum + (day >= on ? silent : 0), 0);
  return Object.fromEntries(Object.entries(due).map(([duty, days]) => [duty, ofDuty(days)]));
}

function sortedObject<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
