import { type GrowthPart } from "./growth.js";
import { type Standing } from "./growth-fates.js";

/** A part of the growth: what it comes to, and from how many units. */
export interface GrowthPartFigures {
  part: GrowthPart;
  members: number;
  units: number;
  /** The same by the standing of its units, where several make the part; those that nobody shares are left out. */
  standings: (Standing & { members: number; units: number })[];
}

/** Members gained, of the members that the same units had a year before. */
export interface GrowthOver {
  gained: number;
  before: number;
  units: number;
}

/** The growth of membership from the end of one school year to the end of the next, taken apart. */
export interface GrowthFigures {
  /** `null`: nobody reported. */
  membersBefore: number | null;
  membersNow: number | null;
  /** Over the units that are known at both ends: of which both figures were reported, or one is none for certain. */
  total: GrowthOver;
  /** Over the same units, reported twice. */
  likeForLike: GrowthOver;
  /** The part ORGANIC over the units that make it. */
  organic: GrowthOver;
  /** In their fixed order; they add up to what was reported now less what was reported before. */
  parts: GrowthPartFigures[];
}

/** A growth as a fraction of the members before; `value` is `null` where there were none. */
export function rateOver({ gained, before, units }: GrowthOver) {
  return { value: before === 0 ? null : gained / before, numerator: gained, denominator: before, units };
}

/** What the parts add up to; `null` where nobody reported in one of the years. */
export function changeOf({ membersBefore, membersNow }: GrowthFigures): number | null {
  return membersNow === null || membersBefore === null ? null : membersNow - membersBefore;
}
