import { addDays, type Day } from "../../src/domain/ground/day.js";
import type { UnitHistory } from "../../src/domain/tree/history.js";
import type { KnownLate } from "../../src/domain/counting/known-late.js";
import type { Succession } from "../../src/domain/tree/lineage.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { type Tally } from "../../src/domain/counting/tally.js";
import { type Level } from "../../src/domain/tree/unit.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import { heirOf, upwards } from "./past-of-others.js";

/** Units, who followed whom, and what became known too late. */
export interface Woods {
  units: ReadonlyMap<string, UnitHistory>;
  successions: readonly Succession[];
  late: KnownLate;
}

/** Above which units a unit counts in a school year, the nearest first: over what stands on the reference date, and over heirs where something has ended. */
export function placeOf(unitId: string, { label, referenceDate: on }: SchoolYear, woods: Woods): string[] {
  const successions = woods.successions.filter((one) => one.on <= on && !woods.late.in(one.successorId, label).has(one.successorId));
  const forest = { units: woods.units, successions, today: on };
  const stands = (id: string) => woods.units.get(id)!.placements.some(({ from, until }) => from <= on && on < until);
  const line: string[] = [];
  for (let at = unitId; ;) {
    const parent = upwards(at, on, forest)[1];
    if (parent === undefined) return line;
    const above = heirOf(parent, forest) ?? upwards(parent, on, forest).find(stands);
    if (above === undefined) return line;
    line.push((at = above));
  }
}

/** What a record says of the measures that are followed. */
const SAID: Record<string, (content: Record<string, unknown>) => Record<string, number>> = {
  membershipReport: (content) => ({
    membersAtStart: Number(content.membersOpening ?? 0),
    membersAdmitted: Number(content.admitted ?? 0),
    members: Number(content.membersClosing ?? 0),
  }),
  activityReport: (content) => ({
    initiativesRegistered: Number(content.initiativesRegistered ?? 0),
    welfareGifts: (content.welfare as { gifts: number | null }[]).reduce((total, { gifts }) => total + (gifts ?? 0), 0),
  }),
  conference: ({ occasion, heldOn, method, convened, present }): Record<string, number> =>
    occasion === "REGULAR" && heldOn && method === "MEETING" && convened !== null && present !== null
      ? { conferenceConvened: Number(convened), conferencePresent: Number(present) }
      : {},
};
const STOCKS = ["members"];
/** Reports in which who follows a unit says whether they include what it did, and what tells it of the unit. */
const INCLUDING: Record<string, string> = { membershipReport: "membershipReportInSuccessor", activityReport: "activityReportInSuccessor" };
export const FOLLOWED = [
  ...["membersAtStart", "membersAdmitted", "members", "initiativesRegistered", "welfareGifts", "conferenceConvened", "conferencePresent"],
  ...Object.values(INCLUDING),
];

/** How often something of a closed unit counted: in its own line, and in that of an heir; and how often not, as it stood in a successor's report. */
export const flowed = new Map<string, number>();
const count = (what: string) => flowed.set(what, (flowed.get(what) ?? 0) + 1);

/**
 * What every unit comes to in these measures, from the records alone: a flow counts of every unit that was open on a day from the day after the last
 * reference date to this one, a stock of those that are open on it; each at the unit and all above which it counts. What a unit that ended reported counts
 * not where another that took over on one of these days says that its own report of the kind includes it. By "unit schoolYear".
 */
export async function flowsSaid(stores: Stores, years: readonly SchoolYear[], woods: Woods): Promise<Map<string, Tally>> {
  const totals = new Map<string, Record<string, number>>();
  const ids = [...woods.units.keys()];
  const inOrder = [...years].sort((a, b) => (a.label < b.label ? -1 : 1));
  const held = (await stores.records.heldBy(ids, Object.keys(SAID))).filter(({ subjectId, record }) => record.unitId === subjectId);
  const sinceOf = (index: number): Day => {
    const [last, year] = [inOrder[index - 1], inOrder[index]!];
    const isNext = last && Number(last.label.slice(0, 4)) + 1 === Number(year.label.slice(0, 4));
    return isNext ? addDays(last.referenceDate, 1) : year.countsFrom;
  };
  const standing = (unitId: string, index: number) => {
    const [{ referenceDate }, { placements }] = [inOrder[index]!, woods.units.get(unitId)!];
    const isOpen = placements.some(({ from, until }) => from <= referenceDate && referenceDate < until);
    return { isOpen, wasOpen: placements.some(({ from, until }) => from <= referenceDate && sinceOf(index) < until) };
  };
  const add = (unitId: string, year: SchoolYear, counted: [string, number][]) => {
    for (const id of [unitId, ...placeOf(unitId, year, woods)]) {
      const key = `${id} ${year.label}`;
      const total = totals.get(key) ?? {};
      totals.set(key, total);
      for (const [measure, amount] of counted) total[measure] = (total[measure] ?? 0) + amount;
    }
  };
  const isLate = (unitId: string, label: string) => woods.late.in(unitId, label).has(unitId);
  const included = new Set<string>();
  for (const { predecessorId, successorId, on } of woods.successions)
    for (const [index, year] of inOrder.entries()) {
      const { label, referenceDate } = year;
      const { isOpen, wasOpen } = standing(predecessorId, index);
      const isTimely = !isLate(successorId, label) && !isLate(predecessorId, label);
      if (!isTimely || isOpen || !wasOpen || on < sinceOf(index) || on > referenceDate) continue;
      for (const { subjectId, record } of held) {
        const measure = INCLUDING[record.kind];
        const key = `${predecessorId} ${record.kind} ${label}`;
        if (!measure || subjectId !== successorId || record.schoolYear !== label || record.content.includesPredecessors !== true) continue;
        if (!included.has(key)) add(predecessorId, year, [[measure, 1]]);
        included.add(key);
      }
    }
  for (const { subjectId: unitId, record } of held) {
    const index = inOrder.findIndex(({ label }) => label === record.schoolYear);
    const year = inOrder[index];
    if (!year || isLate(unitId, year.label) || woods.late.in(unitId, year.label).has(record.recordId)) continue;
    const { isOpen, wasOpen } = standing(unitId, index);
    const said = SAID[record.kind]!(record.content as Record<string, unknown>);
    const counted = Object.entries(said).filter(([measure, amount]) => amount !== 0 && (isOpen || (wasOpen && !STOCKS.includes(measure))));
    if (included.has(`${unitId} ${record.kind} ${year.label}`)) {
      if (counted.length > 0) count("included");
      continue;
    }
    if (!isOpen && counted.length > 0) {
      count("closed");
      if (placeOf(unitId, year, woods)[0] !== upwards(unitId, year.referenceDate, { units: woods.units })[1]) count("heir");
    }
    add(unitId, year, counted);
  }
  return totals;
}

/** The level of a unit in a line. */
export const levelIn = (id: string, { units }: Woods): Level => units.get(id)!.unit.level;
