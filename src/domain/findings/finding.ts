import { type Day } from "../ground/day.js";
import { digest } from "../ground/digest.js";
import { type Words } from "../ground/words.js";

/**
 * Something in a unit's file that looks wrong, as a check saw it. It follows from the facts alone; a list for people holds
 * those whose `since` has come.
 */
export interface Finding {
  unitId: string;
  schoolYear: string;
  /** Key of the check. */
  check: string;
  /** The field to look at; of a missing report the duty. */
  field: string;
  /** The record to look at; none where nothing is there or no single record is at fault. */
  recordId: string | null;
  severity: Severity;
  /** The first day on which it holds. */
  since: Day;
  values: Values;
  /** Changes with the values: an acknowledgement covers what it was given for, and nothing else. */
  fingerprint: string;
  /** The standing acknowledgement, also one that was given for other values. */
  acknowledgementId: string | null;
  /** Not acknowledged as it is now. */
  open: boolean;
}

/** What looks wrong in one record by itself: what the mutation that sent it answers. */
export interface RecordFinding {
  /** Key of the check. */
  code: string;
  severity: Severity;
  field: string | null;
  message: Words;
}

/** What makes it the same finding of a unit and school year when it is looked for again. */
export function findingName({ check, field, recordId }: Pick<Finding, "check" | "field" | "recordId">): string {
  return [check, field, recordId ?? ""].join(" ");
}

/** 0 for the gravest. */
export function gravityOf(severity: Severity): number {
  return Object.keys(SEVERITIES).indexOf(severity);
}

/** The place of a finding in a list, the gravest first and of one severity the latest: by it the next page goes on. */
export type FindingKey = readonly [gravity: number, since: Day, unitId: string, schoolYear: string, name: string];

export function findingKey(finding: Finding): FindingKey {
  return [gravityOf(finding.severity), finding.since, finding.unitId, finding.schoolYear, findingName(finding)];
}

/** A short text that differs for different values: 64 bits of cyrb53's mixing over their names and amounts. */
export function fingerprintOf(values: Values): string {
  return digest(JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** How grave a finding is; the gravest first. */
export const SEVERITIES = {
  ERROR: "Figures contradict each other or the law: a number above is wrong until it is mended.",
  WARNING: "Probably wrong, or without effect: look at it, then mend it or say why it is right.",
  NOTICE: "Late or unusual: worth knowing.",
} as const;
export type Severity = keyof typeof SEVERITIES;

/** What a check saw, by name: what its message says and by which an acknowledgement knows the finding again. */
export type Values = Readonly<Record<string, string | number>>;
