import { kindOf } from "../domain/records/kinds.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { pastOfOthers } from "./past.js";
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

/** The federations and years in which a directive would judge units that stood under it in a branch of others. */
export async function reachingOthers(
  stores: Stores,
  change: Change,
  changes: readonly RecordChange[],
): Promise<{ unitId: string; schoolYear: string }[]> {
  const reaching: { unitId: string; schoolYear: string }[] = [];
  if (change.caller.unitId === null) return reaching;
  const labelsOf = new Map<string, Set<string>>();
  for (const { unitId, schoolYear } of changes.flatMap(directedIn))
    labelsOf.set(unitId, (labelsOf.get(unitId) ?? new Set()).add(schoolYear));
  for (const [unitId, labels] of labelsOf) {
    const below = await stores.dossiers.lines(await stores.units.branchEver(unitId), [...labels]);
    const directed = below.filter(({ line }) => Object.values(line).includes(unitId));
    const others = await pastOfOthers(
      stores,
      change,
      directed.map((row) => ({ ...row, lines: [row.line] })),
    );
    for (const schoolYear of new Set(others.map((row) => row.schoolYear))) reaching.push({ unitId, schoolYear });
  }
  return reaching;
}
