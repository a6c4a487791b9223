import { addDays, type Day, ALWAYS, NEVER, covers } from "../ground/day.js";
import { type SchoolYear } from "./school-year.js";
import { type Placement, type Profile, type Unit } from "./unit.js";

/** A unit with all its dated facts, in order of time. */
export interface UnitHistory {
  unit: Unit;
  placements: readonly Placement[];
  profiles: readonly Profile[];
}

/** The placement that covers a day; none where the unit is not open. */
export function placementOn(history: UnitHistory, on: Day): Placement | null {
  return history.placements.find((placement) => covers(placement, on)) ?? null;
}

/** The placement that stands for a day: the one that covers it, else the last before it, else the first. */
export function standingPlacement<P extends Pick<Placement, "from">>(placements: readonly P[], on: Day): P | null {
  return placements.findLast((placement) => placement.from <= on) ?? placements[0] ?? null;
}

/** What held for a unit on a day. The first profile holds for all time before it, too. */
export function profileOn(history: UnitHistory, on: Day): Profile {
  const profile = history.profiles.find((candidate) => covers(candidate, on)) ?? history.profiles[0];
  if (!profile) throw new Error(`unit ${history.unit.id} has no profile`);
  return profile;
}

/** The last of the days that count in a school year on which a unit was open; `null` where it was on none. */
export function lastDayIn({ placements }: Pick<UnitHistory, "placements">, { countsFrom, referenceDate }: SchoolYear): Day | null {
  const last = placements.findLast(({ from }) => from <= referenceDate);
  if (!last || last.until <= countsFrom) return null;
  return last.until > referenceDate ? referenceDate : addDays(last.until, -1);
}

/** Since when a unit that is open on a day has been open without a break. */
export function openSince(history: UnitHistory, on: Day): Day {
  let since = placementOn(history, on)?.from ?? on;
  for (const placement of history.placements.toReversed()) if (placement.until === since) since = placement.from;
  return since;
}

/** The stretches of days on which a unit is open, adjoining placements joined. */
export function lives(placements: readonly Placement[]): { from: Day; until: Day }[] {
  const joined: { from: Day; until: Day }[] = [];
  for (const { from, until } of placements) {
    const last = joined.at(-1);
    if (last && last.until === from) last.until = until;
    else joined.push({ from, until });
  }
  return joined;
}

/** Placements in order of time as they are kept: adjoining ones under one parent are one, and an end has a reason only where the unit closes. */
export function joined(placements: readonly Placement[]): Placement[] {
  const result: Placement[] = [];
  for (const placement of placements) {
    const last = result.at(-1);
    if (last && last.until === placement.from) last.endReason = null;
    if (last && last.until === placement.from && last.parentId === placement.parentId) {
      last.until = placement.until;
      last.endReason = placement.endReason ?? null;
    } else result.push({ ...placement });
  }
  return result;
}

/** Each placement with the days for which it stands: they cover all time without gaps. */
export function standings(placements: readonly Placement[]): { placement: Placement; from: Day; until: Day }[] {
  return placements.map((placement, index) => ({
    placement,
    from: index === 0 ? ALWAYS : placement.from,
    until: placements[index + 1]?.from ?? NEVER,
  }));
}

/** Whether a unit was open on a day of a school year: from the first day that counts in it, or on which it begins, to its last or its reference date. */
export function wasOpenIn({ placements }: Pick<UnitHistory, "placements">, year: SchoolYear): boolean {
  const first = year.countsFrom < year.startsOn ? year.countsFrom : year.startsOn;
  const last = year.endsOn > year.referenceDate ? year.endsOn : year.referenceDate;
  return lives(placements).some(({ from, until }) => from <= last && first < until);
}
