import { addDays, type Day } from "../../ground/day.js";
import { placementOn, profileOn } from "../../tree/history.js";
import { type Problem, problem } from "../../ground/problem.js";
import { isPublic } from "../../tree/unit.js";
import { type Conference, conferenceFields } from "./conference-fields.js";
import { type RuleContext } from "../kind.js";
import { twoThirdsOf } from "../quorum.js";

/** Up to this many workers a public school may do without a conference. Law 10/2022 Art. 51(2)(đ). */
export const MAY_DO_WITHOUT = 7;
/** From this many workers a non-public school owes a labour conference: the threshold of Thanh Trì's target 2023–2028. */
export const OWES_LABOUR_CONFERENCE = 10;
/** From this many workers a public school may convene delegates. Law 10/2022 Art. 51(2)(a,b). */
const MAY_CONVENE_DELEGATES = 100;

/** People who must be present: two thirds of everybody, or of the delegates convened (Law 10/2022 Art. 51(2)(c)); `null` where it is not known, or nobody need come, as to a written ballot (Art. 50(2)). */
export function quorum(conference: Pick<Conference, "form" | "workers" | "convened"> & Partial<Pick<Conference, "method">>): number | null {
  if (conference.method === "BALLOT") return null;
  const base = conference.form === "DELEGATES" ? conference.convened : (conference.workers ?? conference.convened);
  return base === null ? null : twoThirdsOf(base);
}

/**
 * Whether a conference was held with effect. A staff conference needs its quorum, but a written ballot none, and more than half of the votes; figures
 * that a printed document leaves out are taken as given. A labour conference follows the school's own regulation: the two
 * thirds are not law for it (Decree 145/2020 Art. 47).
 */
export function isValid(conference: Conference): boolean {
  if (!conference.heldOn) return false;
  if (conference.type !== "STAFF_CONFERENCE") return true;
  const needed = quorum(conference);
  if (conference.present !== null && needed !== null && conference.present < needed) return false;
  return conference.votesFor === null || conference.present === null || conference.votesFor * 2 > conference.present;
}

/** Every reason to refuse a conference. */
export function conferenceProblems(content: Conference, { unit, schoolYear, provenance }: RuleContext): Problem[] {
  const problems: Problem[] = [];
  const refuse = (code: Problem["code"], field: keyof Conference, message: string) => problems.push(problem(code, field, message));
  const ownership = profileOn(unit, content.heldOn ?? schoolYear?.referenceDate ?? "").ownership;
  const staff = isPublic(ownership);
  if (content.type !== (staff ? "STAFF_CONFERENCE" : "LABOUR_CONFERENCE"))
    refuse(
      "WRONG_LEVEL",
      "type",
      `A ${staff ? "public school holds a staff" : "non-public school holds a labour"} conference, not a ${content.type} (Law 10/2022 Art. 2, 51, 82).`,
    );
  if (content.heldOn && content.notHeldBecause) refuse("RULE", "notHeldBecause", "Give heldOn or notHeldBecause, not both.");
  if (!content.heldOn && !content.notHeldBecause)
    refuse("REQUIRED", "heldOn", "Give heldOn, or notHeldBecause where no conference was held.");
  if (content.notHeldBecause === "NOT_MANDATORY" && staff && (content.workers ?? 0) > MAY_DO_WITHOUT)
    refuse(
      "RULE",
      "notHeldBecause",
      `With ${content.workers} workers the conference is mandatory; only up to ${MAY_DO_WITHOUT} may do without (Law 10/2022 Art. 51(2)(đ)).`,
    );
  if (content.notHeldBecause === "NOT_MANDATORY" && content.workers === null)
    refuse("REQUIRED", "workers", "Say how many workers there are when the conference is not mandatory.");
  if (content.notHeldBecause)
    for (const name of ["convened", "present", "votesFor", "inspectionCommitteeSize"] as const)
      if (content[name]) refuse("RULE", name, `${name} is ${content[name]}, but no conference was held.`);
  if (content.notHeldBecause && (content.pactSigned || content.inspectionCommitteeElected))
    refuse("RULE", content.pactSigned ? "pactSigned" : "inspectionCommitteeElected", "This is done at a conference, but none was held.");
  // Also where the day is missing or cannot be read: a clerk mends all cells in one go.
  if (!content.notHeldBecause) heldProblems(content);
  return problems;

  function heldProblems(held: Conference) {
    if (held.heldOn) dayProblems(held.heldOn);
    if (provenance !== "DOCUMENT")
      for (const name of ["convened", "present"] as const)
        if (held[name] === null) refuse("REQUIRED", name, `${name} is missing: ${conferenceFields[name].description}`);
    if (held.convened === 0) refuse("OUT_OF_RANGE", "convened", "Nobody was convened; expected 1 or more.");
    atMost("convened", "workers", "people convened are workers of the school");
    atMost("present", "convened", "only people who were convened are counted as present");
    atMost("votesFor", "present", "only people who were present vote");
    if (held.attempt !== 1 && held.attempt !== 2)
      refuse(
        "OUT_OF_RANGE",
        "attempt",
        `attempt is ${held.attempt}; expected 1 or 2: after a second failed call a ballot replaces the meeting (Law 10/2022 Art. 50(2)).`,
      );
    if (held.method === "BALLOT" && !held.ballotBecause)
      refuse(
        "REQUIRED",
        "ballotBecause",
        "A ballot replaces the meeting only after a failed second attempt or in force majeure: say which (Law 10/2022 Art. 50(2)).",
      );
    if (held.method !== "BALLOT" && held.ballotBecause)
      refuse("RULE", "ballotBecause", "There is a reason for a ballot, but the method is a meeting.");
    if (staff && held.form === "DELEGATES" && !held.dispersed && held.workers !== null && held.workers < MAY_CONVENE_DELEGATES)
      refuse(
        "RULE",
        "form",
        `With ${held.workers} workers a plenary is held; delegates are for ${MAY_CONVENE_DELEGATES} or more, or a dispersed school (Law 10/2022 Art. 51(2)(a,b)).`,
      );
    if (held.inspectionCommitteeElected && held.inspectionCommitteeSize === null && provenance !== "DOCUMENT")
      refuse("REQUIRED", "inspectionCommitteeSize", "Say how many members the people's inspection committee has.");
    if (!held.inspectionCommitteeElected && held.inspectionCommitteeSize)
      refuse("RULE", "inspectionCommitteeSize", "A size is given, but inspectionCommitteeElected is not true.");
    const size = held.inspectionCommitteeElected ? held.inspectionCommitteeSize : null;
    if (size !== null && (size < 3 || (size > 9 && !held.dispersed)))
      refuse(
        "RULE",
        "inspectionCommitteeSize",
        `A people's inspection committee has 3 to 9 members, more only in a dispersed or special unit; got ${size} (Law 10/2022 Art. 60(1)).`,
      );
    if (held.inspectionCommitteeElected && !staff)
      refuse("RULE", "inspectionCommitteeElected", "Only public schools elect a people's inspection committee (Law 10/2022 Art. 60(1)).");
  }

  function dayProblems(heldOn: Day) {
    if (schoolYear && (heldOn < addDays(schoolYear.startsOn, -365) || heldOn > addDays(schoolYear.endsOn, 365)))
      refuse(
        "OUT_OF_RANGE",
        "heldOn",
        `${heldOn} is more than a year away from ${schoolYear.label}; the school year is the one whose tasks the conference adopts.`,
      );
    if (!placementOn(unit, heldOn)) refuse("UNIT_CLOSED", "heldOn", `The school was not open on ${heldOn}.`);
    if (content.sixMonthReviewOn && content.sixMonthReviewOn <= heldOn)
      refuse("OUT_OF_RANGE", "sixMonthReviewOn", `The review on ${content.sixMonthReviewOn} must come after the conference on ${heldOn}.`);
  }

  function atMost(part: "convened" | "present" | "votesFor", whole: "workers" | "convened" | "present", why: string) {
    const [few, many] = [content[part], content[whole]];
    if (few !== null && many !== null && few > many) refuse("RULE", part, `${part} is ${few} and ${whole} is ${many}: ${why}.`);
  }
}
