import { type Day } from "../../domain/ground/day.js";
import { type Plan } from "./plan.js";
import { type School } from "./schools.js";
import { type StaffYear } from "./staff.js";

/** A union for which records are made. */
export interface Union {
  code: string;
  /** Code of the federation above it. */
  federation: string;
  openedOn: Day;
  /** Members in the spring of 2023, or at its founding. */
  members: number;
  women: number;
  isPublic: boolean;
  isOccupational: boolean;
}

const LONG_AGO: Day = "2010-01-01";

/** The unions of the schools, and the occupational unions. */
export function unionsOf(plan: Plan, schools: readonly School[], staffOf: (school: School) => ReadonlyMap<string, StaffYear>): Union[] {
  const unions = new Map<string, Union>();
  for (const school of schools) {
    if (!school.union) continue;
    const [year] = [...staffOf(school).values()];
    const present = unions.get(school.union);
    unions.set(school.union, {
      code: school.union,
      federation: school.federation,
      openedOn: present || school.union !== `${school.code}-CD` ? LONG_AGO : school.openedOn,
      members: (present?.members ?? 0) + (year?.membersClosing ?? 0),
      women: (present?.women ?? 0) + (year?.womenMembersClosing ?? 0),
      isPublic: school.ownership === "PUBLIC",
      isOccupational: false,
    });
  }
  const occupational = plan.districts.flatMap((district) =>
    (district.occupationalUnions ?? []).map(({ code, openedOn, members }) => ({ code, federation: district.code, openedOn, members })),
  );
  for (const union of occupational) unions.set(union.code, { ...union, women: union.members, isPublic: false, isOccupational: true });
  return [...unions.values()];
}

/** Federations that stand out in the documents: there every union has done what is asked. */
export function keepsEveryRule({ federation }: Union): boolean {
  return federation === "HN-BTL";
}
