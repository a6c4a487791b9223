import { type Day } from "../domain/ground/day.js";
import { figures, type Indicator, measuresOf } from "../domain/figures/indicator.js";
import {
  type ChangeMissing,
  changeSince,
  compareRanks,
  competitionRanks,
  type Place,
  type RankKey,
  type Unranked,
  whyUnranked,
  type ScopeUnit,
  type UnitsBelow,
} from "../domain/analysis/ranking.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { isZero, type Tally } from "../domain/counting/tally.js";
import { type Level, rank } from "../domain/tree/unit.js";
import { inStretches, mapInStretches, sortInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { tallies } from "./tallies.js";
import { holdingWholeList } from "./whole-lists.js";
import type { Where } from "../domain/tree/filter.js";
import { type RollupKey, type Tree } from "../domain/figures/rollup.js";

/** By what units are compared. */
export interface RankingAsked {
  indicator: Indicator;
  schoolYear: SchoolYear;
  /** The school year before, where it has been opened. */
  before: SchoolYear | null;
  where: Where;
  tree: Tree;
}

/** A unit with its place, its tally and what became of its value since last year. */
export interface RankedUnit extends RankKey, Place {
  level: Level;
  tally: Tally;
  /** Why it has no rank. NOT_DUE is not told apart from NO_REPORT here: that takes the day. */
  unranked: Exclude<Unranked, "NOT_DUE"> | null;
  /** Value less the value of the school year before. */
  change: number | null;
  changeMissing: ChangeMissing | null;
}

/** Whether units of one level may stand below a unit of another. */
export function isBelow(level: Level, top: Level): boolean {
  return rank(level) > rank(top);
}

/** The units of a level below a unit, ranked by an indicator; a number of statements that does not depend on the units. */
export async function rankingBelow(
  stores: Stores,
  asked: RankingAsked,
  below: Omit<UnitsBelow, keyof RankingAsked>,
): Promise<RankedUnit[]> {
  return holdingWholeList(stores, async () => ranked(stores, asked, await stores.scopes.unitsBelow({ ...below, ...asked }), below.today));
}

/** Units that are named, ranked by an indicator. */
export async function rankingOf(stores: Stores, asked: RankingAsked, ids: readonly string[], today: Day): Promise<RankedUnit[]> {
  return ranked(stores, asked, await stores.scopes.named(ids, asked.schoolYear, asked.before), today);
}

async function ranked(stores: Stores, asked: RankingAsked, units: readonly ScopeUnit[], today: Day): Promise<RankedUnit[]> {
  const { indicator, schoolYear, before, where, tree } = asked;
  const measures = measuresOf(indicator);
  const keys = (year: SchoolYear): Promise<RollupKey[]> =>
    mapInStretches(units, ({ unitId, level }) => ({ unitId, level, schoolYear: year, where, tree, measures }), stores.pause);
  const found = await tallies(stores, [...(await keys(schoolYear)), ...(before ? await keys(before) : [])], today);
  const rows = await mapInStretches(
    units,
    ({ unitId, level, sortKey, counted, countedBefore }, index) => {
      const tally = found[index]!;
      const now = standing(indicator, tally, counted, tree);
      const then = found[units.length + index]!;
      const last = before ? { ...standing(indicator, then, countedBefore, tree), tally: then } : null;
      return { unitId, level, sortKey, tally, ...now, ...changeSince(indicator, { ...now, tally }, last) };
    },
    stores.pause,
  );
  const places = competitionRanks(await sortInStretches(rows, compareRanks(indicator.direction), stores.pause));
  const placed: RankedUnit[] = [];
  await inStretches(places, (row) => void placed.push(row), stores.pause);
  return placed;
}

/** Under today's tree a unit that was founded since has the figures of those that stand below it now. */
function standing(indicator: Indicator, tally: Tally, counted: boolean, tree: Tree) {
  const unranked = whyUnranked(indicator, tally, counted || (tree === "TODAY" && !isZero(tally)));
  return { unranked, value: unranked ? null : figures(indicator, tally).value };
}
