import { type Day, type Interval } from "../ground/day.js";
import type { EndReason } from "./end-reason.js";

/** The levels from the top down; a parent is always of a higher level than its child, so there can be no cycle. */
export const LEVELS = ["CONFEDERATION", "PROVINCE", "DISTRICT", "GRASSROOTS", "SCHOOL"] as const;
export type Level = (typeof LEVELS)[number];

/** What a unit of a level is inside a Vietnamese sentence. */
export const LEVEL_IN_VIETNAMESE: Readonly<Record<Level, string>> = {
  CONFEDERATION: "Tổng Liên đoàn",
  PROVINCE: "liên đoàn cấp tỉnh",
  DISTRICT: "công đoàn cấp trên trực tiếp cơ sở",
  GRASSROOTS: "công đoàn cơ sở",
  SCHOOL: "trường",
};

/** Levels whose rollups are stored in the ledger; below them a unit's few dossiers are summed on read. */
export const LEDGER_LEVELS = ["CONFEDERATION", "PROVINCE", "DISTRICT"] as const satisfies readonly Level[];

/** Whether units of a level are federations: the ledger has cells of them, and they close periods, publish and direct. */
export function isFederation(level: Level): boolean {
  return (LEDGER_LEVELS as readonly Level[]).includes(level);
}

/** Each kind of unit, its level and what it is. */
export const KINDS = {
  CONFEDERATION: { level: "CONFEDERATION", description: "General confederation (Tổng Liên đoàn Lao động Việt Nam)." },
  PROVINCE: { level: "PROVINCE", description: "Provincial federation of labour (Liên đoàn Lao động tỉnh, thành phố)." },
  DISTRICT: { level: "DISTRICT", description: "District federation (Liên đoàn Lao động huyện, quận); none after 1 July 2025." },
  CITY: { level: "DISTRICT", description: "Federation of a city below a province (LĐLĐ thành phố thuộc tỉnh)." },
  TOWN: { level: "DISTRICT", description: "Federation of a town (LĐLĐ thị xã)." },
  SECTOR_UNION: {
    level: "DISTRICT",
    description: "Provincial sector union, e.g. the education union of a province (Công đoàn ngành GD&ĐT).",
  },
  COMMUNE_UNION: {
    level: "DISTRICT",
    description: "Union of a commune, ward or special zone (Công đoàn xã, phường, đặc khu), since 1 July 2025.",
  },
  GRASSROOTS: { level: "GRASSROOTS", description: "Grassroots union (công đoàn cơ sở): members of one or several schools." },
  OCCUPATIONAL: {
    level: "GRASSROOTS",
    description: "Occupational union (nghiệp đoàn): members without an employment relation, e.g. nursery teachers.",
  },
  SCHOOL: { level: "SCHOOL", description: "School (trường học), with or without a union." },
} as const satisfies Record<string, { level: Level; description: string }>;

export type UnitKind = keyof typeof KINDS;

/** School levels (cấp học). */
export const SCHOOL_LEVELS = {
  PRESCHOOL: "Preschool (mầm non).",
  INDEPENDENT_NURSERY_GROUP: "Independent nursery group or class (nhóm, lớp mầm non độc lập).",
  PRIMARY: "Primary (tiểu học).",
  LOWER_SECONDARY: "Lower secondary (trung học cơ sở, THCS).",
  UPPER_SECONDARY: "Upper secondary (trung học phổ thông, THPT).",
  MULTI_LEVEL: "Several levels in one school (trường phổ thông nhiều cấp học).",
  CONTINUING_EDUCATION: "Continuing and vocational education centre (GDTX, GDNN-GDTX).",
  VOCATIONAL_SECONDARY: "Vocational secondary school (trung học nghề), since 10 June 2026.",
  VOCATIONAL_INTERMEDIATE: "Intermediate vocational school (trung cấp).",
  COLLEGE: "College (cao đẳng).",
  UNIVERSITY: "University (đại học).",
  SPECIAL: "Specialised school (trường chuyên biệt).",
} as const;
export type SchoolLevel = keyof typeof SCHOOL_LEVELS;

/** Who owns a school. */
export const OWNERSHIPS = {
  PUBLIC: "Public (công lập).",
  COMMUNITY: "Community-founded (dân lập); non-public.",
  PRIVATE: "Private (tư thục); non-public.",
} as const;
export type Ownership = keyof typeof OWNERSHIPS;

/** What a filter by ownership may name. */
export const OWNERSHIP_FILTERS = {
  ...OWNERSHIPS,
  NON_PUBLIC: "Every school that is not public (ngoài công lập): community-founded and private.",
} as const;
export type OwnershipFilter = keyof typeof OWNERSHIP_FILTERS;

/** Financial autonomy groups of public units, Decree 60/2021 Art. 9. */
export const AUTONOMY_GROUPS = {
  GROUP_1: "Covers all recurrent and investment spending (nhóm 1).",
  GROUP_2: "Covers all recurrent spending (nhóm 2).",
  GROUP_3: "Covers 10% to below 100% of recurrent spending (nhóm 3).",
  GROUP_4: "Covers below 10% or nothing (nhóm 4): no union since 15 June 2025.",
} as const;
export type AutonomyGroup = keyof typeof AUTONOMY_GROUPS;

/** Where the hub has a fact from. */
export const PROVENANCES = {
  REPORTED: "Reported by a caller through the API.",
  DOCUMENT: "A fact of a published source document.",
  DEMONSTRATION: "Made for demonstration: believable, not real.",
} as const;
export type Provenance = keyof typeof PROVENANCES;

/** What never changes about a unit. `code` is a name for machines, unique in the hub; the identity is `id`. */
export interface Unit {
  id: string;
  code: string;
  /** What no other code may come to: the code as `identityFold` has it, or as it is, of a later twin from before 0.5.0. */
  codeKey: string;
  level: Level;
  version: number;
  provenance: Provenance;
}

/** Under which parent a unit stood. A root has no parent. A unit is open on the days of its placements. */
export interface Placement extends Interval {
  unitId: string;
  parentId: string | null;
  /** Why the unit closed when this placement ended; none where it goes on, or where nobody said. */
  endReason?: EndReason | null;
}

/** What holds for a unit during an interval. Profiles of a unit follow each other without gaps. */
export interface Profile extends Interval {
  unitId: string;
  name: string;
  kind: UnitKind;
  schoolLevel: SchoolLevel | null;
  ownership: Ownership | null;
  autonomyGroup: AutonomyGroup | null;
}

/** Only the fields of a profile. */
export function profileOf({ unitId, from, until, name, kind, schoolLevel, ownership, autonomyGroup }: Profile): Profile {
  return { unitId, from, until, name, kind, schoolLevel, ownership, autonomyGroup };
}

export function sameProfile(a: Profile, b: Profile): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.schoolLevel === b.schoolLevel &&
    a.ownership === b.ownership &&
    a.autonomyGroup === b.autonomyGroup
  );
}

export function levelOf(kind: UnitKind): Level {
  return KINDS[kind].level;
}

/** 0 for the confederation, 4 for a school. */
export function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

/** Whether a unit of `parent` level may stand above one of `child` level. */
export function mayParent(parent: Level, child: Level): boolean {
  return rank(parent) < rank(child);
}

export function isPublic(ownership: Ownership | null): boolean {
  return ownership === "PUBLIC";
}

export function isNonPublic(ownership: Ownership | null): boolean {
  return ownership === "COMMUNITY" || ownership === "PRIVATE";
}

/**
 * Whether people in a school with this profile may have a union on a day: units whose staff are paid wholly by the
 * state budget (autonomy group 4) have none since 15 June 2025.
 * Source: dispatch 4133/TLĐ-ToC and 4173/TLĐ-ToC of the general confederation (May 2025); Decree 60/2021 Art. 9.
 */
export function mayHaveUnion(profile: Pick<Profile, "autonomyGroup">, on: Day): boolean {
  return profile.autonomyGroup !== "GROUP_4" || on < "2025-06-15";
}
