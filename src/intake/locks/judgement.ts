import { type LateFact } from "../../domain/counting/known-late.js";
import { type LockedYear } from "./locked.js";
import { type UnitYear } from "./past.js";

type Place = Omit<LateFact, "factId">;

/** Dossiers of other units that a change makes anew: that directives may judge by something else, or that a report includes. Those of a branch are one list for every row of a batch. */
export type Judged = readonly (readonly Place[])[];

/** What the locks say to a change of a record. */
export interface Judgement {
  /** Units and years of others that it would change. Where there are any, nothing else is told. */
  foreign: UnitYear[];
  /** Locked units and years that it would change. */
  locked: LockedYear[];
  /** Where the record does not count from now on, because it became known when the year was locked. */
  late: Place[];
  /** Whether it counts from now on where it did not. */
  lifted: boolean;
  /** It is a directive, which reaches units that the batch does not name. */
  directs: boolean;
  /** The dossiers of others that it makes anew. */
  judged: Judged;
  /** Of a directive: how many accepted reports it judges anew. */
  rejudged: number;
}
