import { addDays, type Day } from "../../src/domain/day.js";
import type { UnitHistory } from "../../src/domain/history.js";
import type { KnownLate } from "../../src/domain/known-late.js";
import type { Succession } from "../../src/domain/lineage.js";
import { type SchoolYear } from "../../src/domain/school-year.js";
import { type Tally } from "../../src/domain/tally.js";
import { type Level } from "../../src/domain/unit.js";
import type { Stores } from "../../src/storage/stores.js";
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
export const FOLLOWED = [
  ...["membersAtStart", "membersAdmitted", "members", "initiativesRegistered", "welfareGifts", "conferenceConvened", "conferencePresent"],
];

/** How often something of a closed unit counted: in its own line, and in that of an heir. */
export const flowed = new Map<string, number>();
const count = (what: string) => flowed.set(what, (flowed.get(what) ?? 0) + 1);

/**
 * What every unit comes to in these measures, from the records alone: a flow counts of every unit that was open on a day from the day after the last
 * reference date to this one, a stock of those that are open on it; each at the unit and all above which it counts. By "unit schoolYear".
 */
export async function flowsSaid(stores: Stores, years: readonly SchoolYear[], woods: Woods): Promise<Map<string, Tally>> {
  const totals = new Map<string, Record<string, number>>();
  const ids = [...woods.units.keys()];
  const inOrder = [...years].sort((a, b) => (a.label < b.label ? -1 : 1));
  const held = (await stores.records.heldBy(ids, Object.keys(SAID))).filter(({ subjectId, record }) => record.unitId === subjectId);
  for (const { subjectId: unitId, record } of held) {
    const index = inOrder.findIndex(({ label }) => label === record.schoolYear);
    const year = inOrder[index];
    const marks = year ? woods.late.in(unitId, year.label) : new Set<string>();
    if (!year || marks.has(unitId) || marks.has(record.recordId)) continue;
    const { referenceDate } = year;
    const last = inOrder[index - 1];
    const isNext = last && Number(last.label.slice(0, 4)) + 1 === Number(year.label.slice(0, 4));
    const since: Day = isNext ? addDays(last.referenceDate, 1) : year.countsFrom;
    const { placements } = woods.units.get(unitId)!;
    const isOpen = placements.some(({ from, until }) => from <= referenceDate && referenceDate < until);
    const wasOpen = placements.some(({ from, until }) => from <= referenceDate && since < until);
    const said = SAID[record.kind]!(record.content as Record<string, unknown>);
    const counted = Object.entries(said).filter(([measure, amount]) => amount !== 0 && (isOpen || (wasOpen && !STOCKS.includes(measure))));
    const place = placeOf(unitId, year, woods);
    if (!isOpen && counted.length > 0) {
      count("closed");
      if (place[0] !== upwards(unitId, referenceDate, { units: woods.units })[1]) count("heir");
    }
    for (const id of [unitId, ...place]) {
      const key = `${id} ${year.label}`;
      const total = totals.get(key) ?? {};
      totals.set(key, total);
      for (const [measure, amount] of counted) total[measure] = (total[measure] ?? 0) + amount;
    }
  }
  return totals;
}

/** The level of a unit in a line. */
export const levelIn = (id: string, { units }: Woods): Level => units.get(id)!.unit.level;
