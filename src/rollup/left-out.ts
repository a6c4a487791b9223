import { type Day } from "../domain/ground/day.js";
import { formulaMeasures, type Indicator } from "../domain/figures/indicator.js";
import { throughUnionOf } from "../domain/counting/voices.js";
import { levelsBehind, type LeftOutReason, measuresInSuccessors, type ClosedPart, type LeftOutQuery } from "../domain/analysis/left-out.js";
import { measuresOfClosed } from "../domain/counting/measures.js";
import { rank } from "../domain/tree/unit.js";
import type { Stores } from "../storage/stores/stores.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** A figure whose left-out units are asked for. */
export interface LeftOutKey {
  of: RollupKey;
  indicator: Indicator;
}

/** How many units are left out of each of many figures, by reason: a statement for figures that differ only in the unit. */
export async function leftOutCounts(
  stores: Stores,
  keys: readonly LeftOutKey[],
  today: Day,
): Promise<Partial<Record<LeftOutReason, number>>[]> {
  const found = await inGroups(keys, today, (query) => stores.explain.leftOutCounts(query));
  return found.map((counts) => counts ?? {});
}

/** What units that closed before the reference date add to each of many figures; `null` where nothing of such units can count in it. */
export async function closedParts(stores: Stores, keys: readonly LeftOutKey[], today: Day): Promise<(ClosedPart | null)[]> {
  const told = keys.filter(({ indicator }) => flowsOf(indicator).length > 0);
  const found = await inGroups(told, today, (query) => stores.explain.closedParts(query));
  const parts = new Map(told.map((key, index) => [key, found[index] ?? { units: 0, tally: {} }]));
  return keys.map((key) => parts.get(key) ?? null);
}

async function inGroups<T>(
  keys: readonly LeftOutKey[],
  today: Day,
  ask: (query: LeftOutQuery) => Promise<ReadonlyMap<string, T>>,
): Promise<(T | undefined)[]> {
  const groups = new Map<string, LeftOutQuery & { unitIds: string[] }>();
  const nameOf = ({ of, indicator }: LeftOutKey) =>
    [indicator.key, of.level, of.tree, of.schoolYear.label, of.where.schoolLevel, of.where.ownership].join("|");
  for (const key of keys) {
    const query = groups.get(nameOf(key)) ?? { ...leftOutQuery(key, today), unitIds: [] };
    query.unitIds.push(key.of.unitId);
    groups.set(nameOf(key), query);
  }
  const found = new Map<string, ReadonlyMap<string, T>>();
  for (const [name, query] of groups) found.set(name, await ask(query));
  return keys.map((key) => found.get(nameOf(key))?.get(key.of.unitId));
}

/** The measures of a figure that count also of a unit which closed before the reference date. */
const flowsOf = (indicator: Indicator) => formulaMeasures(indicator).filter((key) => measuresOfClosed.includes(key));

/** The question for the units that are left out of a figure; of a unit below all that can speak in it, for the unit itself. */
export function leftOutQuery({ of, indicator }: LeftOutKey, today: Day): LeftOutQuery {
  const levels = levelsBehind(indicator).filter((level) => rank(level) >= rank(of.level));
  return {
    unitIds: [of.unitId],
    level: of.level,
    schoolYear: of.schoolYear.label,
    referenceDate: of.schoolYear.referenceDate,
    where: of.where,
    treeOn: of.tree === "TODAY" ? today : null,
    obligation: indicator.obligation?.key ?? null,
    unsaid: indicator.unsaid?.key ?? null,
    inUnionReport: throughUnionOf(indicator)?.inUnionReport.key ?? null,
    flows: flowsOf(indicator),
    inSuccessors: measuresInSuccessors(indicator),
    levels: levels.length > 0 ? levels : [of.level],
    today,
  };
}
