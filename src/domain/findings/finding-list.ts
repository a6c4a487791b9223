import { type Day } from "../ground/day.js";
import { type Severity } from "./finding.js";
import { type Level } from "../tree/unit.js";

/** Which findings a list or a count holds. Every condition that is given must hold. */
export interface FindingQuery {
  /** The unit and all below it, in the tree of each school year; `null`: everywhere. */
  unit: { id: string; level: Level } | null;
  schoolYear: string | null;
  checks: readonly string[] | null;
  severities: readonly Severity[] | null;
  open: boolean | null;
  /** Only units of this unit's branch as it stands today. */
  branch: string | null;
  /** Only what holds by this day. */
  today: Day;
}

/** How many findings of a check there are in a unit's branch. */
export interface FindingCount {
  unitId: string;
  schoolYear: string;
  check: string;
  severity: Severity;
  open: number;
  acknowledged: number;
}
