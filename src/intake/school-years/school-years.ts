import { vietnameseDay } from "../../domain/ground/day.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { besideEachOther, type SchoolYear, type SchoolYearDays, schoolYearProblems } from "../../domain/tree/school-year.js";
import { postOpening } from "../../ledger/opening.js";
import { repost } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change, type Result } from "../../work/change.js";
import { permittedOne } from "../permission.js";
import { keepVersion, versionNow } from "./school-year-versions.js";

/** What became of a change of a school year. `year`: as it is, or was when it was withdrawn; null where there is none. */
export interface SchoolYearResult extends Result {
  year: SchoolYear | null;
  version: number | null;
}

/**
 * Opens a school year and posts every unit's denominators: from now on each school that owes something counts as not
 * having reported it. A school year is one for the whole hub, so only who keeps its top may open one; locks do not stand in its way (decision 002).
 */
export function openSchoolYear(stores: Stores, change: Change, year: SchoolYearDays): Promise<SchoolYearResult> {
  return permittedOne(change, "STEWARD", { year: null, version: null }, () => openOne(stores, change, year));
}

async function openOne(stores: Stores, change: Change, year: SchoolYearDays): Promise<SchoolYearResult> {
  await stores.gate.alone();
  const denied = await notAtTheTop(stores, change);
  if (denied) return yearResult("REJECTED", null, null, denied);
  const years = await stores.schoolYears.all();
  const existing = years.find(({ label }) => label === year.label);
  if (existing) {
    const same = existing.startsOn === year.startsOn && existing.endsOn === year.endsOn && existing.referenceDate === year.referenceDate;
    const version = await versionNow(stores, year.label);
    if (same) return yearResult("UNCHANGED", existing, version);
    const { startsOn, endsOn, referenceDate } = existing;
    const sentence = {
      en: `${year.label} is open already, from ${startsOn} to ${endsOn} with the reference date ${referenceDate}; correctSchoolYear gives it other days.`,
      vi: `Năm học ${year.label} đã mở, từ ${vietnameseDay(startsOn)} đến ${vietnameseDay(endsOn)}, ngày chốt số liệu ${vietnameseDay(referenceDate)}; muốn đổi ngày dùng correctSchoolYear.`,
    };
    return yearResult("REJECTED", existing, version, problem("ALREADY_EXISTS", "label", sentence));
  }
  const problems = schoolYearProblems(year, years);
  if (problems.length > 0) return yearResult("REJECTED", null, null, ...problems);
  await stores.schoolYears.insert(year);
  const version = await keepVersion(stores, change, { action: "OPENED", year, before: null, reason: null });
  const all = besideEachOther([...years, year]);
  const opened = all.find(({ label }) => label === year.label)!;
  await postOpening(stores, opened, years);
  // The year after it counts from this one's reference date on, also where it is closed: what a school year is made of is nobody's change.
  const moved = all.filter(({ label, countsFrom }) => years.some((before) => before.label === label && before.countsFrom !== countsFrom));
  if (moved.length > 0) await repost(stores, await stores.units.allIds(), moved, true, all);
  return yearResult("STORED", opened, version);
}

export function yearResult(
  outcome: Result["outcome"],
  year: SchoolYear | null,
  version: number | null,
  ...problems: Problem[]
): SchoolYearResult {
  return { outcome, about: [], year, version, problems };
}

/** The refusal of a school year's change to whoever does not keep the top of the tree. */
export async function notAtTheTop(stores: Stores, { caller, today }: Change): Promise<Problem | null> {
  if (caller.unitId === null) return null;
  const top = (await stores.unitReader.views([caller.unitId], today)).get(caller.unitId);
  return top?.parentId === null
    ? null
    : problem("FORBIDDEN", null, {
        en: "A school year holds for the whole hub; only the steward of a unit without a parent, or an administrator, opens, corrects or withdraws one.",
        vi: "Năm học áp dụng cho toàn hệ thống; chỉ người quản lý đơn vị không có cấp trên, hoặc quản trị viên, được mở, sửa hoặc rút năm học.",
      });
}
