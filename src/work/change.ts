import { type Caller } from "../domain/ground/caller.js";
import { type Day, dayInVietnam } from "../domain/ground/day.js";
import { type Problem } from "../domain/ground/problem.js";
import { type Words } from "../domain/ground/words.js";
import { type Provenance } from "../domain/tree/unit.js";

/** Who changes the hub, when, and where the facts come from. */
export interface Change {
  caller: Caller;
  now: Date;
  today: Day;
  provenance: Provenance;
}

export function changeBy(caller: Caller, now: Date, provenance: Provenance = "REPORTED"): Change {
  return { caller, now, today: dayInVietnam(now), provenance };
}

/** In whose branch units are looked up, and as of when. */
export type Asker = Pick<Change, "caller" | "today">;

/** STORED: something changed. UNCHANGED: it was so already. REJECTED: nothing was stored; the problems say why. */
export type Outcome = "STORED" | "UNCHANGED" | "REJECTED";

/** What became of a change of one thing. */
export interface Result {
  outcome: Outcome;
  /** Ids of the units of which it tells: nobody who may not see them all is told it. */
  about: readonly string[];
  problems: Problem[];
  /** What else a change that was stored does, and what it does not. */
  hints?: Words[];
}

/** Whether nothing of a change was stored, or could have been: every part of it was refused. */
export const isRefused = (results: readonly Pick<Result, "outcome">[]) => results.every(({ outcome }) => outcome === "REJECTED");
