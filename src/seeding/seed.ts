import { type Day } from "../domain/ground/day.js";
import { type ReportAction } from "../domain/reporting/report.js";
import { type ReportingPeriod } from "../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type AutonomyGroup, type Ownership, type Provenance, type SchoolLevel, type UnitKind } from "../domain/tree/unit.js";

/** A unit to be registered; units name each other by code. */
export interface UnitDraft {
  code: string;
  kind: UnitKind;
  name: string;
  /** Code of the parent; `null` for the root. */
  parent: string | null;
  openedOn: Day;
  schoolLevel?: SchoolLevel;
  ownership?: Ownership;
  autonomyGroup?: AutonomyGroup;
}

/** A record to be submitted; `kind` is the key of its record kind, `unit` a code. */
export interface RecordDraft {
  kind: string;
  unit: string;
  schoolYear: string | null;
  content: Record<string, unknown>;
}

/** What somebody does with reports of a period, many at a time. CLOSE: closes the period in the unit named by `by`. */
export interface ReportStep {
  action: ReportAction | "CLOSE";
  /** Code of the unit whose token does it. */
  by: string;
  on: Day;
  schoolYear: string;
  period: ReportingPeriod;
  /** Codes of the units whose reports they are. */
  units: string[];
  reason: string | null;
}

/** A school year that a province publishes, after it has closed it. */
export interface PublicationDraft {
  unit: string;
  schoolYear: string;
  on: Day;
  title: string;
}

/** What is loaded into an empty hub, through the same doors as everything else. */
export interface Seed {
  provenance: Provenance;
  schoolYears: SchoolYear[];
  /** Parents before children. */
  units: UnitDraft[];
  records: RecordDraft[];
  /** What became of the units' reports, in order of time; after the records. */
  reports?: ReportStep[];
  /** Acknowledgements of what was found in the records. */
  acknowledgements?: RecordDraft[];
  /** What was published in the end. */
  publications?: PublicationDraft[];
}
