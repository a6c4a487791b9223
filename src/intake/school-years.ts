import { type Problem, problem } from "../domain/problem.js";
import { besideEachOther, type SchoolYear, type SchoolYearDays, schoolYearProblems } from "../domain/school-year.js";
import { postOpening } from "../ledger/opening.js";
import { repost } from "../ledger/posting.js";
import type { Stores } from "../storage/stores.js";
import { type Change, type Result } from "./change.js";
import { permittedOne } from "./permission.js";

/** What became of the opening of a school year. `year`: as it is open; null where it is not. */
export interface SchoolYearResult extends Result {
  year: SchoolYear | null;
}

/**
 * Opens a school year and posts every unit's denominators: from now on each school that owes something counts as not
 * having reported it. A school year is one for the whole hub, so only who keeps its top may open one; locks do not stand in its way (decision 002).
 */
export function openSchoolYear(stores: Stores, change: Change, year: SchoolYearDays): Promise<SchoolYearResult> {
  return permittedOne(change, "STEWARD", { year: null }, () => openOne(stores, change, year));
}

async function openOne(stores: Stores, change: Change, year: SchoolYearDays): Promise<SchoolYearResult> {
  const answer = (outcome: Result["outcome"], open: SchoolYear | null, ...problems: Problem[]): SchoolYearResult => ({
    ...{ outcome, about: [], problems },
    year: open,
  });
  await stores.gate.alone();
  const denied = await notAtTheTop(stores, change);
  if (denied) return answer("REJECTED", null, denied);
  const years = await stores.schoolYears.all();
  const existing = years.find(({ label }) => label === year.label);
  if (existing) {
    const same = existing.startsOn === year.startsOn && existing.endsOn === year.endsOn && existing.referenceDate === year.referenceDate;
    if (same) return answer("UNCHANGED", existing);
    const { startsOn, endsOn, referenceDate } = existing;
    const sentence = `${year.label} is open already, from ${startsOn} to ${endsOn} with the reference date ${referenceDate}.`;
    return answer("REJECTED", existing, problem("ALREADY_EXISTS", "label", sentence));
  }
  const problems = schoolYearProblems(year, years);
  if (problems.length > 0) return answer("REJECTED", null, ...problems);
  await stores.schoolYears.insert(year);
  const all = besideEachOther([...years, year]);
  const opened = all.find(({ label }) => label === year.label)!;
  await postOpening(stores, opened, years);
  // The year after it counts from this one's reference date on, also where it is closed: what a school year is made of is nobody's change.
  const moved = all.filter(({ label, countsFrom }) => years.some((before) => before.label === label && before.countsFrom !== countsFrom));
  if (moved.length > 0) await repost(stores, await stores.units.allIds(), moved, true, all);
  return answer("STORED", opened);
}

async function notAtTheTop(stores: Stores, { caller, today }: Change): Promise<Problem | null> {
  if (caller.unitId === null) return null;
  const top = (await stores.unitReader.views([caller.unitId], today)).get(caller.unitId);
  return top?.parentId === null
    ? null
    : problem(
        "FORBIDDEN",
        null,
        "A school year holds for the whole hub; only the steward of a unit without a parent, or an administrator, opens one.",
      );
}
