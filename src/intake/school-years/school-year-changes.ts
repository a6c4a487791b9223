import { type Day } from "../../domain/ground/day.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { besideEachOther, type SchoolYear, type SchoolYearDays, schoolYearProblems } from "../../domain/tree/school-year.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { postWithdrawal } from "../../ledger/opening.js";
import { repost, type Touched } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems } from "../reason.js";
import { type Change } from "../../work/change.js";
import { Refused } from "../../work/unit-of-work.js";
import { versionConflict } from "../conflict.js";
import { NO_WORDS } from "../../domain/ground/words.js";
import { Names } from "../hints.js";
import { permittedOne } from "../permission.js";
import { unknownYear } from "../records/reading.js";
import { notAtTheTop, type SchoolYearResult, yearResult } from "./school-years.js";
import { keepVersion, versionNow } from "./school-year-versions.js";
import { foreignPast, verdictOn } from "../locks/verdict.js";

/** A school year to be changed. */
interface Asked {
  label: string;
  expectedVersion: number | null;
  reason: string;
}

/** Days that a school year is to have; what is null stays. */
export interface SchoolYearCorrection extends Asked {
  startsOn: Day | null;
  endsOn: Day | null;
  referenceDate: Day | null;
}

const DAYS = ["referenceDate", "startsOn", "endsOn"] as const;

/**
 * Gives an open school year other days and works out anew what rests on them: its own figures, and those of the year after it, which counts from its
 * reference date on. Refused where that would change what is locked or published, or the past of others.
 */
export function correctSchoolYear(stores: Stores, change: Change, asked: SchoolYearCorrection): Promise<SchoolYearResult> {
  return changeYear(stores, change, asked, async ({ years, open, version, conflict }) => {
    const wanted = { ...open, ...Object.fromEntries(DAYS.flatMap((day) => (asked[day] === null ? [] : [[day, asked[day]]]))) };
    const differing = DAYS.filter((day) => wanted[day] !== open[day]);
    if (differing.length === 0 && !conflict) return yearResult("UNCHANGED", open, version);
    const others = years.filter(({ label }) => label !== open.label);
    const problems = [...(conflict ? [{ ...conflict, differing }] : []), ...schoolYearProblems(wanted, others)];
    if (problems.length > 0) return yearResult("REJECTED", open, version, ...problems);
    await stores.schoolYears.replace(wanted);
    const next = await keepVersion(stores, change, { action: "CORRECTED", year: wanted, before: open, reason: cleanText(asked.reason) });
    const all = besideEachOther([...others, wanted]);
    const moved = all.filter(({ label, countsFrom }) => label === open.label || movedSince(years, label, countsFrom));
    const touched = await repost(stores, await stores.units.allIds(), moved, true, all);
    const against = await standsAgainst(stores, change, differing[0] ?? null, touched, all);
    if (against.length > 0) throw new Refused(yearResult("REJECTED", open, version, ...against));
    return yearResult(
      "STORED",
      all.find(({ label }) => label === open.label)!,
      next,
    );
  });
}

/** Takes back a school year in which nothing has been recorded: what was expected of the units counts nowhere from now on. Its versions stay. */
export function withdrawSchoolYear(stores: Stores, change: Change, asked: Asked): Promise<SchoolYearResult> {
  return changeYear(stores, change, asked, async ({ years, open, version, conflict }) => {
    const held = await heldBy(stores, open);
    // What others recorded in it is not told to whoever may not touch their figures.
    const foreign = held.length > 0 ? await foreignPast(stores, change, "label", await countedIn(stores, open)) : [];
    const problems = [...foreign, ...(conflict ? [{ ...conflict, differing: [] }] : []), ...held];
    if (problems.length > 0) return yearResult("REJECTED", open, version, ...problems);
    const gone = await postWithdrawal(stores, open);
    await stores.schoolYears.remove(open.label);
    const next = await keepVersion(stores, change, { action: "WITHDRAWN", year: open, before: open, reason: cleanText(asked.reason) });
    const all = besideEachOther(years.filter(({ label }) => label !== open.label));
    const moved = all.filter(({ label, countsFrom }) => movedSince(years, label, countsFrom));
    const touched = await repost(stores, await stores.units.allIds(), moved, true, all);
    const against = await standsAgainst(stores, change, "label", [...gone, ...touched], years);
    if (against.length > 0) throw new Refused(yearResult("REJECTED", open, version, ...against));
    return yearResult("STORED", open, next);
  });
}

/** An open school year that is to be changed, among all. */
interface Opened {
  years: readonly SchoolYear[];
  open: SchoolYear;
  version: number;
  /** Why it may not: it has another version than the caller has read. */
  conflict: Problem | null;
}

/** What both changes ask first: who may, which year, and why. */
function changeYear(
  stores: Stores,
  change: Change,
  asked: Asked,
  work: (opened: Opened) => Promise<SchoolYearResult>,
): Promise<SchoolYearResult> {
  return permittedOne(change, "STEWARD", { year: null, version: null }, async () => {
    await stores.gate.alone();
    const denied = await notAtTheTop(stores, change);
    if (denied) return yearResult("REJECTED", null, null, denied);
    const years = await stores.schoolYears.all();
    const open = years.find(({ label }) => label === asked.label);
    if (!open) return yearResult("REJECTED", null, null, { ...unknownYear(asked.label, years), field: "label" });
    const version = await versionNow(stores, open.label);
    const [tooLong] = reasonProblems(cleanText(asked.reason));
    if (cleanText(asked.reason) === "" || tooLong)
      return yearResult(
        "REJECTED",
        open,
        version,
        tooLong ?? problem("REQUIRED", "reason", { en: "Say in 1 to 500 characters why.", vi: "Ghi lý do (reason), từ 1 đến 500 ký tự." }),
      );
    return work({
      years,
      open,
      version,
      conflict: versionConflict(asked.expectedVersion, version, { en: open.label, vi: `năm học ${open.label}` }),
    });
  });
}

const movedSince = (years: readonly SchoolYear[], of: string, countsFrom: Day) =>
  years.some((before) => before.label === of && before.countsFrom !== countsFrom);

/** What keeps a school year from being withdrawn: all that was recorded in it, or set for it, by kind. */
async function heldBy({ records, vintages }: Stores, { label }: SchoolYearDays): Promise<Problem[]> {
  const byKind = [...(await records.countsOfYear(label))].map(([kind, count]) => ({
    en: `${count} ${kindOf(kind).typeName}`,
    vi: `${count} ${kindOf(kind).name.vi}`,
  }));
  const published = (await vintages.ofYears([label])).length;
  const held = [...byKind, ...(published > 0 ? [{ en: `${published} Vintage`, vi: `${published} bản công bố` }] : [])];
  if (held.length === 0) return [];
  const sentence = {
    en: `In ${label} there is something in force: ${held.map(({ en }) => en).join(", ")}. Withdraw it first; a school year that was reported on, closed or published stays.`,
    vi: `Năm học ${label} đang có: ${held.map(({ vi }) => vi).join(", ")}. Hãy rút trước; năm học đã báo cáo, khóa sổ hoặc công bố thì giữ nguyên.`,
  };
  return [problem("RULE", "label", sentence)];
}

/** The units that count in a school year, each where it stood. */
async function countedIn({ units, dossiers }: Stores, { label }: SchoolYearDays): Promise<Touched[]> {
  const lines = await dossiers.lines(await units.allIds(), [label], "ONLY_COUNTED");
  return lines.map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] }));
}

/** Why the figures that were touched may not change: the past of others, a lock, or that they have been published. */
async function standsAgainst(
  stores: Stores,
  change: Change,
  field: string | null,
  touched: readonly Touched[],
  years: readonly SchoolYear[],
): Promise<Problem[]> {
  const held = await verdictOn(stores, change, field, touched, years);
  if (held.length > 0) return held;
  const lines = new Map<string, Set<string>>();
  for (const { unitId, schoolYear, lines: of } of touched) {
    const units = lines.get(schoolYear) ?? new Set();
    lines.set(schoolYear, units);
    for (const id of [unitId, ...of.flatMap((line) => Object.values(line) as (string | null)[])]) if (id) units.add(id);
  }
  const published = (await stores.vintages.ofYears([...lines.keys()])).filter(({ unitId, schoolYear }) =>
    lines.get(schoolYear)?.has(unitId),
  );
  if (published.length === 0) return [];
  const names = (await Names.of(stores, change, published)).listed(published) ?? NO_WORDS;
  return [
    problem("PERIOD_LOCKED", field, {
      en: `This would change figures that have been published: of ${names.en}. What is published keeps the days by which it was counted.`,
      vi: `Việc này làm thay đổi số liệu đã công bố của ${names.vi}. Số liệu đã công bố giữ các ngày dùng khi tính.`,
    }),
  ];
}
