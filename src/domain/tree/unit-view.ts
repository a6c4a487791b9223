import { type Day } from "../ground/day.js";
import { type Level, type Profile, type Unit } from "./unit.js";

/** A unit as a reader sees it on a day. */
export interface UnitView extends Unit, Omit<Profile, "unitId" | "from" | "until"> {
  /** Open on that day. */
  open: boolean;
  /** Parent on that day; of a closed unit the last one it had. */
  parentId: string | null;
  /** Ancestors, nearest first; a closed unit keeps the line it had. */
  ancestorIds: string[];
  sortKey: string;
}

/** Which units a list holds. Every condition that is given must hold. */
export interface UnitQuery {
  /** The day on which names, kinds and parents are looked up. */
  on: Day;
  /** Only units of this unit's branch as it stands on `today`, itself included; `null`: everywhere. */
  branch: string | null;
  today: Day;
  ids?: readonly string[];
  parent?: string;
  ancestor?: string;
  levels?: readonly string[];
  kinds?: readonly string[];
  schoolLevels?: readonly string[];
  ownerships?: readonly string[];
  open?: boolean;
  /** Part of a name that it bears on that day or bore before, or of a name or code of a duplicate that was joined to it. */
  search?: string;
}

/** A unit with what lists of units are sorted by. */
export interface UnitEntry {
  id: string;
  level: Level;
  code: string;
  sortKey: string;
}

/** By what a list of units is sorted; its keys are that and the id. */
export interface UnitSort {
  by: "NAME" | "CODE";
  descending: boolean;
}

/** A duplicate that was joined to the right unit, by the id and the code that it had. */
export interface MergedUnit {
  unitId: string;
  code: string;
}
