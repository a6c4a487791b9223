import { type Day } from "../domain/ground/day.js";
import { type Level } from "../domain/tree/unit.js";
import type { Stores } from "../storage/stores/stores.js";
import type { FindingCount } from "../domain/findings/finding-list.js";

/** Whose findings are to be counted, the unit's and those of all below it. `schoolYear` null: of all years. */
export interface CountsKey {
  unitId: string;
  level: Level;
  schoolYear: string | null;
}

/** The findings of several units by check, as they hold on a day: one statement for all units of a level and school year. */
export async function findingCounts(
  stores: Stores,
  keys: readonly CountsKey[],
  branch: string | null,
  today: Day,
): Promise<FindingCount[][]> {
  const groups = new Map<string, CountsKey[]>();
  for (const key of keys) groups.set(groupOf(key), [...(groups.get(groupOf(key)) ?? []), key]);
  const found = new Map<string, FindingCount[]>();
  for (const [group, members] of groups) {
    const [{ level, schoolYear }] = members as [CountsKey];
    const ids = members.map(({ unitId }) => unitId);
    for (const count of await stores.findings.counts(level, ids, schoolYear, branch, today)) {
      const name = `${group} ${count.unitId}`;
      found.set(name, [...(found.get(name) ?? []), count]);
    }
  }
  return keys.map((key) => found.get(`${groupOf(key)} ${key.unitId}`) ?? []);
}

function groupOf({ level, schoolYear }: CountsKey): string {
  return `${level} ${schoolYear}`;
}
