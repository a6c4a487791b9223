import { type Words } from "./words.js";

/** Every reason for which the hub refuses a change. Clients may switch on it; a later version may add codes, the sentences are free. */
export const PROBLEM_CODES = {
  REQUIRED: "A value is missing.",
  INVALID: "A value is not of the kind that the field takes.",
  OUT_OF_RANGE: "A number, a text or a day lies outside its limits.",
  RULE: "The values contradict each other or a rule of law; the sentence names it.",
  WRONG_LEVEL: "A unit of this level or ownership cannot have such a record, parent or child.",
  UNIT_NOT_FOUND: "No such unit in the caller's branch.",
  UNIT_CLOSED: "The unit is not open on that day.",
  SCHOOL_YEAR_NOT_FOUND: "No such school year has been opened.",
  RECORD_NOT_FOUND: "No such record in the caller's branch.",
  FINDING_NOT_FOUND: "No such finding of the unit in that school year.",
  INDICATOR_NOT_FOUND: "No such indicator.",
  ALREADY_EXISTS: "Something else has this code, label or name already.",
  VERSION_CONFLICT: "The object has another version than the one expected.",
  TOO_MANY: "The unit holds as many records of the kind in force as one may.",
  IN_USE: "Something depends on the unit, so that it cannot be made void or joined to another; the sentence names each sort.",
  REPEATED: "The same thing stands twice in one request with different values.",
  OUTSIDE_PARENT_LIFE: "A unit would stand under a parent that is not open.",
  PERIOD_OPEN: "The school year has not ended, or its period is not closed.",
  PERIOD_LOCKED:
    "The record stands in a report that has been accepted, or in a period that has been closed; the sentence says whom to ask.",
  WRONG_STATE: "The report is not in a state in which this can be done.",
  FORBIDDEN:
    "The caller's role does not allow this, or only a unit above may do it, or it would change figures of a time when the unit stood in another branch.",
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

/**
 * Why a change was refused: what was wrong and what was expected, for people. `field` is the path inside the input
 * ("schools.0", "rows.17.unit").
 */
export interface Problem {
  code: ProblemCode;
  field: string | null;
  message: Words;
  /**
   * Of a VERSION_CONFLICT: the fields whose values, as sent, are others than those that stand now; of a withdrawal, which
   * sends none, those that have changed since the version expected.
   */
  differing?: readonly string[];
}

export function problem(code: ProblemCode, field: string | null, message: Words): Problem {
  return { code, field, message };
}
