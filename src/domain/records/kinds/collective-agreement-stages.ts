import { addDays, type Day, NEVER } from "../../ground/day.js";
import { type Agreement } from "./collective-agreement-fields.js";

/** Days within which an agreement is filed. Labour Code Art. 77. */
export const FILED_WITHIN = 10;
/** Days for which an expired agreement keeps running while its renewal is bargained, and before its end in which that begins. Labour Code Art. 83. */
export const GRACE = 90;

/** Where an agreement stands on a day. Labour Code Art. 78, 83, 86–88. */
export const AGREEMENT_STAGES = {
  BARGAINING: "Not signed yet.",
  SIGNED: "Signed, not in force yet.",
  IN_FORCE: "In force.",
  GRACE: "Expired, and running on while its renewal is bargained: for 90 days, or as the parties agreed.",
  EXPIRED: "Expired.",
  VOID: "Declared void by a court.",
} as const;
export type AgreementStage = keyof typeof AGREEMENT_STAGES;

export function stageOn(agreement: Agreement, on: Day): AgreementStage {
  if (!agreement.signedOn || agreement.signedOn > on) return "BARGAINING";
  if (agreement.voidSince && agreement.voidSince <= on) return "VOID";
  if ((agreement.effectiveOn ?? agreement.signedOn) > on) return "SIGNED";
  const end = endOf(agreement, on);
  if (!end || on <= end) return "IN_FORCE";
  return on <= runsUntil(agreement, end) ? "GRACE" : "EXPIRED";
}

/** Whether a signed agreement binds a school on a day: it is in force or runs on, and the school has joined and not left. Labour Code Art. 83–85. */
export function coversOn(agreement: Agreement, school: string, on: Day): boolean {
  const { from, until } = daysOf(agreement, school);
  return ["IN_FORCE", "GRACE"].includes(stageOn(agreement, on)) && (!from || from <= on) && (!until || on <= until);
}

/** The day on which a school joined an agreement, and the last one before it left; `null` where these are the agreement's own, or it is none of its schools. */
export function daysOf({ participations }: Agreement, school: string): { from: Day | null; until: Day | null } {
  const { joinedOn, leftOn } = participations.find((each) => each.school === school) ?? { joinedOn: null, leftOn: null };
  return { from: joinedOn, until: leftOn && addDays(leftOn, -1) };
}

/** The day since which a school takes part in an agreement: that of the signing, unless it joined later; `null` where it is not signed. */
export function takesPartSince(agreement: Agreement, school: string): Day | null {
  return agreement.signedOn && (daysOf(agreement, school).from ?? agreement.signedOn);
}

/** The last day of its term, as the parties had agreed by a day; `null` where none is known. */
export function endOf({ expiresOn, prolongations }: Agreement, by: Day = NEVER): Day | null {
  return prolongations.findLast(({ agreedOn }) => agreedOn <= by)?.until ?? expiresOn;
}

/** The last day on which it still runs after an end of its term: later than that only while its renewal is bargained. */
export function runsUntil({ renewalTalksSince, runsOnUntil }: Agreement, end: Day): Day {
  const isBargained = renewalTalksSince !== null && addDays(end, -GRACE) <= renewalTalksSince && renewalTalksSince <= end;
  return isBargained ? (runsOnUntil ?? addDays(end, GRACE)) : end;
}
