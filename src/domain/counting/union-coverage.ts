import { type Dossier, hasUnion } from "./dossier.js";
import { type Measure } from "./measure.js";
import { judged, obligation, statusMeasures } from "./obligation.js";
import { type TallyWriter } from "./tally.js";
import { mayHaveUnion } from "../tree/unit.js";

/**
 * Has a school that may have a union one? Follows from the tree and the autonomy group on the reference date; no record
 * says it, and so nothing is ever missing. Since 15 June 2025 schools of autonomy group 4 may have none.
 */
export const schoolHasUnion = obligation("unionCoverage");

export const unionCoverageMeasures: readonly Measure[] = statusMeasures(schoolHasUnion);

/** What a unit adds to the figures of union coverage by being there. */
export function tallyUnionCoverage(dossier: Dossier, write: TallyWriter): void {
  const done = dossier.level === "SCHOOL" && hasUnion(dossier);
  const owed = dossier.level === "SCHOOL" && mayHaveUnion(dossier, dossier.schoolYear.referenceDate);
  write.status(schoolHasUnion, judged({ done: done && owed, owed, denied: true }), dossier.schoolYear.referenceDate);
}
