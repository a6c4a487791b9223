import { type Day } from "../ground/day.js";
import { type ReportingPeriod } from "./reporting-period.js";

/** Where a unit's report stands. A unit that never submitted one has a DRAFT. */
export const REPORT_STATES = {
  DRAFT: "Not submitted yet, or opened again for a correction (đang lập, hoặc được mở lại).",
  SUBMITTED: "Submitted and waiting for the union above (đã nộp, chờ duyệt).",
  ACCEPTED: "Accepted by the union above: its records are locked (đã duyệt, khóa số liệu).",
  RETURNED: "Returned by the union above with a reason; to be corrected and submitted again (bị trả lại).",
} as const;
export type ReportState = keyof typeof REPORT_STATES;

/** The closing of a period by a unit: it holds for the unit itself and for all below it in the tree of the school year. */
export interface Closing {
  unitId: string;
  period: ReportingPeriod;
  /** Name of the unit at that time. */
  by: string;
  on: Day;
}

/** Where a unit's report of a period stands: everything besides the caller on which it depends what may be done. */
export interface Standing {
  schoolYear: string;
  period: ReportingPeriod;
  state: ReportState;
  submittedOn: Day | null;
  /** Since when it is no estimate; null where it came before the cut-off and was not submitted again since, or not at all. */
  finalSince: Day | null;
  /** The token that acted on it last. */
  lastActor: { name: string; tokenId: string | null } | null;
  acceptedOn: Day | null;
  /** Who accepted it, as the report has it. */
  acceptedBy: string | null;
  /** First day of the period. */
  from: Day;
  /** Last day of the period. */
  cutOff: Day;
  /** Whether there is anybody above to report to. */
  hasSuperior: boolean;
  /** Whether the unit counts in the school year: open on its reference date. */
  counted: boolean;
  /** Closings by units above that hold for the unit; none where it has been opened again since. */
  closedAbove: readonly Closing[];
  /** The unit's own closing, if it holds. It locks the unit's records, not its report to the union above. */
  closedItself: Closing | null;
}
