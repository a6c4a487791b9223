import { createHash } from "node:crypto";
import { type Day } from "../domain/ground/day.js";
import { measureKeys } from "../domain/counting/measures.js";
import { type Tally } from "../domain/counting/tally.js";
import { lastDeadline } from "../domain/tree/school-year.js";
import { talliesOfTheYear } from "../ledger/tallies.js";
import { inStretches, mapInStretches } from "../stretches.js";
import type { SumRow } from "../storage/stores/ledger.store.js";
import type { Stores } from "../storage/stores/stores.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** Lists of measures in short: the names of all are 5 kB, and there are thousands of keys. */
const digests = new WeakMap<readonly string[], string>();

/** Tells every two rollups apart. */
export function rollupName({ unitId, schoolYear, where, tree, measures = measureKeys }: RollupKey): string {
  let digest = digests.get(measures);
  if (!digest) digests.set(measures, (digest = createHash("sha256").update(measures.join()).digest("base64")));
  return [unitId, schoolYear.label, where.schoolLevel, where.ownership, tree, digest].join("|");
}

/**
 * The tallies of many rollups, in a number of statements that depends on neither units nor years nor indicators: one for
 * the ledger, one for unions, one for schools; each filter and each tree that a request mixes asks its own.
 */
export function tallies(stores: Stores, keys: readonly RollupKey[], today: Day): Promise<Tally[]> {
  return inGroups(stores, keys, (group) => tallyRows(stores, group, today), tallyIn, {});
}

/** By obligation, how many missing reports of each rollup are not due yet. None once the last deadline of the school year has passed. */
export function notDueCounts(stores: Stores, keys: readonly RollupKey[], today: Day): Promise<Tally[]> {
  const load = (group: readonly RollupKey[]) =>
    notDueRows(
      stores,
      group.filter(({ schoolYear }) => today <= lastDeadline(schoolYear)),
      today,
    );
  return inGroups(stores, keys, load, tallyIn, {});
}

const tallyIn = ({ tally }: SumRow) => tally;

/** Loads what belongs to rollups, those together that differ in unit and school year alone. `none`: where nothing is found. */
export async function inGroups<Row extends { unitId: string; schoolYear: string }, T>(
  { pause }: Stores,
  keys: readonly RollupKey[],
  load: (group: RollupKey[]) => Promise<Row[]>,
  valueOf: (row: Row) => T,
  none: T,
): Promise<T[]> {
  const groups = new Map<string, RollupKey[]>();
  const assign = (key: RollupKey) => {
    const group = groups.get(groupOf(key));
    if (group) group.push(key);
    else groups.set(groupOf(key), [key]);
  };
  await inStretches(keys, assign, pause);
  const found = new Map<string, T>();
  for (const [name, group] of groups)
    await inStretches(await load(group), (row) => void found.set(`${name} ${row.unitId} ${row.schoolYear}`, valueOf(row)), pause);
  return mapInStretches(keys, (key) => found.get(`${groupOf(key)} ${key.unitId} ${key.schoolYear.label}`) ?? none, pause);
}

function groupOf({ where, tree }: RollupKey): string {
  return `${tree} ${where.schoolLevel ?? "ALL"} ${where.ownership ?? "ALL"}`;
}

async function tallyRows(stores: Stores, group: readonly RollupKey[], today: Day): Promise<SumRow[]> {
  const [first] = group;
  if (!first) return [];
  const { where, tree } = first;
  const years = yearsOf(group);
  const measures = measuresOf(group);
  if (measures.length === 0) return [];
  if (tree === "TODAY") return stores.dossiers.sumsInTree(idsOf(group), years, where, measures, today);
  return talliesOfTheYear(stores, group, years, where, measures);
}

async function notDueRows(stores: Stores, group: readonly RollupKey[], today: Day): Promise<SumRow[]> {
  const [first] = group;
  if (!first) return [];
  const { where, tree } = first;
  const years = yearsOf(group);
  if (tree === "TODAY") return stores.dossiers.notDueInTree(idsOf(group), years, where, today);
  const rows: SumRow[] = [];
  for (const level of new Set(group.map((key) => key.level))) {
    const ids = idsOf(group.filter((key) => key.level === level));
    for (const row of await stores.dossiers.notDue(level, ids, years, where, today)) rows.push(row);
  }
  return rows;
}

/** What any of the group wants; a statement reads no more. */
function measuresOf(group: readonly RollupKey[]): readonly string[] {
  const lists = [...new Set(group.map(({ measures }) => measures ?? measureKeys))];
  return lists.length === 1 ? lists[0]! : [...new Set(lists.flat())];
}

export const idsOf = (group: readonly RollupKey[]) => [...new Set(group.map(({ unitId }) => unitId))];
export const yearsOf = (group: readonly RollupKey[]) => [...new Set(group.map(({ schoolYear }) => schoolYear.label))];
