import { kindOf } from "../domain/records/kinds.js";
import type { Stores } from "../storage/stores.js";
import { type UnitYear } from "./past.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";

/** The school years for which a change of a directive sets something else, each with the federation whose directive it is. */
export function directedIn({ before, after }: RecordChange): { unitId: string; schoolYear: string }[] {
  const place = after ?? before;
  if (!place || kindOf(place.kind).touches !== "BRANCH") return [];
  const said = (one: RecordPlace | null, label: string) =>
    JSON.stringify([one?.content.issuedOn, settingsIn(one).filter(({ schoolYear }) => schoolYear === label)]);
  const labels = new Set([before, after].flatMap(settingsIn).map(({ schoolYear }) => schoolYear));
  return [...labels]
    .filter((label) => said(before, label) !== said(after, label))
    .map((schoolYear) => ({ unitId: place.unitId, schoolYear }));
}

function settingsIn(place: RecordPlace | null): { schoolYear: string }[] {
  return (place?.content.settings ?? []) as unknown as { schoolYear: string }[];
}

/** The units that stood under each of these directives in the years for which it sets something else, by `placeKey`. */
export async function directedUnits(stores: Stores, changes: readonly RecordChange[]): Promise<Map<string, UnitYear[]>> {
  const labelsOf = new Map<string, Set<string>>();
  for (const { unitId, schoolYear } of changes.flatMap(directedIn))
    labelsOf.set(unitId, (labelsOf.get(unitId) ?? new Set()).add(schoolYear));
  const directed = new Map<string, UnitYear[]>();
  for (const [unitId, labels] of labelsOf)
    for (const row of await stores.dossiers.lines(await stores.units.branchEver(unitId), [...labels])) {
      if (!Object.values(row.line).includes(unitId)) continue;
      const key = placeKey({ unitId, schoolYear: row.schoolYear });
      const below = { unitId: row.unitId, schoolYear: row.schoolYear, lines: [row.line] };
      if (!directed.get(key)?.push(below)) directed.set(key, [below]);
    }
  return directed;
}

export const placeKey = ({ unitId, schoolYear }: { unitId: string; schoolYear: string }) => `${unitId} ${schoolYear}`;
