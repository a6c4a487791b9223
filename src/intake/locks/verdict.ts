import { type Problem } from "../../domain/ground/problem.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { lockedAmong } from "./locked.js";
import { pastOfOthers, type UnitYear } from "./past.js";
import { Refusing } from "./refusing.js";

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
  if (foreign.length > 0) return foreign;
  const locked = await lockedAmong(stores, touched, years);
  return locked.length === 0 ? [] : (await Refusing.of(stores, change, [], locked)).locked(field, locked);
}

/** The refusal to change the past of others; empty where there is none. */
export async function foreignPast(stores: Stores, change: Change, field: string | null, units: readonly UnitYear[]): Promise<Problem[]> {
  const foreign = await pastOfOthers(stores, change, units);
  return foreign.length === 0 ? [] : (await Refusing.of(stores, change, foreign, [])).foreign(field, foreign);
}
