import { type Day } from "../domain/ground/day.js";
import { datedObligations } from "../domain/figures/judged-until.js";
import type { JudgedRow } from "../storage/stores/judged.reader.js";
import type { Stores } from "../storage/stores/stores.js";
import { idsOf, inGroups, yearsOf } from "./tallies.js";
import { type JudgedUntil } from "../domain/counting/frozen-due.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/**
 * Until which days the units of many rollups were judged, of the duties behind their measures: a statement a level, filter and tree that a
 * request mixes.
 */
export function judgedUntil(stores: Stores, keys: readonly RollupKey[], today: Day): Promise<JudgedUntil[]> {
  return inGroups(
    stores,
    keys,
    (group) => judgedRows(stores, group, today),
    ({ judged }) => judged,
    Object.fromEntries(datedObligations.map(({ key }) => [key, {}])),
  );
}

async function judgedRows(stores: Stores, group: readonly RollupKey[], today: Day): Promise<JudgedRow[]> {
  const obligations = datedObligations.filter((duty) => group.some(({ measures }) => measures?.includes(duty.measures.YES.key) ?? true));
  if (!group[0] || obligations.length === 0) return [];
  const { where, tree } = group[0];
  const asked = { schoolYears: yearsOf(group), where, obligations };
  if (tree === "TODAY") return stores.judged.untilInTree({ ...asked, unitIds: idsOf(group) }, today);
  const rows: JudgedRow[] = [];
  for (const level of new Set(group.map((key) => key.level))) {
    const unitIds = idsOf(group.filter((key) => key.level === level));
    for (const row of await stores.judged.until(level, { ...asked, unitIds })) rows.push(row);
  }
  return rows;
}
