import { addMonths } from "../../domain/ground/day.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type SchoolLevel } from "../../domain/tree/unit.js";
import { type Dice, diceFor } from "./dice.js";
import { type Area } from "./plan.js";
import { type School } from "./schools.js";

/** Workers and members of a school in one school year, in the words of the membership report. It balances. */
export interface StaffYear {
  workersOpening: number;
  womenWorkersOpening: number;
  membersOpening: number;
  womenMembersOpening: number;
  workersClosing: number;
  womenWorkersClosing: number;
  membersClosing: number;
  womenMembersClosing: number;
  admitted: number;
  transferredIn: number;
  transferredOut: number;
  left: number;
  retired: number;
}

type Range = [number, number];

/** From how many to how many people work in a public school, and what share of them are women. */
const SIZES: Partial<Record<SchoolLevel, Record<Area, Range>>> = {
  PRESCHOOL: { MOUNTAIN: [11, 26], CITY: [18, 38], CAPITAL: [34, 72] },
  PRIMARY: { MOUNTAIN: [15, 36], CITY: [24, 52], CAPITAL: [42, 112] },
  LOWER_SECONDARY: { MOUNTAIN: [13, 30], CITY: [22, 48], CAPITAL: [38, 96] },
  MULTI_LEVEL: { MOUNTAIN: [18, 42], CITY: [24, 40], CAPITAL: [45, 120] },
  SPECIAL: { MOUNTAIN: [20, 44], CITY: [24, 48], CAPITAL: [30, 60] },
  UPPER_SECONDARY: { MOUNTAIN: [28, 72], CITY: [50, 84], CAPITAL: [60, 110] },
};
const CENTRE: Range = [12, 26];
const NURSERY_GROUP: Range = [3, 9];
const PRIVATE_PRESCHOOL: Record<Area, Range> = { MOUNTAIN: [9, 18], CITY: [10, 20], CAPITAL: [12, 34] };
/** A few remote preschools are so small that they may do without a conference. */
const REMOTE: Range = [5, 7];
const WOMEN: Partial<Record<SchoolLevel, Range>> = { PRESCHOOL: [94, 100], INDEPENDENT_NURSERY_GROUP: [98, 100], PRIMARY: [70, 88] };
const WOMEN_ELSEWHERE: Range = [52, 72];

/** The school's people over the school years: each year opens as the one before closed. None for a year before it opened. */
export function staffOver(school: School, years: readonly SchoolYear[]): Map<string, StaffYear> {
  const dice = diceFor(`${school.code} staff`);
  const share = dice.between(...(WOMEN[school.level] ?? WOMEN_ELSEWHERE)) / 100;
  const result = new Map<string, StaffYear>();
  const size = dice.between(...sizeOf(school, dice));
  const outside = school.ownership === "PUBLIC" ? (dice.chance(0.3) ? 1 : 0) : Math.round(size * (dice.between(5, 35) / 100));
  let [workers, members] = [size, school.union ? size - outside : 0];
  for (const year of years) {
    if (school.openedOn > year.referenceDate) continue;
    const isNew = result.size === 0 && school.openedOn > addMonths(year.startsOn, -12);
    if (isNew) members = 0;
    if (school.openedOn > year.startsOn) workers = 0;
    const moved = isNew ? founding(school, size, workers, dice) : movements(school, workers, members, size, dice);
    const next = {
      workers: workers + moved.hired + moved.transferredIn - moved.transferredOut - moved.left - moved.retired,
      members: members + moved.admitted + moved.transferredIn - moved.transferredOut - moved.left - moved.retired,
    };
    const [opening, closing] = [count(workers, members, share), count(next.workers, next.members, share)];
    result.set(year.label, {
      workersOpening: workers,
      womenWorkersOpening: opening.womenWorkers,
      membersOpening: members,
      womenMembersOpening: opening.womenMembers,
      workersClosing: next.workers,
      womenWorkersClosing: closing.womenWorkers,
      membersClosing: next.members,
      womenMembersClosing: closing.womenMembers,
      admitted: moved.admitted,
      transferredIn: moved.transferredIn,
      transferredOut: moved.transferredOut,
      left: moved.left,
      retired: moved.retired,
    });
    ({ workers, members } = next);
  }
  return result;
}

interface Movements {
  hired: number;
  admitted: number;
  transferredIn: number;
  transferredOut: number;
  left: number;
  retired: number;
}

/** The first year of a new school: its people are hired and join. */
function founding(school: School, size: number, workers: number, dice: Dice): Movements {
  const hired = size - workers;
  return { hired, admitted: school.union ? size - dice.between(0, 3) : 0, transferredIn: 0, transferredOut: 0, left: 0, retired: 0 };
}

/** A year like others: some retire, leave or change schools, about as many come. */
function movements(school: School, workers: number, members: number, size: number, dice: Dice): Movements {
  if (!school.union)
    return { hired: dice.chance(0.3) && workers < 10 ? 1 : 0, admitted: 0, transferredIn: 0, transferredOut: 0, left: 0, retired: 0 };
  const isPublic = school.ownership === "PUBLIC";
  const large = workers > 40 ? 2 : 1;
  const retired = dice.chance(isPublic ? 0.45 : 0.05) ? dice.between(1, large) : 0;
  const transferredOut = dice.chance(0.3) ? dice.between(1, large) : 0;
  const left = dice.chance(isPublic ? 0.12 : 0.55) ? dice.between(1, isPublic ? 1 : 3) : 0;
  const gone = retired + transferredOut + left;
  const coming = Math.max(0, gone + (workers < size ? 1 : 0) - (dice.chance(0.35) ? 1 : 0) + (dice.chance(0.15) ? 1 : 0));
  const transferredIn = Math.min(coming, dice.chance(0.4) ? dice.between(1, large) : 0);
  const hired = coming - transferredIn;
  const admitted = Math.max(0, Math.min(workers - members + hired, hired + (dice.chance(isPublic ? 0.5 : 0.35) ? 1 : 0)));
  return { hired, admitted, transferredIn, transferredOut, left, retired };
}

function count(workers: number, members: number, share: number) {
  const womenWorkers = Math.round(workers * share);
  const most = Math.min(womenWorkers, members);
  const least = Math.max(0, members - (workers - womenWorkers));
  return { womenWorkers, womenMembers: Math.max(least, Math.min(most, Math.round(members * share))) };
}

function sizeOf(school: School, dice: Dice): Range {
  if (school.level === "INDEPENDENT_NURSERY_GROUP") return NURSERY_GROUP;
  if (school.level === "CONTINUING_EDUCATION") return CENTRE;
  if (school.ownership !== "PUBLIC" && school.level === "PRESCHOOL") return PRIVATE_PRESCHOOL[school.area];
  if (school.area === "MOUNTAIN" && school.level === "PRESCHOOL" && dice.chance(0.05)) return REMOTE;
  return SIZES[school.level]?.[school.area] ?? CENTRE;
}
