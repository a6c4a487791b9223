import { type OwnershipFilter, type SchoolLevel, type Ownership } from "./unit.js";

/** What a rollup is filtered by. */
export interface Where {
  schoolLevel: SchoolLevel | null;
  ownership: OwnershipFilter | null;
}

/** Where a school counts when a rollup is filtered. A union's own dossier has none. */
export interface Stratum {
  schoolLevel: SchoolLevel;
  ownership: Ownership;
}
