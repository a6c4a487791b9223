import { type Day } from "../ground/day.js";
import { type ReportingPeriod } from "../reporting/reporting-period.js";
import { type Tally } from "./tally.js";
import { type Level } from "../tree/unit.js";
import { type Stratum } from "../tree/filter.js";
import { type Line } from "../tree/line.js";

/**
 * A dossier as stored: what a unit adds to the ledger in a school year. Counted: open on the reference date. Closed in the year: open on a day
 * that counts in it, and no more on the reference date, so that only its flows count.
 */
export interface DossierRow {
  unitId: string;
  schoolYear: string;
  counted: boolean;
  closedInYear: boolean;
  level: Level;
  stratum: Stratum | null;
  line: Line;
  tally: Tally;
  due: Readonly<Record<string, Day>>;
  /** Digests of what the unit's reports declare (`ledger/fingerprint.ts`). */
  prints: Readonly<Record<ReportingPeriod, string>>;
}
