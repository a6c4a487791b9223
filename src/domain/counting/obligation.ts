import { type Day } from "../ground/day.js";
import { type Words } from "../ground/words.js";
import { type SchoolYear } from "../tree/school-year.js";
import { Measure } from "./measure.js";

/**
 * What a dossier says about one obligation. NO_REPORT is not NO: nobody has said anything yet. NOT_DUE, a NO_REPORT
 * whose deadline has not passed, is derived when read.
 */
export const STATUSES = {
  YES: "Done.",
  NO: "Reported as not done, or done without effect.",
  NO_REPORT: "Expected, and nothing was reported.",
  NOT_ELIGIBLE: "The unit does not have this duty in this school year.",
} as const;
export type Status = keyof typeof STATUSES;

/** The statuses beside each other in a formula. */
const STATUS_WORDS: Readonly<Record<Status, Words>> = {
  YES: { en: "done", vi: "đã thực hiện" },
  NO: { en: "reported as not done, or without effect", vi: "báo cáo chưa thực hiện hoặc không hợp lệ" },
  NO_REPORT: { en: "expected, and nothing was reported", vi: "phải thực hiện nhưng chưa có báo cáo" },
  NOT_ELIGIBLE: { en: "does not have the duty", vi: "không thuộc đối tượng" },
};

/** Schools whose people stand in their union's report, which have no figure of their own, and the schools for which unions spoke: where both stand in a tally they cancel. */
export interface ThroughUnion {
  inUnionReport: Measure;
  spokenFor: Measure;
}

/** The last day on which a duty is done in time, where directives may set one. */
export interface Deadline {
  /** The day that holds where no directive sets one. Without it none holds there, and nothing is late before the school year ends. */
  unlessDirected?: {
    day: (year: SchoolYear) => Day;
    /** The law that sets it; `null` where it is the hub's own, which is told as no deadline. */
    law: Words | null;
  };
}

/** Of a duty for which neither law nor hub sets a day: unless a directive does, a missing report is late when the school year has ended. */
export const ONLY_DIRECTED: Deadline = {};

/** By which last day a duty is judged, if by any: by its own, or by that of another duty. */
interface Judging {
  deadline?: Deadline;
  judgedWith?: DatedObligation;
}

/** A duty that each counted unit has or has not: every dossier has exactly one status for it. */
export class Obligation implements Judging {
  /** What is known of its own last day; none where it has none of its own. */
  readonly deadline?: Deadline;
  /** The duty by whose last day it is judged, where that is another one's. */
  readonly judgedWith?: DatedObligation;
  /** Where a union's report may stand for those of its schools: the measures that tell so. */
  readonly throughUnion?: ThroughUnion;

  constructor(
    readonly key: string,
    readonly measures: Readonly<Record<Status, Measure>>,
    { deadline, judgedWith, throughUnion }: Judging & { throughUnion?: ThroughUnion | undefined } = {},
  ) {
    this.deadline = deadline;
    this.judgedWith = judgedWith;
    this.throughUnion = throughUnion;
  }

  /** In JSON, e.g. of an indicator in a vintage, it says nothing of days: what judged a unit is kept beside it. */
  toJSON(): Pick<Obligation, "key" | "measures" | "throughUnion"> {
    const { key, measures, throughUnion } = this;
    return { key, measures, throughUnion };
  }
}

/** A duty with a last day of its own. */
export type DatedObligation = Obligation & { readonly deadline: Deadline; readonly judgedWith?: undefined };
/** A duty that is judged by the last day of another. */
export type FollowingObligation = Obligation & { readonly deadline?: undefined; readonly judgedWith: DatedObligation };
/** A duty of which figures tell no last day. */
export type UndatedObligation = Obligation & { readonly deadline?: undefined; readonly judgedWith?: undefined };

const duty = (key: string, words?: Words) => new Measure(key, "DUTY", words);

const statusesOf = (key: string): Obligation["measures"] => ({
  YES: duty(`${key}Yes`, STATUS_WORDS.YES),
  NO: duty(`${key}No`, STATUS_WORDS.NO),
  NO_REPORT: duty(`${key}NoReport`, STATUS_WORDS.NO_REPORT),
  NOT_ELIGIBLE: duty(`${key}NotEligible`, STATUS_WORDS.NOT_ELIGIBLE),
});

/** Declares a duty. `judging`: its own deadline, or the duty by whose deadline it is judged. */
export function obligation(key: string): UndatedObligation;
export function obligation(key: string, judging: { deadline: Deadline }): DatedObligation;
export function obligation(key: string, judging: { judgedWith: DatedObligation }): FollowingObligation;
export function obligation(key: string, judging: Judging = {}): Obligation {
  return new Obligation(key, statusesOf(key), judging);
}

/** A report that a union may send for all its schools. */
export function obligationThroughUnion(key: string, judging: { deadline: Deadline }): DatedObligation & { throughUnion: ThroughUnion } {
  const throughUnion = { inUnionReport: duty(`${key}InUnionReport`), spokenFor: duty(`${key}SpokenFor`) };
  return new Obligation(key, statusesOf(key), { ...judging, throughUnion }) as DatedObligation & { throughUnion: ThroughUnion };
}

/**
 * The status of a duty. Who has done it says YES, owing it or not: a unit that may do without counts only if it did it.
 * Nothing that speaks of this year is NO_REPORT; NO takes a record that says so.
 */
export function judged({ done, owed, denied }: { done: boolean; owed: boolean; denied: boolean }): Status {
  if (done) return "YES";
  if (!owed) return "NOT_ELIGIBLE";
  return denied ? "NO" : "NO_REPORT";
}

/** The status counts of an obligation as measures, and who reported for whom. */
export function statusMeasures({ measures, throughUnion }: Obligation): Measure[] {
  return [...Object.values(measures), ...(throughUnion ? [throughUnion.inUnionReport, throughUnion.spokenFor] : [])];
}
