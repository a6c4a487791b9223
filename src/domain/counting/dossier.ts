import { type Day } from "../ground/day.js";
import { type Content, type Fields } from "../records/field.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Obligation } from "./obligation.js";
import {
  type Level,
  type Ownership,
  type Provenance,
  type AutonomyGroup,
  type SchoolLevel,
  type UnitKind,
  isPublic,
} from "../tree/unit.js";

/** A standing record as one dossier sees it. `lead`: the unit itself reported it; otherwise it is one that the record covers. */
export interface DossierRecord {
  kind: string;
  lead: boolean;
  schoolYear: string | null;
  provenance: Provenance;
  content: Content;
}

/**
 * All that matters about one unit for one school year: what the unit is on the last of the year's days on which it was open, the
 * deadlines that hold for it and its standing records. Everything that the hub counts is a function of dossiers.
 */
export interface Dossier {
  unitId: string;
  provenance: Provenance;
  schoolYear: SchoolYear;
  level: Level;
  kind: UnitKind;
  schoolLevel: SchoolLevel | null;
  ownership: Ownership | null;
  autonomyGroup: AutonomyGroup | null;
  parentLevel: Level | null;
  /** The reference date, where the unit is open on it; else the last of the days that count in the school year on which it was: then only its flows count. */
  lastDay: Day;
  /** Since when the unit has been open without a break, seen from its last day. */
  openSince: Day;
  /** Deadlines that directives set for the unit. */
  deadlines: ReadonlyMap<Obligation, Day>;
  /** What directives ask of the unit beyond a day. */
  demands: ReadonlyMap<Obligation, Demand>;
  /** Later last days that were given to this unit alone. */
  extensions: ReadonlyMap<Obligation, Day>;
  records: readonly DossierRecord[];
  /** Kinds of reports of which a successor says that it includes the unit's own: of one that closed before the reference date. What it reported of them adds nothing. */
  inSuccessors: readonly string[];
}

/** What a directive asks beyond a day and a target. */
export interface Demand {
  /** The congress term that is meant, e.g. "2023-2028". */
  term: string | null;
  /** Kinds of regulations that make the full set; none where it says nothing. */
  regulations: readonly string[];
}

/** Whether the unit was open on a day that counts in the school year, and closed before its reference date. */
export function isClosed({ lastDay, schoolYear }: Dossier): boolean {
  return lastDay < schoolYear.referenceDate;
}

export function isPublicSchool(dossier: Dossier): boolean {
  return dossier.level === "SCHOOL" && isPublic(dossier.ownership);
}

export function isNonPublicSchool(dossier: Dossier): boolean {
  return dossier.level === "SCHOOL" && !isPublic(dossier.ownership);
}

export function isUnion(dossier: Dossier): boolean {
  return dossier.level === "GRASSROOTS";
}

/** Whether a school has a union: it hangs under a grassroots or occupational union on the reference date. */
export function hasUnion(dossier: Dossier): boolean {
  return dossier.parentLevel === "GRASSROOTS";
}

/** The contents of the dossier's records of one kind. */
export function recordsOf<F extends Fields>(
  dossier: Pick<Dossier, "records">,
  kind: { key: string; fields: F },
): { lead: boolean; content: Content<F> }[] {
  return dossier.records
    .filter((record) => record.kind === kind.key)
    .map(({ lead, content }) => ({ lead, content: content as Content<F> }));
}
