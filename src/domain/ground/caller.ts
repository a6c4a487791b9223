/** What a token allows. */
export const ROLES = {
  ANALYST: "Reads its branch.",
  RECORDER: "A district app: reads and writes records in its branch.",
  STEWARD:
    "As a recorder, and keeps units, directives, later deadlines of single units and published figures in its branch; at the top of the tree school years, too.",
  ADMINISTRATOR: "Everything, everywhere.",
} as const;

export type Role = keyof typeof ROLES;

/** Whoever asks: an application or a person with a token. `unitId` is the top of its branch; an administrator has none. */
export interface Caller {
  tokenId: string;
  name: string;
  role: Role;
  unitId: string | null;
}

/** What a caller wants to do. */
export type Deed = "READ" | "RECORD" | "STEWARD";

const DEEDS: Record<Role, readonly Deed[]> = {
  ANALYST: ["READ"],
  RECORDER: ["READ", "RECORD"],
  STEWARD: ["READ", "RECORD", "STEWARD"],
  ADMINISTRATOR: ["READ", "RECORD", "STEWARD"],
};

/** Whether the role allows the deed at all; where it may be done is a question of the branch. */
export function roleAllows(caller: Caller, deed: Deed): boolean {
  return DEEDS[caller.role].includes(deed);
}

/** Whether a unit with this line of ancestors (itself included) lies in the caller's branch. */
export function inBranch(caller: Pick<Caller, "role" | "unitId">, lineage: readonly string[]): boolean {
  return caller.unitId === null ? caller.role === "ADMINISTRATOR" : lineage.includes(caller.unitId);
}
