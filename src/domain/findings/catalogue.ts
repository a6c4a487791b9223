import { agreementExpired } from "./list/agreement-expired.js";
import { agreementFiledLate } from "./list/agreement-filed-late.js";
import { agreementNotFiled } from "./list/agreement-not-filed.js";
import { agreementOverlaps } from "./list/agreement-overlaps.js";
import { type Check } from "./check.js";
import { closedSchoolCountedTwice } from "./list/closed-school-counted-twice.js";
import { codeLooksLikeAnother } from "./list/code-looks-like-another.js";
import { communeUnionsOfOneName } from "./list/commune-unions-of-one-name.js";
import { conferenceOutsideSchoolYear } from "./list/conference-outside-school-year.js";
import { congressWithoutQuorum } from "./list/congress-without-quorum.js";
import { congressFarFromTerm } from "./list/congress-far-from-term.js";
import { executiveCommitteeSize } from "./list/executive-committee-size.js";
import { figureJumps } from "./list/figure-jumps.js";
import { womenFiguresImpossible } from "./list/women-figures-impossible.js";
import { inspectionCommitteeOfSmallSchool } from "./list/inspection-committee-of-small-school.js";
import { inspectionCommitteeLarge } from "./list/inspection-committee-large.js";
import { inspectionCommitteeRecognisedLate } from "./list/inspection-committee-recognised-late.js";
import { inspectionCommitteeSizeDiffers } from "./list/inspection-committee-size-differs.js";
import { inspectionCommitteeTermShort } from "./list/inspection-committee-term-short.js";
import { inspectionCommitteeTwoDeputies } from "./list/inspection-committee-two-deputies.js";
import { meetingsTooFew } from "./list/meetings-too-few.js";
import { membersAboveWorkers } from "./list/members-above-workers.js";
import { membersWithoutUnion } from "./list/members-without-union.js";
import { membershipDoesNotBalance } from "./list/membership-does-not-balance.js";
import { moreInitiativesRecognisedThanRegistered } from "./list/more-initiatives-recognised-than-registered.js";
import { nothingReported } from "./list/nothing-reported.js";
import { numberLooksLikeAnother } from "./list/number-looks-like-another.js";
import { openingDiffersFromClosing } from "./list/opening-differs-from-closing.js";
import { recordOfClosedUnit } from "./list/record-of-closed-unit.js";
import { predecessorCountedTwice } from "./list/predecessor-counted-twice.js";
import { publishedDiffers } from "./list/published-differs.js";
import { quorumNotMet } from "./list/quorum-not-met.js";
import { regulationIssuerDiffers } from "./list/regulation-issuer-differs.js";
import { regulationNotPublished } from "./list/regulation-not-published.js";
import { reportLate } from "./list/report-late.js";
import { resolutionNotAdopted } from "./list/resolution-not-adopted.js";
import { smallerThanPredecessors } from "./list/smaller-than-predecessors.js";
import { schoolsCountedTwice } from "./list/schools-counted-twice.js";
import { termShiftedTooFar } from "./list/term-shifted-too-far.js";
import { digest } from "../ground/digest.js";

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
const EDITION = 4;

/** Differs when other checks, or checks of another severity, are in the catalogue: what is stored is then worked out anew. */
export const checksVersion = digest([EDITION, ...checks.map(({ key, severity }) => `${key} ${severity}`)].join());
