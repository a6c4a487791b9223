import { type Dossier } from "../../counting/dossier.js";
import { dueFor } from "../../counting/due.js";
import { lastDayIn, profileOn } from "../../tree/history.js";
import { vietnameseDay } from "../../ground/day.js";
import { flow, opening, side, stock, unsaid, type Measure, measures } from "../../counting/measure.js";
import { judged, obligation, obligationThroughUnion, ONLY_DIRECTED, statusMeasures } from "../../counting/obligation.js";
import { type SchoolYear } from "../../tree/school-year.js";
import { mayHaveUnion } from "../../tree/unit.js";
import { asOfMeant, asOfProblems, type CountedDays } from "../as-of.js";
import { recordKind } from "../kind.js";
import {
  expectedClosing,
  MADE_OF,
  MADE_OF_MOVEMENTS,
  membershipFields,
  type MembershipReport,
  type MOVEMENTS,
  WOMEN,
} from "./membership-report-fields.js";
import { peopleCountedProblems, reportCounting, schoolsCounted, tallySpokenFor, unitsSpokenFor } from "../people-counted.js";
import { includesPredecessors } from "../predecessors.js";
import { refusals } from "../refusals.js";

/** A report sent by units that have members: is it there? */
export const membershipReported = obligationThroughUnion("membershipReport", { deadline: ONLY_DIRECTED });
/** Does the identity closing = opening + movements hold in the report? */
export const membershipBalanced = obligation("membershipBalance");

export const membership = measures({
  /** Reports that include what was done by units that theirs followed: their opening figures are of all of them. */
  membershipReportIncluding: stock(),
  workers: stock(),
  womenWorkers: stock(),
  members: stock({ en: "members at the end", vi: "đoàn viên cuối kỳ" }),
  womenMembers: stock(),
  /** Of units that may have a union. */
  organisableWorkers: stock(),
  organisedMembers: stock(),
  membersAtStart: opening({ en: "members at the start", vi: "đoàn viên đầu kỳ" }),
  membersAdmitted: flow({ en: "newly admitted", vi: "kết nạp mới" }),
  membersRejoined: flow({ en: "rejoined", vi: "kết nạp lại" }),
  membersTransferredIn: flow({ en: "transferred in", vi: "chuyển đến" }),
  membersTransferredOut: flow({ en: "transferred out", vi: "chuyển đi" }),
  membersLeft: flow({ en: "left the union or the job", vi: "thôi việc, ra khỏi công đoàn" }),
  membersRetired: flow({ en: "retired", vi: "nghỉ hưu" }),
  membersStructuralGain: flow(),
  membersStructuralLoss: flow(),
  /** Of units that stood all year and know what moved, as the two that follow. */
  membersAtStartContinuing: side(),
  organicGain: side({ en: "admitted and rejoined", vi: "kết nạp mới, kết nạp lại" }),
  organicLoss: side({ en: "left and retired", vi: "thôi việc, ra khỏi công đoàn, nghỉ hưu" }),
});
export const membershipUnsaid = unsaid([...WOMEN, ...MADE_OF_MOVEMENTS]);

/** Who is part of whom. */
const PART_OF = {
  workers: { en: "women are part of the workers", vi: "lao động nữ nằm trong tổng số lao động" },
  members: { en: "women are part of the members", vi: "đoàn viên nữ nằm trong số đoàn viên" },
  unit: {
    en: "members of a grassroots union are workers of the unit",
    vi: "đoàn viên công đoàn cơ sở là người lao động của đơn vị",
  },
};

/**
 * Membership report (báo cáo lao động và đoàn viên): workers and members on the first and the last of the days that count in the school
 * year and what moved in between. A school reports its own people. A union's own report says whom it counts: only people who belong to none of its
 * schools (an occupational union of nursery teachers), or everybody of all of them, who then report through it; so nobody is counted twice.
 *
 * Rules: women ≤ all; members ≤ workers except in an occupational union, which has no employer. Expected: closing =
 * opening + movements; a report that does not balance is accepted, counts and is flagged. A movement that is not known is left open.
 * Source: forms 1-HĐCĐ and 2-HĐCĐ (cut-offs 31 May, 30 November); DOMAIN b.7.
 */
export const membershipReport = recordKind({
  key: "membershipReport",
  typeName: "MembershipReport",
  name: { en: "membership report", vi: "báo cáo lao động và đoàn viên" },
  mutations: { record: "reportMembership", withdraw: "withdrawMembershipReport" },
  description:
    "Membership report (báo cáo lao động và đoàn viên): workers and members on the day after the last reference date and on this one, and the movements in between, those of the summer too. A school counts its own people; a union says whom it counts (peopleCounted): people of none of its schools, or of all, which then report through it. Expected: closing = opening + movements; one that does not balance is accepted and flagged, one that leaves a movement open is not judged. Women are at most all; members at most the workers, except in an occupational union. Source: forms 1-HĐCĐ and 2-HĐCĐ.",
  levels: ["SCHOOL", "GRASSROOTS"],
  deed: "RECORD",
  schoolYear: "ALWAYS",
  fields: membershipFields,
  keyOf: () => "",
  covered: schoolsCounted,
  countsPeople: true,
  complete: (content, { schoolYear, today, unit }) => ({
    ...content,
    asOf:
      schoolYear &&
      asOfMeant(content.asOf, { ...daysOf(schoolYear), until: lastDayIn(unit, schoolYear) ?? schoolYear.referenceDate }, today),
  }),
  rules: refusals(membershipFields, (check, content, context) => {
    const { unit, schoolYear, today } = context;
    for (const { code, field, message } of peopleCountedProblems(content, context)) check.refuse(code, field, message);
    check.atMost("womenWorkersOpening", "workersOpening", PART_OF.workers);
    check.atMost("womenWorkersClosing", "workersClosing", PART_OF.workers);
    check.atMost("womenMembersOpening", "membersOpening", PART_OF.members);
    check.atMost("womenMembersClosing", "membersClosing", PART_OF.members);
    const kind = profileOn(unit, schoolYear?.referenceDate ?? unit.placements[0]?.from ?? "").kind;
    if (kind !== "OCCUPATIONAL") {
      check.atMost("membersOpening", "workersOpening", PART_OF.unit);
      check.atMost("membersClosing", "workersClosing", PART_OF.unit);
    }
    if (!schoolYear) return;
    for (const { code, field, message } of asOfProblems(content.asOf, daysOf(schoolYear), schoolYear, today))
      check.refuse(code, field, message);
    if (lastDayIn(unit, schoolYear) === null)
      check.refuse("UNIT_CLOSED", "unit", {
        en: `The unit was open on no day from ${schoolYear.countsFrom} to ${schoolYear.referenceDate}, the days that count in ${schoolYear.label}.`,
        vi: `Đơn vị không hoạt động ngày nào từ ${vietnameseDay(schoolYear.countsFrom)} đến ${vietnameseDay(schoolYear.referenceDate)}, là những ngày tính cho năm học ${schoolYear.label}.`,
      });
  }),
  measures: [
    ...Object.values(membership),
    ...Object.values<Measure>(membershipUnsaid),
    ...statusMeasures(membershipReported),
    ...statusMeasures(membershipBalanced),
  ],
  obligations: [membershipReported, membershipBalanced],
  tally(dossier, write) {
    const due = dueFor(dossier, membershipReported);
    const counting = reportCounting(dossier, membershipReport);
    const { own: report, ofUnion } = counting;
    const expected = mustReport(dossier);
    write.status(membershipReported, report || ofUnion ? "YES" : expected ? "NO_REPORT" : "NOT_ELIGIBLE", due);
    tallySpokenFor(membershipReported, counting, write);
    const balance = report && expectedClosing(report);
    const balanced = balance !== null && balance === report?.membersClosing;
    write.status(
      membershipBalanced,
      judged({ done: balanced, owed: (expected && !ofUnion) || report !== null, denied: balance !== null }),
      due,
    );
    if (!report) return;
    if (includesPredecessors(report)) write.add(membership.membershipReportIncluding, 1);
    const of = (name: (typeof MOVEMENTS)[number]) => report[name] ?? 0;
    const isSaid = (key: keyof typeof MADE_OF) => MADE_OF[key].every((name) => report[name] !== null);
    const spokenFor = unitsSpokenFor(report);
    for (const key of MADE_OF_MOVEMENTS) if (!isSaid(key)) write.add(membershipUnsaid[key], spokenFor);
    write.add(membership.workers, report.workersClosing);
    for (const name of WOMEN) if (report[`${name}Closing`] === null) write.add(membershipUnsaid[name], spokenFor);
    write.add(membership.womenWorkers, report.womenWorkersClosing ?? 0);
    write.add(membership.members, report.membersClosing);
    write.add(membership.womenMembers, report.womenMembersClosing ?? 0);
    if (isOrganisable(dossier, report)) {
      write.add(membership.organisableWorkers, report.workersClosing);
      write.add(membership.organisedMembers, report.membersClosing);
    }
    write.add(membership.membersAtStart, report.membersOpening);
    write.add(membership.membersAdmitted, of("admitted"));
    write.add(membership.membersRejoined, of("rejoined"));
    write.add(membership.membersTransferredIn, of("transferredIn"));
    write.add(membership.membersTransferredOut, of("transferredOut"));
    write.add(membership.membersLeft, of("left"));
    write.add(membership.membersRetired, of("retired"));
    write.add(membership.membersStructuralGain, of("structuralGain"));
    write.add(membership.membersStructuralLoss, of("structuralLoss"));
    if (dossier.openSince <= dossier.schoolYear.countsFrom && isSaid("membershipGrowthOrganic")) {
      write.add(membership.membersAtStartContinuing, report.membersOpening);
      write.add(membership.organicGain, of("admitted") + of("rejoined"));
      write.add(membership.organicLoss, of("left") + of("retired"));
    }
  },
});

const daysOf = ({ countsFrom, referenceDate }: SchoolYear): CountedDays => ({ from: countsFrom, until: referenceDate });

/** The unit's own report: of a school whose people stand in its union's there is none. */
export function membershipReportOf(dossier: Dossier) {
  return reportCounting(dossier, membershipReport).own;
}

/** Schools that may have a union, and occupational unions, report; another union only where it has people of its own. */
function mustReport(dossier: Dossier): boolean {
  if (dossier.level === "SCHOOL") return mayHaveUnion(dossier, dossier.schoolYear.referenceDate);
  return dossier.kind === "OCCUPATIONAL";
}

/**
 * Whose people count in the unionisation rate: all but those of schools that may not have a union, and of occupational unions that
 * count no schools.
 */
function isOrganisable(dossier: Dossier, report: MembershipReport): boolean {
  const hasEmployer = dossier.kind !== "OCCUPATIONAL" || schoolsCounted(report).length > 0;
  return hasEmployer && mayHaveUnion(dossier, dossier.schoolYear.referenceDate);
}

/** Workers at the end of the school year as the membership report has them; `null` where there is none. */
export function workersReported(dossier: Dossier): number | null {
  return membershipReportOf(dossier)?.workersClosing ?? null;
}
