import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type RecordDraft } from "../seed.js";
import { diceFor } from "./dice.js";
import { type Plan } from "./plan.js";
import { type School } from "./schools.js";
import { type StaffYear } from "./staff.js";

/** Likelihood that a report is missing, and that one does not balance. */
const MISSING = 0.025;
const UNBALANCED = 0.02;

/** The school's membership reports: nearly one a year, a few of which forgot a movement and so do not balance. */
export function membershipReportsOf(school: School, staff: ReadonlyMap<string, StaffYear>): RecordDraft[] {
  const drafts: RecordDraft[] = [];
  for (const [schoolYear, figures] of staff) {
    const dice = diceFor(`${school.code} membership ${schoolYear}`);
    if (dice.chance(school.union ? MISSING : 4 * MISSING)) continue;
    const content = school.union && dice.chance(UNBALANCED) ? forgetful(figures) : figures;
    drafts.push({ kind: "membershipReport", unit: school.code, schoolYear, content: { ...STILL, ...content } });
  }
  return drafts;
}

/** The reports of occupational unions, whose members have no employer: who is counted is a member. */
export function occupationalReports(plan: Plan, years: readonly SchoolYear[]): RecordDraft[] {
  const drafts: RecordDraft[] = [];
  for (const { code, openedOn, members } of plan.districts.flatMap((district) => district.occupationalUnions ?? [])) {
    let opening = 0;
    for (const year of years) {
      if (openedOn > year.referenceDate) continue;
      const dice = diceFor(`${code} membership ${year.label}`);
      const admitted = opening === 0 ? members : dice.between(5, 12);
      const left = opening === 0 ? 0 : dice.between(2, 5);
      const closing = opening + admitted - left;
      const content = {
        peopleCounted: "OTHERS_ONLY",
        ...alike("Opening", opening),
        ...alike("Closing", closing),
        ...STILL,
        admitted,
        left,
      };
      drafts.push({ kind: "membershipReport", unit: code, schoolYear: year.label, content });
      opening = closing;
    }
  }
  return drafts;
}

/** All are women, and all are members. */
function alike(end: "Opening" | "Closing", people: number): Record<string, number> {
  return Object.fromEntries(["workers", "womenWorkers", "members", "womenMembers"].map((name) => [name + end, people]));
}

/** The report of somebody who forgot those who went, or counted a newcomer twice. */
function forgetful(figures: StaffYear): StaffYear {
  if (figures.retired > 0) return { ...figures, retired: 0 };
  if (figures.transferredOut > 0) return { ...figures, transferredOut: 0 };
  return { ...figures, admitted: figures.admitted + 1 };
}

/** What nobody did: said, as it is known. */
const STILL = {
  ...{ admitted: 0, rejoined: 0, transferredIn: 0, transferredOut: 0 },
  ...{ left: 0, retired: 0, structuralGain: 0, structuralLoss: 0 },
};
