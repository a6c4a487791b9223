import { vietnameseNumber } from "../domain/ground/words.js";
import { authorship } from "../domain/ground/authorship.js";
import { type Problem, problem } from "../domain/ground/problem.js";
import { cleanText } from "../domain/ground/vietnamese.js";
import { type UnitAction, type UnitChange } from "../domain/tree/unit-version.js";
import { type Change } from "../work/change.js";

/** Characters of a reason that are kept. */
const LONGEST_REASON = 500;

/** What the version of a unit says of a change. */
export function unitChange({ caller, now }: Change, action: UnitAction, reason: string | null): UnitChange {
  return { action, ...authorship(caller, now, reason && cleanText(reason)) };
}

/** A problem where a reason is too long to be kept; `field`: where it stands in the input. */
export function reasonProblems(reason: string | null, field = "reason"): Problem[] {
  const length = [...(reason ?? "")].length;
  return length > LONGEST_REASON
    ? [
        problem("OUT_OF_RANGE", field, {
          en: `The reason has ${length} characters; expected at most ${LONGEST_REASON}.`,
          vi: `Lý do có ${vietnameseNumber(length)} ký tự; tối đa là ${LONGEST_REASON}.`,
        }),
      ]
    : [];
}
