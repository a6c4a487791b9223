import { type Problem, problem } from "../domain/problem.js";
import { type StoredRecord } from "../domain/records/record.js";

/** A problem where the version is not the one expected. */
export function versionConflict(expected: number | null, actual: number, what: string): Problem | null {
  return expected === null || expected === actual
    ? null
    : problem(
        "VERSION_CONFLICT",
        "expectedVersion",
        `${what} has version ${actual}, you expected ${expected}. Read it again and repeat your change on what is there now.`,
      );
}

/** A problem where a record is sent as new and is there already, or as a correction of a version that is not the newest. */
export function conflictWith(before: StoredRecord | null, expected: number | null): Problem | null {
  if (!before)
    return expected
      ? problem(
          "VERSION_CONFLICT",
          "expectedVersion",
          `You expected version ${expected}, but no such record is there yet; leave expectedVersion out.`,
        )
      : null;
  if (expected === before.version || (expected === null && before.state === "WITHDRAWN")) return null;
  return problem(
    "VERSION_CONFLICT",
    "expectedVersion",
    expected === null
      ? `This record is there already, at version ${before.version}. To correct it send it again with expectedVersion: ${before.version}.`
      : `The record has version ${before.version}, you expected ${expected}. Read it again and repeat your correction on what is there now.`,
  );
}
