import { activityReportSubmission } from "./list/activity-report-submission.js";
import { agreementCoverage } from "./list/agreement-coverage.js";
import { agreementFiledOnTime } from "./list/agreement-filed-on-time.js";
import { agreementWorkersCovered } from "./list/agreement-workers-covered.js";
import { agreementsAmended } from "./list/agreements-amended.js";
import { agreementsProlonged } from "./list/agreements-prolonged.js";
import { agreementsExpiring } from "./list/agreements-expiring.js";
import { agreementsGradedA } from "./list/agreements-graded-a.js";
import { agreementsNew } from "./list/agreements-new.js";
import { agreementsRenewed } from "./list/agreements-renewed.js";
import { agreementsSigned } from "./list/agreements-signed.js";
import { agreementsSignedInTerm } from "./list/agreements-signed-in-term.js";
import { annualProgramme } from "./list/annual-programme.js";
import { awards } from "./list/awards.js";
import { awardsCollective } from "./list/awards-collective.js";
import { awardsIndividual } from "./list/awards-individual.js";
import { balanceMismatchUnits } from "./list/balance-mismatch-units.js";
import { communicationSessions } from "./list/communication-sessions.js";
import { communicationTurns } from "./list/communication-turns.js";
import { conferenceAttendance } from "./list/conference-attendance.js";
import { conferenceOnTime } from "./list/conference-on-time.js";
import { conferenceQuorum } from "./list/conference-quorum.js";
import { congressCompletion } from "./list/congress-completion.js";
import { democracyRegulation } from "./list/democracy-regulation.js";
import { emulationPact } from "./list/emulation-pact.js";
import { executiveCommitteeSize } from "./list/executive-committee-size.js";
import { executiveMeetingCompliance } from "./list/executive-meeting-compliance.js";
import { federationCongressCompletion } from "./list/federation-congress-completion.js";
import { fullRegulationSet } from "./list/full-regulation-set.js";
import { grassrootsUnionCount } from "./list/grassroots-union-count.js";
import { grassrootsUnionsEnded } from "./list/grassroots-unions-ended.js";
import { grassrootsUnionsFounded } from "./list/grassroots-unions-founded.js";
import { halfYearReportSubmission } from "./list/half-year-report-submission.js";
import { type Indicator } from "./indicator.js";
import { type IndicatorKeys } from "../records/kind.js";
import { type Obligation } from "../counting/obligation.js";
import { initiativesRecognised } from "./list/initiatives-recognised.js";
import { initiativesRegistered } from "./list/initiatives-registered.js";
import { inspectionCommitteeElection } from "./list/inspection-committee-election.js";
import { inspectionCommitteeInTerm } from "./list/inspection-committee-in-term.js";
import { inspectionCommitteeSize } from "./list/inspection-committee-size.js";
import { inspectionMeetingCompliance } from "./list/inspection-meeting-compliance.js";
import { labourConferenceCompletion } from "./list/labour-conference-completion.js";
import { meetingCadence } from "./list/meeting-cadence.js";
import { membersLostStructurally } from "./list/members-lost-structurally.js";
import { memberNetChange } from "./list/member-net-change.js";
import { members } from "./list/members.js";
import { membersAdmitted } from "./list/members-admitted.js";
import { membersLeft } from "./list/members-left.js";
import { membershipBalance } from "./list/membership-balance.js";
import { membershipGrowth } from "./list/membership-growth.js";
import { membershipGrowthOrganic } from "./list/membership-growth-organic.js";
import { membershipReportSubmission } from "./list/membership-report-submission.js";
import { occupationalUnionCount } from "./list/occupational-union-count.js";
import { occupationalUnionsEnded } from "./list/occupational-unions-ended.js";
import { occupationalUnionsFounded } from "./list/occupational-unions-founded.js";
import { periodicDialogue } from "./list/periodic-dialogue.js";
import { policyCompliance } from "./list/policy-compliance.js";
import { ratedGoodOrBetter } from "./list/rated-good-or-better.js";
import { reportAcceptance } from "./list/report-acceptance.js";
import { reportEvidence } from "./list/report-evidence.js";
import { reportOnTime } from "./list/report-on-time.js";
import { reportSubmission } from "./list/report-submission.js";
import { schoolCount } from "./list/school-count.js";
import { staffConferenceCompletion } from "./list/staff-conference-completion.js";
import { trainingAttendance } from "./list/training-attendance.js";
import { unionCoverage } from "./list/union-coverage.js";
import { unionisationRate } from "./list/unionisation-rate.js";
import { unreportedUnits } from "./list/unreported-units.js";
import { welfareAmount } from "./list/welfare-amount.js";
import { welfareGifts } from "./list/welfare-gifts.js";
import { welfareRecipients } from "./list/welfare-recipients.js";
import { womenMembers } from "./list/women-members.js";
import { womenWorkers } from "./list/women-workers.js";
import { womensCommittee } from "./list/womens-committee.js";
import { womensMeetingCompliance } from "./list/womens-meeting-compliance.js";
import { workers } from "./list/workers.js";

/** Every indicator, in the order in which the API lists them. A new one is a file beside this and a line here. */
export const indicators: readonly Indicator[] = [
  // Conferences
  staffConferenceCompletion,
  labourConferenceCompletion,
  conferenceOnTime,
  emulationPact,
  conferenceAttendance,
  conferenceQuorum,
  // Democracy at the workplace
  democracyRegulation,
  inspectionCommitteeInTerm,
  inspectionCommitteeElection,
  inspectionCommitteeSize,
  periodicDialogue,
  policyCompliance,
  // Collective agreements
  agreementCoverage,
  agreementsSigned,
  agreementsNew,
  agreementsRenewed,
  agreementsAmended,
  agreementsProlonged,
  agreementWorkersCovered,
  agreementFiledOnTime,
  agreementsSignedInTerm,
  agreementsGradedA,
  agreementsExpiring,
  // Membership
  members,
  womenMembers,
  workers,
  womenWorkers,
  unionisationRate,
  membershipGrowth,
  membershipGrowthOrganic,
  membersAdmitted,
  membersLeft,
  membersLostStructurally,
  memberNetChange,
  membershipReportSubmission,
  membershipBalance,
  unreportedUnits,
  balanceMismatchUnits,
  // Union life
  congressCompletion,
  federationCongressCompletion,
  fullRegulationSet,
  executiveCommitteeSize,
  womensCommittee,
  meetingCadence,
  executiveMeetingCompliance,
  inspectionMeetingCompliance,
  womensMeetingCompliance,
  annualProgramme,
  ratedGoodOrBetter,
  trainingAttendance,
  // Welfare, initiative, reward
  welfareGifts,
  welfareRecipients,
  welfareAmount,
  initiativesRegistered,
  initiativesRecognised,
  awards,
  awardsCollective,
  awardsIndividual,
  communicationSessions,
  communicationTurns,
  activityReportSubmission,
  // Reports of the units
  reportSubmission,
  reportOnTime,
  reportAcceptance,
  halfYearReportSubmission,
  reportEvidence,
  // Organisation
  unionCoverage,
  schoolCount,
  grassrootsUnionCount,
  grassrootsUnionsFounded,
  grassrootsUnionsEnded,
  occupationalUnionCount,
  occupationalUnionsFounded,
  occupationalUnionsEnded,
];

const byKey = new Map(indicators.map((indicator) => [indicator.key, indicator]));

/** The indicator with this key; `undefined` where there is none. */
export function indicatorByKey(key: string): Indicator | undefined {
  return byKey.get(key);
}

/** What indicators count, by their keys: the duty, of each that counts who did one. Directives and later deadlines name duties so. */
const duties = new Map(
  indicators.flatMap(({ key, obligation, countsYes }) => (obligation && countsYes ? [[key, obligation] as const] : [])),
);
const keyOfDuty = new Map([...duties].map(([key, duty]) => [duty, key]));

/** The duty of which an indicator counts who did it; `undefined` for any other. */
export function dutyCounted(key: string): Obligation | undefined {
  return duties.get(key);
}

/** The key of the indicator that counts who did a duty. */
function ofDuty(duty: Obligation): string {
  const key = keyOfDuty.get(duty);
  if (key === undefined) throw new Error(`no indicator counts who did ${duty.key}`);
  return key;
}

/** Whether a target of the indicator is only that of the unit whose directive sets it: the parts of a count add up to it, and are not it. */
export const hasOwnTarget = (key: string) => byKey.get(key)?.denominator === null;

/** What the rules of records look at. */
export const indicatorKeys: IndicatorKeys = {
  all: indicators.map(({ key }) => key),
  rates: indicators.filter(({ unit }) => unit === "RATE").map(({ key }) => key),
  withDeadline: indicators.filter(({ takesDeadline }) => takesDeadline).map(({ key }) => key),
  ofTerm: indicators.filter(({ period }) => period === "TERM").map(({ key }) => key),
  ofDuty,
};
