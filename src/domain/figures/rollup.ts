import { type Level } from "../tree/unit.js";
import { type SchoolYear } from "../tree/school-year.js";
import type { Where } from "../tree/filter.js";

/** OF_THE_YEAR: whoever was parent on the reference date has the figures. TODAY: regrouped under the tree as it stands now. */
export type Tree = "OF_THE_YEAR" | "TODAY";

/** One rollup that is asked for. */
export interface RollupKey {
  unitId: string;
  level: Level;
  schoolYear: SchoolYear;
  where: Where;
  tree: Tree;
  /** The measures that are wanted; all unless given. */
  measures?: readonly string[];
}
