import { type Finding, findingName } from "../domain/findings/finding.js";
import { isOfFigures, isOfSchools, isOfYear } from "../domain/findings/examination.js";
import type { Stores } from "../storage/stores/stores.js";

/**
 * Brings the stored findings of some units up to date with what their facts say. `schoolYears`: those whose dossiers were worked
 * out; what follows from the dossier of another year cannot have changed. What is found in published figures follows the ledger (`published-figures.ts`), in unions what their schools report (`schools-of-unions.ts`).
 */
export async function storeFindings(
  stores: Stores,
  unitIds: readonly string[],
  schoolYears: readonly string[],
  expected: readonly Finding[],
): Promise<void> {
  const looked = new Set(schoolYears);
  const stored = (await stores.findings.ofUnits(unitIds)).filter(
    ({ check, schoolYear }) => !isOfFigures(check) && !isOfSchools(check) && (!isOfYear(check) || looked.has(schoolYear)),
  );
  const { gone, given } = findingChanges(stored, expected);
  await stores.findings.save(gone, given);
}

/** What must be taken away and what must be stored so that the stored findings are the expected ones. */
export function findingChanges(stored: readonly Finding[], expected: readonly Finding[]): { gone: Finding[]; given: Finding[] } {
  const wanted = new Map(expected.map((finding) => [placeOf(finding), finding]));
  const present = new Map(stored.map((finding) => [placeOf(finding), finding]));
  return {
    gone: [...present].flatMap(([place, finding]) => (wanted.has(place) ? [] : [finding])),
    given: [...wanted].flatMap(([place, finding]) => (isSame(present.get(place), finding) ? [] : [finding])),
  };
}

function placeOf(finding: Finding): string {
  return [finding.unitId, finding.schoolYear, findingName(finding)].join("|");
}

function isSame(a: Finding | undefined, b: Finding): boolean {
  const facts = ({ severity, since, fingerprint, acknowledgementId, open }: Finding) =>
    [severity, since, fingerprint, acknowledgementId, open].join("|");
  return a !== undefined && facts(a) === facts(b) && JSON.stringify(a.values) === JSON.stringify(b.values);
}
