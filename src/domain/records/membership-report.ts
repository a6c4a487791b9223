import { type Dossier, recordsOf } from "../dossier.js";
import { dueFor } from "../due.js";
import { lastDayIn, profileOn } from "../history.js";
import { type Problem, problem } from "../problem.js";
import { flow, judged, obligation, opening, side, statusMeasures, stock, unsaid } from "../tally.js";
import { type SchoolYear } from "../school-year.js";
import { mayHaveUnion } from "../unit.js";
import { asOfDay, asOfMeant, asOfProblems, type CountedDays } from "./as-of.js";
import { type Content, count, required } from "./field.js";
import { recordKind } from "./kind.js";
import { inclusion, OF_MEMBERS } from "./predecessors.js";

/** What happens in the summer after a reference date is the new year's: its opening figures are what the last one closed with. */
const AT_THE_START = "on the day after the last reference date, the first that counts in the school year (schoolYear.countsFrom)";

const fields = {
  asOf: asOfDay("The day of the closing figures", "the reference date of the school year, of a unit that closed before it its last day"),
  workersOpening: required(count(`Everybody employed ${AT_THE_START} (tổng số lao động đầu kỳ).`)),
  womenWorkersOpening: count("Women among the workers on that day (lao động nữ đầu kỳ); null where it is not known."),
  membersOpening: required(count(`Union members ${AT_THE_START} (đoàn viên đầu kỳ).`)),
  womenMembersOpening: count("Women among the members on that day (đoàn viên nữ đầu kỳ); null where it is not known."),
  workersClosing: required(count("Everybody employed on the day of the report (tổng số lao động cuối kỳ).")),
  womenWorkersClosing: count("Women among the workers on that day (lao động nữ cuối kỳ); null where it is not known."),
  membersClosing: required(count("Union members on that day (đoàn viên cuối kỳ).")),
  womenMembersClosing: count("Women among the members on that day (đoàn viên nữ cuối kỳ); null where it is not known."),
  admitted: count("Newly admitted since that day (kết nạp mới). null where it is not known: that is not 0."),
  rejoined: count("Former members who came back (kết nạp lại). null where it is not known: that is not 0."),
  transferredIn: count("Members who came from another union (chuyển đến). null where it is not known: that is not 0."),
  transferredOut: count("Members who went to another union (chuyển đi). null where it is not known: that is not 0."),
  left: count("Members who left the union or their job (thôi việc, ra khỏi công đoàn). null where it is not known: that is not 0."),
  retired: count("Members who retired (nghỉ hưu). null where it is not known: that is not 0."),
  structuralGain: count(
    "Members gained because units were merged or re-assigned (tăng do sắp xếp tổ chức). null where it is not known: that is not 0.",
  ),
  structuralLoss: count(
    "Members lost because units were dissolved, split or re-assigned (giảm do sắp xếp tổ chức). null where it is not known: that is not 0.",
  ),
  includesPredecessors: inclusion(OF_MEMBERS),
} as const;

const MOVEMENTS = [
  "admitted",
  "rejoined",
  "transferredIn",
  "transferredOut",
  "left",
  "retired",
  "structuralGain",
  "structuralLoss",
] as const;

/** Which movements an indicator is made of: a report that leaves one open has not said it. */
const MADE_OF = {
  membersAdmitted: ["admitted", "rejoined"],
  membersLeft: ["left", "retired"],
  membersLostStructurally: ["structuralLoss"],
  memberNetChange: ["admitted", "rejoined", "transferredIn", "transferredOut", "left", "retired"],
  membershipGrowthOrganic: ["admitted", "rejoined", "left", "retired"],
} as const satisfies Record<string, readonly (typeof MOVEMENTS)[number][]>;
const MADE_OF_MOVEMENTS = Object.keys(MADE_OF) as (keyof typeof MADE_OF)[];

/** Indicators of women, whom a report may not tell apart. */
const WOMEN = ["womenWorkers", "womenMembers"] as const;

/** Members at the end as the opening figure and the movements make them; `null` where a movement is not known. */
export function expectedClosing(content: Content<typeof fields>): number | null {
  if (MOVEMENTS.some((name) => content[name] === null)) return null;
  const of = (value: number | null) => value ?? 0;
  return (
    of(content.membersOpening) +
    of(content.admitted) +
    of(content.rejoined) +
    of(content.transferredIn) +
    of(content.structuralGain) -
    of(content.transferredOut) -
    of(content.left) -
    of(content.retired) -
    of(content.structuralLoss)
  );
}

/** A report sent by units that have members: is it there? */
export const membershipReported = obligation("membershipReport");
/** Does the identity closing = opening + movements hold in the report? */
export const membershipBalanced = obligation("membershipBalance");

/**
 * Membership report (báo cáo lao động và đoàn viên): workers and members on the first and the last of the days that count in the school
 * year and what moved in between. A school reports its own people. A union's own report counts only people who belong to none of its schools
 * (an occupational union of nursery teachers), so that nobody is counted twice.
 *
 * Rules: women ≤ all; members ≤ workers except in an occupational union, which has no employer. Expected: closing =
 * opening + movements; a report that does not balance is accepted, counts and is flagged. A movement that is not known is left open.
 * Source: forms 1-HĐCĐ and 2-HĐCĐ (cut-offs 31 May, 30 November); DOMAIN b.7.
 */
export const membershipReport = recordKind({
  key: "membershipReport",
  typeName: "MembershipReport",
  mutations: { record: "reportMembership", withdraw: "withdrawMembershipReport" },
  description:
    "Membership report (báo cáo lao động và đoàn viên): workers and members on the day after the last reference date and on this one, and the movements in between, those of the summer too. Expected: closing = opening + movements; a report that does not balance is accepted and flagged, one that leaves a movement open is not judged. Women are at most all; members are at most the workers, except in an occupational union. Source: forms 1-HĐCĐ and 2-HĐCĐ of the general confederation.",
  levels: ["SCHOOL", "GRASSROOTS"],
  deed: "RECORD",
  schoolYear: "ALWAYS",
  fields,
  keyOf: () => "",
  complete: (content, { schoolYear, today, unit }) => ({
    ...content,
    asOf:
      schoolYear &&
      asOfMeant(content.asOf, { ...daysOf(schoolYear), until: lastDayIn(unit, schoolYear) ?? schoolYear.referenceDate }, today),
  }),
  rules(content, { unit, schoolYear, today }) {
    const problems: Problem[] = [];
    const atMost = (part: keyof typeof fields, whole: keyof typeof fields, why: string) => {
      const [few, many] = [content[part], content[whole]];
      if (typeof few === "number" && typeof many === "number" && few > many)
        problems.push(problem("RULE", part, `${part} is ${few} and ${whole} is ${many}: ${why}.`));
    };
    atMost("womenWorkersOpening", "workersOpening", "women are part of the workers");
    atMost("womenWorkersClosing", "workersClosing", "women are part of the workers");
    atMost("womenMembersOpening", "membersOpening", "women are part of the members");
    atMost("womenMembersClosing", "membersClosing", "women are part of the members");
    const kind = profileOn(unit, schoolYear?.referenceDate ?? unit.placements[0]?.from ?? "").kind;
    if (kind !== "OCCUPATIONAL") {
      atMost("membersOpening", "workersOpening", "members of a grassroots union are workers of the unit");
      atMost("membersClosing", "workersClosing", "members of a grassroots union are workers of the unit");
    }
    if (schoolYear) problems.push(...asOfProblems(content.asOf, daysOf(schoolYear), schoolYear, today));
    if (schoolYear && lastDayIn(unit, schoolYear) === null)
      problems.push(
        problem(
          "UNIT_CLOSED",
          "unit",
          `The unit was open on no day from ${schoolYear.countsFrom} to ${schoolYear.referenceDate}, the days that count in ${schoolYear.label}.`,
        ),
      );
    return problems;
  },
  measures: [
    stock("workers"),
    stock("womenWorkers"),
    stock("members"),
    stock("womenMembers"),
    stock("organisableWorkers"),
    stock("organisedMembers"),
    opening("membersAtStart"),
    ...["membersAdmitted", "membersRejoined", "membersTransferredIn", "membersTransferredOut", "membersLeft", "membersRetired"].map(flow),
    ...["membersStructuralGain", "membersStructuralLoss"].map(flow),
    ...["membersAtStartContinuing", "organicGain", "organicLoss"].map(side),
    ...[...WOMEN, ...MADE_OF_MOVEMENTS].map((key) => stock(unsaid(key))),
    ...statusMeasures(membershipReported),
    ...statusMeasures(membershipBalanced),
  ],
  obligations: [membershipReported, membershipBalanced],
  tally(dossier, write) {
    const due = dueFor(dossier, "membershipReportSubmission");
    const report = reportOf(dossier);
    const expected = mustReport(dossier);
    write.status(membershipReported, report ? "YES" : expected ? "NO_REPORT" : "NOT_ELIGIBLE", due);
    const balance = report && expectedClosing(report);
    const balanced = balance !== null && balance === report?.membersClosing;
    write.status(membershipBalanced, judged({ done: balanced, owed: expected || report !== null, denied: balance !== null }), due);
    if (!report) return;
    const of = (name: (typeof MOVEMENTS)[number]) => report[name] ?? 0;
    const isSaid = (key: keyof typeof MADE_OF) => MADE_OF[key].every((name) => report[name] !== null);
    for (const key of MADE_OF_MOVEMENTS) if (!isSaid(key)) write.add(unsaid(key), 1);
    write.add("workers", report.workersClosing);
    for (const name of WOMEN) if (report[`${name}Closing`] === null) write.add(unsaid(name), 1);
    write.add("womenWorkers", report.womenWorkersClosing ?? 0);
    write.add("members", report.membersClosing);
    write.add("womenMembers", report.womenMembersClosing ?? 0);
    if (isOrganisable(dossier)) {
      write.add("organisableWorkers", report.workersClosing);
      write.add("organisedMembers", report.membersClosing);
    }
    write.add("membersAtStart", report.membersOpening);
    write.add("membersAdmitted", of("admitted"));
    write.add("membersRejoined", of("rejoined"));
    write.add("membersTransferredIn", of("transferredIn"));
    write.add("membersTransferredOut", of("transferredOut"));
    write.add("membersLeft", of("left"));
    write.add("membersRetired", of("retired"));
    write.add("membersStructuralGain", of("structuralGain"));
    write.add("membersStructuralLoss", of("structuralLoss"));
    if (dossier.openSince <= dossier.schoolYear.countsFrom && isSaid("membershipGrowthOrganic")) {
      write.add("membersAtStartContinuing", report.membersOpening);
      write.add("organicGain", of("admitted") + of("rejoined"));
      write.add("organicLoss", of("left") + of("retired"));
    }
  },
});

const daysOf = ({ countsFrom, referenceDate }: SchoolYear): CountedDays => ({ from: countsFrom, until: referenceDate });

function reportOf(dossier: Dossier) {
  return recordsOf(dossier, membershipReport)[0]?.content ?? null;
}

/** Schools that may have a union, and occupational unions, report; another union only where it has people of its own. */
function mustReport(dossier: Dossier): boolean {
  if (dossier.level === "SCHOOL") return mayHaveUnion(dossier, dossier.schoolYear.referenceDate);
  return dossier.kind === "OCCUPATIONAL";
}

/** Whose people count in the unionisation rate: all but occupational unions and schools that may not have a union. */
function isOrganisable(dossier: Dossier): boolean {
  return dossier.kind !== "OCCUPATIONAL" && mayHaveUnion(dossier, dossier.schoolYear.referenceDate);
}

/** Members at the end of the school year as the membership report has them; `null` where there is none. */
export function membersReported(dossier: Dossier): number | null {
  return reportOf(dossier)?.membersClosing ?? null;
}

/** Workers at the end of the school year as the membership report has them; `null` where there is none. */
export function workersReported(dossier: Dossier): number | null {
  return reportOf(dossier)?.workersClosing ?? null;
}
