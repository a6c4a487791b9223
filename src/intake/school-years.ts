import { type Problem, problem } from "../domain/problem.js";
import { type SchoolYear, schoolYearProblems } from "../domain/school-year.js";
import { repost } from "../ledger/posting.js";
import type { Stores } from "../storage/stores.js";
import { type Change, forbidden, type Outcome } from "./change.js";

/**
 * Opens a school year and posts every unit's denominators: from now on each school that owes something counts as not
 * having reported it. A school year is one for the whole hub, so only who keeps its top may open one.
 */
export async function openSchoolYear(stores: Stores, change: Change, year: SchoolYear): Promise<{ outcome: Outcome; problems: Problem[] }> {
  await stores.gate.alone();
  const denied = forbidden(change.caller, "STEWARD") ?? (await notAtTheTop(stores, change));
  if (denied) return { outcome: "REJECTED", problems: [denied] };
  const years = await stores.schoolYears.all();
  const existing = years.find(({ label }) => label === year.label);
  if (existing) {
    const same = existing.startsOn === year.startsOn && existing.endsOn === year.endsOn && existing.referenceDate === year.referenceDate;
    if (same) return { outcome: "UNCHANGED", problems: [] };
    const { startsOn, endsOn, referenceDate } = existing;
    return {
      outcome: "REJECTED",
      problems: [
        problem(
          "ALREADY_EXISTS",
          "label",
          `${year.label} is open already, from ${startsOn} to ${endsOn} with the reference date ${referenceDate}.`,
        ),
      ],
    };
  }
  const problems = schoolYearProblems(year, years);
  if (problems.length > 0) return { outcome: "REJECTED", problems };
  await stores.schoolYears.insert(year);
  await repost(stores, await stores.units.allIds(), [year], true);
  return { outcome: "STORED", problems: [] };
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
