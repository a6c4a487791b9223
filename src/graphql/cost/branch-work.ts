import { grouped } from "../../domain/ground/grouped.js";
import { directive as directiveKind, isJudging } from "../../domain/records/kinds/directive.js";
import { type Args } from "./by-arguments.js";

/**
 * What a change does to every unit of a branch besides its price, in points for each: `once`, and in each school year that is open
 * (`yearly`). The branch is that of the unit that it names, by id or code; null: the caller's.
 */
export interface UnitWork {
  unit: string | null;
  once: number;
  yearly: number;
}

/** The same; what withdraws a directive names that alone. */
export type BranchWork = UnitWork | { directive: string };

/** Works on branches by what names these: such of the same branch are one, added up. */
export type BranchWorks = ReadonlyMap<string, BranchWork>;

export const NO_WORK: BranchWorks = new Map();

/** A dossier, for which a directive is looked at, and one that is judged anew by it. */
const REACHED = 2;
const JUDGED = 18;
/** A dossier that is made anew because of a change of the tree. */
const REPOSTED = 30;
/** A dossier that is made for a school year. */
const OPENED = 16;
/** A dossier that is frozen with its records. */
const FROZEN = 60;
/** A unit whose report may have to be closed again. */
const CLOSED = 0.1;

/** Makes every dossier of the branch of a unit anew, in all school years. */
export const ofTree = ({ input }: Args) => [{ unit: unitIn(input), once: 0, yearly: REPOSTED }];
export const ofOpening = () => [{ unit: null, once: OPENED, yearly: 0 }];
/** Its own dossiers and those of the year after it. */
export const ofSchoolYear = () => [{ unit: null, once: 2 * REPOSTED, yearly: 0 }];
export const ofVintage = ({ input }: Args) => [{ unit: unitIn(input), once: FROZEN, yearly: 0 }];
export const ofClosing = ({ input }: Args) => [{ unit: unitIn(input), once: CLOSED, yearly: 0 }];
export const ofWithdrawal = ({ input }: Args) => [{ directive: textOf((Object(input) as Args)["record"]) }];

/**
 * Directives of one unit reach and judge the dossiers of a school year once, however many they are. One that corrects another takes back
 * what that said: of one year at least.
 */
export function ofDirectives(directives: readonly unknown[]): UnitWork[] {
  const ofUnits = grouped(directives, unitIn, (one) => Object(one) as Args);
  return [...ofUnits].map(([unit, all]) => {
    const [reached, judged] = [new Set<unknown>(), new Set<unknown>()];
    // A batch may hold 70,000 settings: whether one judges is asked once a year.
    for (const { settings } of all)
      for (const setting of (Array.isArray(settings) ? settings : [settings ?? []].flat()) as readonly unknown[]) {
        const said = Object(setting) as Args;
        const year = said["schoolYear"];
        reached.add(year);
        if (!judged.has(year) && judges(said)) judged.add(year);
      }
    const least = all.some(({ expectedVersion }) => Boolean(expectedVersion)) ? 1 : 0;
    return { unit, once: REACHED * Math.max(least, reached.size) + JUDGED * Math.max(least, judged.size), yearly: 0 };
  });
}

/** What rows of a batch do, that record directives or withdraw them. */
export function ofRecords(rows: readonly unknown[]): BranchWork[] {
  const directing = rows.map(directingIn);
  return [...ofDirectives(directing.flatMap(({ sent }) => sent)), ...directing.flatMap(({ id }) => id.map((directive) => ({ directive })))];
}

/** Whether a row records a directive, or withdraws one. */
export const isDirecting = (row: unknown) => Object.values(directingIn(row)).some(({ length }) => length > 0);

/** The directive that a row sends, or that it withdraws by its id. One that is withdrawn by its name takes back what it said, as a correction does. */
function directingIn(row: unknown): { sent: Args[]; id: string[] } {
  const { directive: recorded, withdraw } = Object(row) as Args;
  const { directive: named, kind, record } = Object(withdraw) as Args;
  return {
    sent: [
      ...(recorded ? [Object(recorded) as Args] : []),
      ...(named ? [{ unit: (Object(named) as Args)["unit"], expectedVersion: 1 }] : []),
    ],
    id: kind === directiveKind.key && record ? [textOf(record)] : [],
  };
}

/** Works added up; what is withdrawn twice is withdrawn once. */
export function together(some: BranchWorks, more: BranchWorks): BranchWorks {
  if (some.size === 0 || more.size === 0) return some.size === 0 ? more : some;
  const all = new Map(some);
  for (const [key, work] of more) {
    const before = all.get(key);
    all.set(key, before && "unit" in before && "unit" in work ? added(before, work) : work);
  }
  return all;
}

export function worksOf(list: readonly BranchWork[]): BranchWorks {
  return list.reduce(
    (all, work) => together(all, new Map([[JSON.stringify("unit" in work ? work.unit : [work.directive]), work]])),
    NO_WORK,
  );
}

function added(a: UnitWork, b: UnitWork): UnitWork {
  return { unit: a.unit, once: a.once + b.once, yearly: a.yearly + b.yearly };
}

function judges({ deadline = null, term = null, requiredRegulations }: Args): boolean {
  return isJudging({ deadline: said(deadline), term: said(term), requiredRegulations: [requiredRegulations ?? []].flat().map(textOf) });
}

const said = (value: unknown) => (value === null ? null : textOf(value));
const unitIn = (input: unknown) => textOf((Object(input) as Args)["unit"]);
/** A text or number as GraphQL takes it for one; of whatever else it will refuse "": such an object may not be a text at all. */
const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
