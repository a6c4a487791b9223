import { type Day } from "../domain/day.js";
import { COUNTED_BEFORE, COUNTED_NOW, type Fate, growthAmount, type GrowthPart, growthParts } from "../domain/growth.js";
import { type SchoolYear } from "../domain/school-year.js";
import { type Tally } from "../domain/tally.js";
import type { FateRow, GrowthQuery } from "../storage/growth.reader.js";
import type { Stores } from "../storage/stores.js";
import { type RollupKey } from "./tallies.js";

/** A rollup whose membership is set beside that of the school year before. */
export interface GrowthKey extends RollupKey {
  before: SchoolYear;
}

/** A part of the growth: what it comes to, and from how many units. */
export interface GrowthPartFigures {
  part: GrowthPart;
  members: number;
  units: number;
  /** The same by the fate of its units, where several make the part; fates that nobody shares are left out. */
  fates: { fate: Fate; members: number; units: number }[];
}

/** The growth of membership from the end of one school year to the end of the next, taken apart. */
export interface GrowthFigures {
  membersBefore: number;
  membersNow: number;
  /** Members a year before of the units that reported in both years: what organic growth is set against. */
  membersBeforeOfStayed: number;
  /** In their fixed order; they add up to membersNow - membersBefore. */
  parts: GrowthPartFigures[];
}

/** The growth of many units: a statement for those of one level, school year, filter and tree. */
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
  return keys.map((key) => takenApart(found.get(placeOf(nameOf(key), key.unitId)) ?? []));
}

/** The question for the membership of two years below a unit. */
export function growthQuery({ unitId, level, schoolYear, before, where, tree }: GrowthKey, today: Day): GrowthQuery {
  return {
    unitIds: [unitId],
    level,
    now: schoolYear.label,
    before: before.label,
    where,
    treeOn: tree === "TODAY" ? today : null,
  };
}

function takenApart(rows: readonly FateRow[]): GrowthFigures {
  const members = (fates: readonly Fate[], side: (row: FateRow) => Tally) =>
    rows.reduce((total, row) => total + (fates.includes(row.fate) ? (side(row).members ?? 0) : 0), 0);
  return {
    membersBefore: members(COUNTED_BEFORE, ({ before }) => before),
    membersNow: members(COUNTED_NOW, ({ now }) => now),
    membersBeforeOfStayed: members(["STAYED"], ({ before }) => before),
    parts: growthParts.map((part) => figuresOf(part, rows)),
  };
}

function figuresOf(part: GrowthPart, rows: readonly FateRow[]): GrowthPartFigures {
  const fates = part.of.flatMap((fate) =>
    rows
      .filter((row) => row.fate === fate)
      .map(({ now, before, behind }) => ({ fate, members: growthAmount(part, fate, now, before), units: behind[part.key] })),
  );
  return {
    part,
    members: fates.reduce((total, { members }) => total + members, 0),
    units: fates.reduce((total, { units }) => total + units, 0),
    fates: part.of.length > 1 ? fates.filter(({ units }) => units > 0) : [],
  };
}
