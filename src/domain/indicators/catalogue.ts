import { activityReportSubmission } from "./activity-report-submission.js";
import { agreementCoverage } from "./agreement-coverage.js";
import { agreementFiledOnTime } from "./agreement-filed-on-time.js";
import { agreementWorkersCovered } from "./agreement-workers-covered.js";
import { agreementsAmended } from "./agreements-amended.js";
import { agreementsProlonged } from "./agreements-prolonged.js";
import { agreementsExpiring } from "./agreements-expiring.js";
import { agreementsGradedA } from "./agreements-graded-a.js";
import { agreementsNew } from "./agreements-new.js";
import { agreementsRenewed } from "./agreements-renewed.js";
import { agreementsSigned } from "./agreements-signed.js";
import { agreementsSignedInTerm } from "./agreements-signed-in-term.js";
import { annualProgramme } from "./annual-programme.js";
import { awards } from "./awards.js";
import { awardsCollective } from "./awards-collective.js";
import { awardsIndividual } from "./awards-individual.js";
import { balanceMismatchUnits } from "./balance-mismatch-units.js";
import { communicationSessions } from "./communication-sessions.js";
import { communicationTurns } from "./communication-turns.js";
import { conferenceAttendance } from "./conference-attendance.js";
import { conferenceOnTime } from "./conference-on-time.js";
import { conferenceQuorum } from "./conference-quorum.js";
import { congressCompletion } from "./congress-completion.js";
import { democracyRegulation } from "./democracy-regulation.js";
import { emulationPact } from "./emulation-pact.js";
import { executiveCommitteeSize } from "./executive-committee-size.js";
import { executiveMeetingCompliance } from "./executive-meeting-compliance.js";
import { federationCongressCompletion } from "./federation-congress-completion.js";
import { fullRegulationSet } from "./full-regulation-set.js";
import { grassrootsUnionCount } from "./grassroots-union-count.js";
import { grassrootsUnionsEnded } from "./grassroots-unions-ended.js";
import { grassrootsUnionsFounded } from "./grassroots-unions-founded.js";
import { halfYearReportSubmission } from "./half-year-report-submission.js";
import { type Indicator } from "./indicator.js";
import { initiativesRecognised } from "./initiatives-recognised.js";
import { initiativesRegistered } from "./initiatives-registered.js";
import { inspectionCommitteeElection } from "./inspection-committee-election.js";
import { inspectionCommitteeInTerm } from "./inspection-committee-in-term.js";
import { inspectionCommitteeSize } from "./inspection-committee-size.js";
import { inspectionMeetingCompliance } from "./inspection-meeting-compliance.js";
import { labourConferenceCompletion } from "./labour-conference-completion.js";
import { meetingCadence } from "./meeting-cadence.js";
import { membersLostStructurally } from "./members-lost-structurally.js";
import { memberNetChange } from "./member-net-change.js";
import { members } from "./members.js";
import { membersAdmitted } from "./members-admitted.js";
import { membersLeft } from "./members-left.js";
import { membershipBalance } from "./membership-balance.js";
import { membershipGrowth } from "./membership-growth.js";
import { membershipGrowthOrganic } from "./membership-growth-organic.js";
import { membershipReportSubmission } from "./membership-report-submission.js";
import { occupationalUnionCount } from "./occupational-union-count.js";
import { occupationalUnionsEnded } from "./occupational-unions-ended.js";
import { occupationalUnionsFounded } from "./occupational-unions-founded.js";
import { periodicDialogue } from "./periodic-dialogue.js";
import { policyCompliance } from "./policy-compliance.js";
import { ratedGoodOrBetter } from "./rated-good-or-better.js";
import { reportAcceptance } from "./report-acceptance.js";
import { reportEvidence } from "./report-evidence.js";
import { reportOnTime } from "./report-on-time.js";
import { reportSubmission } from "./report-submission.js";
import { schoolCount } from "./school-count.js";
import { staffConferenceCompletion } from "./staff-conference-completion.js";
import { trainingAttendance } from "./training-attendance.js";
import { unionCoverage } from "./union-coverage.js";
import { unionisationRate } from "./unionisation-rate.js";
import { unreportedUnits } from "./unreported-units.js";
import { welfareAmount } from "./welfare-amount.js";
import { welfareGifts } from "./welfare-gifts.js";
import { welfareRecipients } from "./welfare-recipients.js";
import { womenMembers } from "./women-members.js";
import { womenWorkers } from "./women-workers.js";
import { womensCommittee } from "./womens-committee.js";
import { womensMeetingCompliance } from "./womens-meeting-compliance.js";
import { workers } from "./workers.js";

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

/** Whether a target of the indicator is only that of the unit whose directive sets it: the parts of a count add up to it, and are not it. */
export const hasOwnTarget = (key: string) => byKey.get(key)?.denominator === null;

/** Keys of all indicators, of those for which a directive may set a deadline and of those of a term: what the rules of records look at. */
export const indicatorKeys: { all: string[]; rates: string[]; withDeadline: string[]; ofTerm: string[] } = {
  all: indicators.map(({ key }) => key),
  rates: indicators.filter(({ unit }) => unit === "RATE").map(({ key }) => key),
  withDeadline: indicators.filter(({ takesDeadline }) => takesDeadline).map(({ key }) => key),
  ofTerm: indicators.filter(({ period }) => period === "TERM").map(({ key }) => key),
};
