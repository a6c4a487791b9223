import { type Day } from "../domain/ground/day.js";
import { type FrozenDue, judgedIn } from "../domain/counting/frozen-due.js";
import { deadlineKey, distribution, figures, type Indicator, perHundred } from "../domain/figures/indicator.js";
import { statusCounts, voices } from "../domain/counting/voices.js";
import { type DeadlineUnits, otherDeadlines } from "../domain/figures/judged-until.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type Tally } from "../domain/counting/tally.js";
import { type VintageDifference } from "../domain/analysis/vintage.js";
import { deadlineOn, isAttained, type Standards } from "./standards.js";

/** What the figures of a unit under a filter rest on, as published or as it is now. */
export interface Ground {
  tally: Tally;
  standards: Standards;
  /** `null`: the vintage did not keep it. */
  due: FrozenDue | null;
}

/** What stands beside the value of a figure. That a day has passed is no change of it: who has not reported is silent, due or not. */
export interface Beside {
  target: number | null;
  attained: boolean | null;
  deadline: Day | null;
  /** `null` where no day judges the indicator, or the vintage did not keep it. */
  otherDeadlines: DeadlineUnits[] | null;
  /** Units that said it, that left it open and that have not reported; `null` where no report is expected. */
  coverage: { said: number; unsaid: number; noReport: number } | null;
  /** Units by status, buckets, and the count set against people. */
  parts: readonly unknown[];
}

export function besideOf(indicator: Indicator, { tally, standards, due }: Ground, year: SchoolYear): Beside {
  const target = standards.targets.get(indicator.key)?.target ?? null;
  const deadline = deadlineOn(standards, indicator, year);
  return {
    target,
    attained: isAttained(indicator, figures(indicator, tally).value, target),
    deadline,
    otherDeadlines: due && otherDeadlines(indicator, judgedIn(due, indicator.obligation ? [indicator.obligation] : []), deadline, year),
    coverage: voices(indicator, tally),
    parts: partsOf(indicator, tally),
  };
}

/** What else than the value and its coverage is made of a tally: what is 0 may be left out. */
export function partsOf(indicator: Indicator, tally: Tally): readonly unknown[] {
  const { obligation } = indicator;
  return [
    obligation && statusCounts(obligation, tally),
    distribution(indicator, tally).flatMap(({ bucket: { key }, count }) => (count === 0 ? [] : [[key, count]])),
    perHundred(indicator, tally),
  ];
}

/** In what a figure shown now differs from the published one, but for its value. */
export function differencesOf(then: Beside, now: Beside): VintageDifference[] {
  const isOther = (part: keyof Beside) => JSON.stringify(then[part]) !== JSON.stringify(now[part]);
  return [
    ...(isOther("target") ? (["TARGET"] as const) : []),
    ...(isOther("attained") ? (["ATTAINED"] as const) : []),
    ...(isOther("deadline") ? (["DEADLINE"] as const) : []),
    ...(then.otherDeadlines !== null && isOther("otherDeadlines") ? (["OTHER_DEADLINES"] as const) : []),
    ...(isOther("coverage") ? (["COVERAGE"] as const) : []),
    ...(isOther("parts") ? (["PARTS"] as const) : []),
  ];
}

/** Whether the same target and deadline hold for an indicator. */
export function sameStandard(indicator: Indicator, a: Standards, b: Standards): boolean {
  const [key, ofDeadline] = [indicator.key, deadlineKey(indicator)];
  return (
    a.targets.get(key)?.target === b.targets.get(key)?.target &&
    a.deadlines.get(ofDeadline)?.deadline === b.deadlines.get(ofDeadline)?.deadline
  );
}
