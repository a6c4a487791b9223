import { addMonths } from "../../ground/day.js";
import { profileOn } from "../../tree/history.js";
import { isPublic } from "../../tree/unit.js";
import { inspectionCommitteeFields } from "./inspection-committee-fields.js";
import { refusals } from "../refusals.js";
import { termYears } from "../term.js";

/** Members: from, and up to unless the unit is dispersed. Law 10/2022 Art. 60(1). */
const SMALLEST = 3;
export const LARGEST = 9;
/** Deputies: at most, and from how many members on two. Decree 59/2023 Art. 21(3). */
export const MOST_DEPUTIES = 2;
/** Working days within which the executive committee recognises the result. Decree 59/2023 Art. 21(1). */
export const RECOGNISED_WITHIN = 5;
/** A term is two years (Law 10/2022 Art. 60(3)); it runs on for the three months in which the next conference is held (Art. 51(1)). */
export const TERM_MONTHS = 24;
const LONGEST_TERM = TERM_MONTHS + 3;

/** Every reason to refuse a people's inspection committee. */
export const inspectionCommitteeProblems = refusals(inspectionCommitteeFields, (check, content, { unit, today }) => {
  const { term, size, heads, deputies, managers, termStart, termEnd, notElectedBecause, electedOn } = content;
  if (!isPublic(profileOn(unit, termStart ?? today).ownership))
    check.refuse("WRONG_LEVEL", "unit", "Only public schools have a people's inspection committee (Law 10/2022 Art. 60(1)).");
  check.term("term");
  check.doneOrNot("electedOn", "notElectedBecause", ["size", "heads", "deputies", "recognisedOn", "replacedOn", "reportedOn"]);
  if (notElectedBecause && !termStart) check.refuse("REQUIRED", "termStart", "Say since when the school has no committee.");
  if (notElectedBecause === "EXEMPT") check.needed("exemptionDecision");
  if (notElectedBecause !== "EXEMPT" && content.exemptionDecision)
    check.refuse("RULE", "exemptionDecision", "There is a decision of exemption, but notElectedBecause is not EXEMPT.");
  check.open("electedOn");
  check.inOrder("electedOn", "termStart", "a committee serves after it was elected");
  check.inOrder("electedOn", "recognisedOn", "what is recognised has been elected");
  check.inOrder("termStart", "termEnd", "a term ends after it began");
  if (termStart && termEnd && termEnd > addMonths(termStart, LONGEST_TERM))
    check.refuse(
      "RULE",
      "termEnd",
      `From ${termStart} to ${termEnd} is more than a term of two years and the next conference (Law 10/2022 Art. 60(3), 51(1)).`,
    );
  const years = termYears(term);
  const began = Number((termStart ?? "").slice(0, 4));
  if (years && termStart && (began < years.first || began >= years.last))
    check.refuse("RULE", "termStart", `${termStart} is not in the first years of the term ${term}.`);
  for (const name of ["replacedOn", "reportedOn"] as const)
    for (const [index, on] of content[name].entries())
      if (electedOn && on < electedOn) check.refuse("OUT_OF_RANGE", `${name}.${index}`, `${on} lies before the election.`);
  if (!electedOn) return;
  check.needed("size");
  if (size !== null && (size < SMALLEST || (size > LARGEST && !content.dispersed)))
    check.refuse(
      "RULE",
      "size",
      `A people's inspection committee has ${SMALLEST} to ${LARGEST} members, more only in a dispersed or special unit; got ${size} (Law 10/2022 Art. 60(1)).`,
    );
  if (heads !== null && heads !== 1) check.refuse("RULE", "heads", `A committee has one head, not ${heads} (Decree 59/2023 Art. 21(3)).`);
  if (deputies !== null && deputies > MOST_DEPUTIES)
    check.refuse("RULE", "deputies", `A committee has at most ${MOST_DEPUTIES} deputy heads, not ${deputies} (Decree 59/2023 Art. 21(3)).`);
  if (size !== null && (heads ?? 0) + (deputies ?? 0) > size)
    check.refuse("RULE", "deputies", `One head and ${deputies} deputies are more than the ${size} members.`);
  if (managers) check.refuse("RULE", "managers", "Head, deputy head and chief accountant cannot be members (Law 10/2022 Art. 60(2)).");
});
