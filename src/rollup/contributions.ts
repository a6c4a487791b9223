import { type Day } from "../domain/ground/day.js";
import { type Tally } from "../domain/counting/tally.js";
import { type Level } from "../domain/tree/unit.js";
import type { Stores } from "../storage/stores/stores.js";
import { tallies } from "./tallies.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** What a unit directly below, with all below it, or the unit's own dossier (`own`) adds to a rollup. */
export interface Contribution {
  unitId: string;
  own: boolean;
  tally: Tally;
}

/**
 * The parts of many rollups that are asked for the same tree, level, school year, filter and measures: of each the units directly
 * below it and its own dossier, which add up to it exactly. Parts that add nothing are left out. One statement for the
 * tree, those of the tallies, one for the units' own dossiers.
 */
export async function contributions(stores: Stores, keys: readonly RollupKey[], today: Day): Promise<Contribution[][]> {
  const groups = new Map<string, RollupKey[]>();
  for (const key of keys) {
    const name = [key.tree, key.level, key.schoolYear.label, key.where.schoolLevel, key.where.ownership, key.measures?.join()].join("|");
    if (!groups.get(name)?.push(key)) groups.set(name, [key]);
  }
  const found = new Map<RollupKey, Contribution[]>();
  for (const group of groups.values()) for (const [key, parts] of await partsOf(stores, group, today)) found.set(key, parts);
  return keys.map((key) => found.get(key) ?? []);
}

async function partsOf(stores: Stores, group: readonly RollupKey[], today: Day): Promise<Map<RollupKey, Contribution[]>> {
  const [first] = group;
  if (!first) return new Map();
  const { tree, schoolYear, where, measures = [] } = first;
  const ids = [...new Set(group.map(({ unitId }) => unitId))];
  const below =
    tree === "TODAY" ? await stores.explain.childrenInTree(ids, today) : await stores.explain.children(ids, first.level, schoolYear.label);
  const keyOf = (unitId: string, level: Level): RollupKey => ({ ...first, unitId, level });
  const ofChildren = await tallies(
    stores,
    below.map(({ unitId, level }) => keyOf(unitId, level)),
    today,
  );
  const children = new Map<string, Contribution[]>(ids.map((id) => [id, []]));
  for (const [index, { parentId, unitId }] of below.entries())
    children.get(parentId)?.push({ unitId, own: false, tally: ofChildren[index] ?? {} });
  const own = await stores.dossiers.sums([], ids, [schoolYear.label], where, measures);
  for (const { unitId, tally } of own) children.get(unitId)?.push({ unitId, own: true, tally });
  const adds = ({ tally }: Contribution) => Object.keys(tally).length > 0;
  return new Map(group.map((key) => [key, (children.get(key.unitId) ?? []).filter(adds)]));
}
