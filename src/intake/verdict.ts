import { type Problem, problem } from "../domain/problem.js";
import { type SchoolYear } from "../domain/school-year.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { type Named, Names } from "./hints.js";
import { lockedAmong } from "./locked.js";
import { pastOfOthers, type UnitYear } from "./past.js";

/** Locks that a refusal tells of. */
const MOST_LOCKS = 5;

/**
 * Why a change may not touch the figures of these units and years; empty where it may. Where others keep one of them only
 * that is told, else each lock once, with the units and years that it holds.
 */
export async function verdictOn(
  stores: Stores,
  change: Change,
  field: string | null,
  touched: readonly UnitYear[],
  years: readonly SchoolYear[],
): Promise<Problem[]> {
  const foreign = await foreignPast(stores, change, field, touched);
  if (foreign) return [foreign];
  const byLock = new Map<string, Named[]>();
  for (const { unitId, schoolYear, lock } of await lockedAmong(stores, touched, years))
    byLock.set(lock.words.en, [...(byLock.get(lock.words.en) ?? []), { unitId, schoolYear }]);
  const problems: Problem[] = [];
  for (const [sentence, locked] of [...byLock].slice(0, MOST_LOCKS))
    problems.push(problem("PERIOD_LOCKED", field, `This would change figures of ${await named(stores, change, locked)}. ${sentence}`));
  return problems;
}

/** The refusal to change the past of others; null where there is none. */
export async function foreignPast(
  stores: Stores,
  change: Change,
  field: string | null,
  units: readonly UnitYear[],
): Promise<Problem | null> {
  const foreign = await pastOfOthers(stores, change, units);
  if (foreign.length === 0) return null;
  return problem(
    "FORBIDDEN",
    field,
    `This would change figures of ${await named(stores, change, foreign)}: they did not stand in your branch then. Whoever kept them then, or an administrator, changes that time.`,
  );
}

/** Only those that the caller may see. */
async function named(stores: Stores, change: Change, all: readonly Named[]): Promise<string> {
  return (await Names.of(stores, change, all)).listed(all)?.en ?? "";
}
