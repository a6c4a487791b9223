import { type Level, type Ownership, type OwnershipFilter, type SchoolLevel } from "../tree/unit.js";

/** What a vintage is computed by: a definition of an indicator, a setting of a directive, for whom a directive does not count, the days of the school year. */
export interface VintageDefinition {
  part: "directive" | "edition" | "indicator" | "late" | "schoolYear" | "setting";
  position: number;
  /** JSON, as it was frozen. */
  content: string;
}

/** A dossier as it was counted: the unit's own, with what the unit was called and where it stood. */
export interface VintageDossier {
  unitId: string;
  /** Counts the changes of the unit, as it stood. */
  unitVersion: number;
  level: Level;
  schoolLevel: SchoolLevel | null;
  ownership: Ownership | null;
  confederationId: string | null;
  provinceId: string | null;
  districtId: string | null;
  grassrootsId: string | null;
  code: string;
  name: string;
  /** JSON: measure → integer. */
  tally: string;
  /** JSON: pairs of record and version, the versions that stood then. */
  records: string;
  /** JSON: until which days its duties were judged (`domain/counting/frozen-due.ts`); null where versions up to 0.4.0 did not keep it. */
  due: string | null;
}

/** A cell of a federation's ledger as it stood. */
export interface VintageCell {
  unitId: string;
  schoolLevel: SchoolLevel | "ALL";
  ownership: OwnershipFilter | "ALL";
  /** JSON: measure → integer. */
  tally: string;
  /** As of a dossier, of all that the cell adds up. */
  due: string | null;
}

/** The figures of a vintage and what they rest on, in order of their keys. */
export interface VintageContent {
  definitions: VintageDefinition[];
  dossiers: VintageDossier[];
  cells: VintageCell[];
}
