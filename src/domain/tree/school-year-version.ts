import { type Authorship } from "../ground/authorship.js";
import { type SchoolYearDays } from "./school-year.js";

/** What was done to a school year. */
export const SCHOOL_YEAR_ACTIONS = {
  OPENED: "It was opened, or opened again after it had been withdrawn (mở năm học).",
  CORRECTED: "Its days were corrected (đính chính).",
  WITHDRAWN: "It was withdrawn: nothing had been recorded in it (rút lại).",
  FOUND: "As a hub up to 0.4.0 opened it: kept when it was first changed by a later one, who opened it is not known.",
} as const;
export type SchoolYearAction = keyof typeof SCHOOL_YEAR_ACTIONS;

/** One version of a school year: its days after a change, with who, when and why. None is ever changed. */
export interface SchoolYearVersion extends SchoolYearDays, Authorship {
  version: number;
  action: SchoolYearAction;
}
