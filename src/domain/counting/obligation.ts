import { type Words } from "../ground/words.js";
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

/** A duty that each counted unit has or has not: every dossier has exactly one status for it. */
export interface Obligation {
  key: string;
  measures: Readonly<Record<Status, Measure>>;
  /** Where a union's report may stand for those of its schools: the measures that tell so. */
  throughUnion?: ThroughUnion;
}

/** Schools whose people stand in their union's report, which have no figure of their own, and the schools for which unions spoke: where both stand in a tally they cancel. */
export interface ThroughUnion {
  inUnionReport: Measure;
  spokenFor: Measure;
}

const duty = (key: string, words?: Words) => new Measure(key, "DUTY", words);

export function obligation(key: string): Obligation {
  return {
    key,
    measures: {
      YES: duty(`${key}Yes`, STATUS_WORDS.YES),
      NO: duty(`${key}No`, STATUS_WORDS.NO),
      NO_REPORT: duty(`${key}NoReport`, STATUS_WORDS.NO_REPORT),
      NOT_ELIGIBLE: duty(`${key}NotEligible`, STATUS_WORDS.NOT_ELIGIBLE),
    },
  };
}

/** A report that a union may send for all its schools. */
export function obligationThroughUnion(key: string): Obligation & { throughUnion: ThroughUnion } {
  return { ...obligation(key), throughUnion: { inUnionReport: duty(`${key}InUnionReport`), spokenFor: duty(`${key}SpokenFor`) } };
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
