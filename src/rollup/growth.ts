import { type Day } from "../domain/ground/day.js";
import { growthAmount, type GrowthPart, growthParts, isOfPart, type GrowthQuery } from "../domain/analysis/growth.js";
import { type GrowthFigures, type GrowthOver, type GrowthPartFigures } from "../domain/analysis/growth-figures.js";
import { isKnown, isSame, type Standing } from "../domain/analysis/growth-fates.js";
import { figures, measuresOf } from "../domain/figures/indicator.js";
import { members } from "../domain/figures/list/members.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import type { FateRow } from "../storage/stores/growth.reader.js";
import type { Stores } from "../storage/stores/stores.js";
import { tallies } from "./tallies.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** A rollup whose membership is set beside that of the school year before. */
export interface GrowthKey extends RollupKey {
  before: SchoolYear;
}

/** The growth of many units: a statement for those of one level, school year, filter and tree, beside those of their members. */
export async function growth(stores: Stores, keys: readonly GrowthKey[], today: Day): Promise<GrowthFigures[]> {
  const groups = new Map<string, GrowthQuery & { unitIds: string[] }>();
  const nameOf = ({ level, tree, schoolYear, where }: GrowthKey) =>
    [level, tree, schoolYear.label, where.schoolLevel, where.ownership].join("|");
  for (const key of keys) {
    const query = groups.get(nameOf(key)) ?? { ...growthQuery(key, today), unitIds: [] };
    query.unitIds.push(key.unitId);
    groups.set(nameOf(key), query);
  }
  const found = new Map<string, FateRow[]>();
  const placeOf = (name: string, unitId: string) => `${name} ${unitId}`;
  for (const [name, query] of groups)
    for (const row of await stores.growth.fates(query)) {
      const place = placeOf(name, row.unitId);
      if (!found.get(place)?.push(row)) found.set(place, [row]);
    }
  const asked = keys.map((key) => ({ ...key, measures: measuresOf(members) }));
  const totals = await tallies(stores, [...asked, ...asked.map((key) => ({ ...key, schoolYear: key.before }))], today);
  const membersIn = (index: number) => figures(members, totals[index]!).value;
  return keys.map((key, index) => ({
    ...takenApart(found.get(placeOf(nameOf(key), key.unitId)) ?? []),
    membersNow: membersIn(index),
    membersBefore: membersIn(keys.length + index),
  }));
}

/** The question for the membership of two years below a unit. */
export function growthQuery({ unitId, level, schoolYear, before, where, tree }: GrowthKey, today: Day): GrowthQuery {
  return {
    unitIds: [unitId],
    level,
    now: schoolYear.label,
    before: before.label,
    since: before.referenceDate,
    until: schoolYear.referenceDate,
    where,
    treeOn: tree === "TODAY" ? today : null,
  };
}

function takenApart(rows: readonly FateRow[]): Omit<GrowthFigures, "membersBefore" | "membersNow"> {
  const over = (
    isOf: (standing: Standing) => boolean,
    gainedBy = ({ now, before }: FateRow) => (now.members ?? 0) - (before.members ?? 0),
  ): GrowthOver => {
    const of = rows.filter(isOf);
    const total = (amount: (row: FateRow) => number) => of.reduce((sum, row) => sum + amount(row), 0);
    return { gained: total(gainedBy), before: total(({ before }) => before.members ?? 0), units: total(({ units }) => units) };
  };
  const organic = growthParts.find(({ key }) => key === "ORGANIC")!;
  return {
    total: over(isKnown),
    likeForLike: over(isSame),
    organic: over(
      (standing) => isOfPart(organic, standing),
      (row) => growthAmount(organic, row, row.now, row.before),
    ),
    parts: growthParts.map((part) => figuresOf(part, rows)),
  };
}

function figuresOf(part: GrowthPart, rows: readonly FateRow[]): GrowthPartFigures {
  const standings = rows
    .filter((row) => isOfPart(part, row))
    .map(({ fate, kin, now, before, behind }) => ({
      ...{ fate, kin, units: behind[part.key] },
      members: growthAmount(part, { fate, kin }, now, before),
    }));
  return {
    part,
    members: standings.reduce((total, { members: gained }) => total + gained, 0),
    units: standings.reduce((total, { units }) => total + units, 0),
    standings: part.of.length > 1 ? standings.filter(({ units }) => units > 0) : [],
  };
}
