import { type Authorship } from "../ground/authorship.js";
import { covers, type Day } from "../ground/day.js";
import { standingPlacement, type UnitHistory } from "./history.js";
import { type Level, levelOf, type Placement, type Profile } from "./unit.js";

/** What was done to a unit. */
export const UNIT_ACTIONS = {
  REGISTERED: "It was registered, or registered again where it did not count before (đăng ký).",
  UPDATED: "Its name, kind, school level, ownership or autonomy group was changed or corrected (cập nhật).",
  MOVED: "It was placed under another parent (chuyển đơn vị cấp trên).",
  CLOSED: "It was closed, or its closing corrected (kết thúc hoạt động).",
  REOPENED: "It was opened again, or its closing undone (hoạt động trở lại).",
  VOIDED: "It was made void: registered by mistake, and nothing depended on it (hủy đăng ký).",
  MERGED: "It was a duplicate of another unit and was joined to it (gộp đơn vị đăng ký trùng).",
  FOUND: "As a hub up to 0.4.0 left it: kept when it was first changed by a later one, who made it so is not known.",
} as const;
export type UnitAction = keyof typeof UNIT_ACTIONS;

/** What was done to units, by whom, when and why. */
export interface UnitChange extends Authorship {
  action: UnitAction;
}

/** One version of a unit: what it was after a change, with all its dated facts. None is ever changed. */
export interface UnitVersion extends UnitChange {
  unitId: string;
  version: number;
  code: string;
  placements: readonly Omit<Placement, "unitId">[];
  profiles: readonly Omit<Profile, "unitId">[];
}

/** The version that a change makes of a unit. */
export function versionOf({ unit, placements, profiles }: UnitHistory, change: UnitChange): UnitVersion {
  return {
    ...change,
    unitId: unit.id,
    version: unit.version,
    code: unit.code,
    placements: placements.map(({ unitId: _, ...placement }) => placement),
    profiles: profiles.map(({ unitId: _, ...profile }) => profile),
  };
}

/** What is told of who left a unit as it was found. */
export const foundSo: UnitChange = {
  ...{ action: "FOUND", recordedAt: null, recordedBy: null, recordedByToken: null, recordedByUnit: null, reason: null },
};

/** A unit that was made void, as it last was. */
export interface VoidUnit {
  id: string;
  code: string;
  level: Level;
  name: string;
  /** Under which unit it stood: whoever sees that one sees what there was of it. */
  parentId: string | null;
  /** Number of the version that made it void, its last. */
  version: number;
}

/** What a unit was that was made void on a day; given its version before that. */
export function voidUnitOf({ unitId, version, code, placements, profiles }: UnitVersion, on: Day): VoidUnit {
  const profile = profiles.find((candidate) => covers(candidate, on)) ?? profiles[0];
  if (!profile) throw new Error(`unit ${unitId} was made void without a profile`);
  const parentId = standingPlacement(placements, on)?.parentId ?? null;
  return { id: unitId, code, level: levelOf(profile.kind), name: profile.name, parentId, version: version + 1 };
}
