import { type OwnershipFilter, type SchoolLevel, type Ownership } from "./unit.js";

/** What a rollup is filtered by. */
export interface Where {
  schoolLevel: SchoolLevel | null;
  ownership: OwnershipFilter | null;
}

/** No filter: every unit, unions and federations too. */
export const UNFILTERED: Where = { schoolLevel: null, ownership: null };

/** Where a school counts when a rollup is filtered. A union's own dossier has none. */
export interface Stratum {
  schoolLevel: SchoolLevel;
  ownership: Ownership;
}
