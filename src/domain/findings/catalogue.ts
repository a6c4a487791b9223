import { agreementExpired } from "./agreement-expired.js";
import { agreementFiledLate } from "./agreement-filed-late.js";
import { agreementNotFiled } from "./agreement-not-filed.js";
import { agreementOverlaps } from "./agreement-overlaps.js";
import { type Check } from "./check.js";
import { closedSchoolCountedTwice } from "./closed-school-counted-twice.js";
import { codeLooksLikeAnother } from "./code-looks-like-another.js";
import { communeUnionsOfOneName } from "./commune-unions-of-one-name.js";
import { conferenceOutsideSchoolYear } from "./conference-outside-school-year.js";
import { congressWithoutQuorum } from "./congress-without-quorum.js";
import { congressFarFromTerm } from "./congress-far-from-term.js";
import { executiveCommitteeSize } from "./executive-committee-size.js";
import { figureJumps } from "./figure-jumps.js";
import { womenFiguresImpossible } from "./women-figures-impossible.js";
import { digest } from "./finding.js";
import { inspectionCommitteeOfSmallSchool } from "./inspection-committee-of-small-school.js";
import { inspectionCommitteeLarge } from "./inspection-committee-large.js";
import { inspectionCommitteeRecognisedLate } from "./inspection-committee-recognised-late.js";
import { inspectionCommitteeSizeDiffers } from "./inspection-committee-size-differs.js";
import { inspectionCommitteeTermShort } from "./inspection-committee-term-short.js";
import { inspectionCommitteeTwoDeputies } from "./inspection-committee-two-deputies.js";
import { meetingsTooFew } from "./meetings-too-few.js";
import { membersAboveWorkers } from "./members-above-workers.js";
import { membersWithoutUnion } from "./members-without-union.js";
import { membershipDoesNotBalance } from "./membership-does-not-balance.js";
import { moreInitiativesRecognisedThanRegistered } from "./more-initiatives-recognised-than-registered.js";
import { nothingReported } from "./nothing-reported.js";
import { numberLooksLikeAnother } from "./number-looks-like-another.js";
import { openingDiffersFromClosing } from "./opening-differs-from-closing.js";
import { recordOfClosedUnit } from "./record-of-closed-unit.js";
import { predecessorCountedTwice } from "./predecessor-counted-twice.js";
import { publishedDiffers } from "./published-differs.js";
import { quorumNotMet } from "./quorum-not-met.js";
import { regulationIssuerDiffers } from "./regulation-issuer-differs.js";
import { regulationNotPublished } from "./regulation-not-published.js";
import { reportLate } from "./report-late.js";
import { resolutionNotAdopted } from "./resolution-not-adopted.js";
import { smallerThanPredecessors } from "./smaller-than-predecessors.js";
import { schoolsCountedTwice } from "./schools-counted-twice.js";
import { termShiftedTooFar } from "./term-shifted-too-far.js";

/**
 * Every check, in the order in which the API lists them: the gravest first. What the rules refuse whatever the unit is never
 * stands in a file and needs no check: women above all, fewer than three in a people's inspection committee, more present than
 * convened.
 */
export const checks: readonly Check[] = [
  membershipDoesNotBalance,
  membersAboveWorkers,
  membersWithoutUnion,
  womenFiguresImpossible,
  openingDiffersFromClosing,
  predecessorCountedTwice,
  smallerThanPredecessors,
  recordOfClosedUnit,
  figureJumps,
  publishedDiffers,
  schoolsCountedTwice,
  closedSchoolCountedTwice,
  quorumNotMet,
  regulationIssuerDiffers,
  congressWithoutQuorum,
  resolutionNotAdopted,
  conferenceOutsideSchoolYear,
  inspectionCommitteeSizeDiffers,
  inspectionCommitteeOfSmallSchool,
  agreementOverlaps,
  agreementExpired,
  numberLooksLikeAnother,
  codeLooksLikeAnother,
  termShiftedTooFar,
  congressFarFromTerm,
  nothingReported,
  reportLate,
  meetingsTooFew,
  agreementFiledLate,
  agreementNotFiled,
  communeUnionsOfOneName,
  inspectionCommitteeRecognisedLate,
  inspectionCommitteeTwoDeputies,
  inspectionCommitteeTermShort,
  inspectionCommitteeLarge,
  executiveCommitteeSize,
  regulationNotPublished,
  moreInitiativesRecognisedThanRegistered,
];

const byKey = new Map(checks.map((check) => [check.key, check]));

export function checkByKey(key: string): Check | null {
  return byKey.get(key) ?? null;
}

/**
 * Count it up when a check comes to find something else under its old name: then all findings are worked out anew at the
 * next start.
 */
const EDITION = 3;

/** Differs when other checks, or checks of another severity, are in the catalogue: what is stored is then worked out anew. */
export const checksVersion = digest([EDITION, ...checks.map(({ key, severity }) => `${key} ${severity}`)].join());
