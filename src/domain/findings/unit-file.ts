import type { Account } from "../counting/measures.js";
import { type Day, type Interval } from "../ground/day.js";
import { type Dossier, type DossierRecord } from "../counting/dossier.js";
import { type UnitHistory } from "../tree/history.js";
import { kindOf } from "../records/catalogue.js";
import { type SchoolYear } from "../tree/school-year.js";

/** A standing record in a unit's file. */
export interface FiledRecord extends DossierRecord {
  recordId: string;
  version: number;
  /** The day on which the version that stands was stored. */
  recordedOn: Day;
}

/** Whether a record tells something of its unit's own work: a report of a period only declares that such records are complete. */
export function isEvidence({ kind, lead }: FiledRecord): boolean {
  return lead && kindOf(kind).isEvidence;
}

/** All that is known of one unit: its dated facts and its standing records of all years, those that cover it among them. */
export interface UnitFile {
  history: UnitHistory;
  /** All opened school years, in order. */
  schoolYears: readonly SchoolYear[];
  records: readonly FiledRecord[];
  /** The commune unions that ever stood directly under it. */
  communeUnions: readonly NamedUnion[];
  /** The units that ended in one of the school years and that it followed. */
  formers: readonly FormerUnit[];
}

/** One school year of a unit that counts in it. `records`: those that its dossier holds. */
export interface YearFile {
  dossier: Dossier;
  account: Account;
  records: readonly FiledRecord[];
}

/** A unit that ended in a school year and that the unit of a file followed, with what it reported of that year itself. */
export interface FormerUnit {
  unitId: string;
  schoolYear: string;
  /** Nobody else followed it. */
  isAlone: boolean;
  /** Kinds of reports of which another successor says that it includes them. */
  includedByOthers: readonly string[];
  reports: readonly Pick<FiledRecord, "kind" | "content" | "recordedOn">[];
}

/** A commune union while it stood under a parent, for the days of a name. */
export interface NamedUnion extends Interval {
  unitId: string;
  code: string;
  name: string;
}
