import { type Day } from "../ground/day.js";
import { type Status } from "./obligation.js";
import { type Level } from "../tree/unit.js";
import { type Where } from "../tree/filter.js";

/** NO_REPORT told apart: what is due is missing, what is not is NOT_DUE. */
export type WorklistStatus = Status | "NOT_DUE";

export interface WorklistQuery {
  unitId: string;
  level: Level;
  schoolYear: string;
  /** The day of the year's tree, whose names sort the list. */
  referenceDate: Day;
  obligation: string;
  statuses: readonly WorklistStatus[];
  where: Where;
  /** Only units of this unit's branch as it stands today. */
  branch: string | null;
  today: Day;
}

export interface WorklistRow {
  unitId: string;
  status: WorklistStatus;
  due: Day | null;
  sortKey: string;
}
