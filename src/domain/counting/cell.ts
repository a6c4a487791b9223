import { type Tally } from "./tally.js";
import { type OwnershipFilter, type SchoolLevel } from "../tree/unit.js";

/** A cell of the ledger: a unit in a school year, over all schools below it or over those of a level, an ownership or both. */
export interface Cell {
  unitId: string;
  schoolYear: string;
  schoolLevel: SchoolLevel | "ALL";
  ownership: OwnershipFilter | "ALL";
}

/** A cell with what it adds up to. */
export interface CellTally extends Cell {
  tally: Tally;
}
