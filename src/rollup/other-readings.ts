import { UNFILTERED } from "../domain/tree/filter.js";
import { addDays, type Day } from "../domain/ground/day.js";
import { measureKeys } from "../domain/counting/measures.js";
import { type OtherReading, type UnitNear } from "../domain/analysis/reconciliation-readings.js";
import { kindOf } from "../domain/records/catalogue.js";
import { type StoredRecord } from "../domain/records/record.js";
import { periodOf } from "../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type OtherAccount, retally } from "../ledger/retally.js";
import { type LeveledUnit, talliesOfTheYear } from "../ledger/tallies.js";
import type { Stores } from "../storage/stores/stores.js";
import { tallies } from "./tallies.js";

/** Whose figures are read otherwise. `knownOn`: the day of the document that printed one; `null` where it does not say. */
export interface ReadingKey extends LeveledUnit {
  schoolYear: SchoolYear;
  knownOn: Day | null;
}

/** A unit's figures read otherwise, and those of the units around it. */
export interface OtherFiguresOfUnit {
  readings: OtherReading[];
  near: UnitNear[];
}

/**
 * What a printed figure is held beside to tell why it differs: the same school year as known on the day of the document, its first half, the years
 * before and after, the tree of today; and the units directly below and beside. What has to be worked out from the records is left out of large
 * branches (`MOST_RETALLIED`).
 */
export async function otherFigures(stores: Stores, key: ReadingKey, today: Day): Promise<OtherFiguresOfUnit> {
  const { unitId, level, schoolYear } = key;
  const [now = {}] = await tallies(stores, [{ unitId, level, schoolYear, where: UNFILTERED, tree: "TODAY" }], today);
  return {
    readings: [...(await recounted(stores, key)), ...(await yearsBeside(stores, key)), { code: "OTHER_TREE", on: today, tally: now }],
    near: await unitsNear(stores, key),
  };
}

async function recounted(stores: Stores, { unitId, level, schoolYear, knownOn }: ReadingKey): Promise<OtherReading[]> {
  const { cutOff } = periodOf(schoolYear, "FIRST_HALF");
  const asked: (OtherAccount & Pick<OtherReading, "code" | "on">)[] = [];
  if (knownOn !== null) asked.push({ code: "AS_KNOWN_THEN", on: knownOn, year: schoolYear, pick: knownBy(knownOn) });
  if (cutOff < schoolYear.referenceDate)
    asked.push({ code: "OTHER_CUT_OFF", on: cutOff, year: { ...schoolYear, referenceDate: cutOff }, pick: upTo(cutOff) });
  const found = await retally(stores, { unitId, level }, schoolYear.label, asked);
  return found === null ? [] : asked.map(({ code, on }, index) => ({ code, on, tally: found[index]! }));
}

/** The version that had been stored by the end of a day. */
function knownBy(on: Day): OtherAccount["pick"] {
  const end = new Date(`${addDays(on, 1)}T00:00:00+07:00`);
  return (versions) => standing(versions.find(({ recordedAt }) => recordedAt < end));
}

/** Of a record that stands the last version whose day had come; of one that lasts for years also one without a day. */
function upTo(cutOff: Day): OtherAccount["pick"] {
  const isIn = ({ kind, schoolYear, content }: StoredRecord) => {
    const asOf = content["asOf"] as Day | null | undefined;
    const on = kindOf(kind).day(content) ?? asOf ?? null;
    return on === null ? schoolYear === null : on <= cutOff;
  };
  return (versions) => (standing(versions[0]) ? versions.find((version) => version.state === "STANDING" && isIn(version)) : undefined);
}

const standing = (version: StoredRecord | undefined) => (version?.state === "STANDING" ? version : undefined);

async function yearsBeside(stores: Stores, { unitId, level, schoolYear }: ReadingKey): Promise<OtherReading[]> {
  const years = await stores.schoolYears.all();
  const at = years.findIndex(({ label }) => label === schoolYear.label);
  const beside = [years[at - 1], years[at + 1]].flatMap((year) => year ?? []);
  const rows = await talliesOfTheYear(
    stores,
    [{ unitId, level }],
    beside.map(({ label }) => label),
    UNFILTERED,
    measureKeys,
  );
  return beside.flatMap(({ label, referenceDate }) =>
    rows.flatMap((row): OtherReading[] =>
      row.schoolYear === label ? [{ code: "OTHER_CUT_OFF", on: referenceDate, tally: row.tally }] : [],
    ),
  );
}

/** The units directly below and beside one in the tree of the school year. */
async function unitsNear(stores: Stores, { unitId, level, schoolYear: { label, referenceDate } }: ReadingKey): Promise<UnitNear[]> {
  const below = await stores.explain.children([unitId], level, label);
  const parentId = (await stores.unitReader.views([unitId], referenceDate)).get(unitId)?.parentId ?? null;
  const parent = parentId === null ? undefined : (await stores.unitReader.levels([parentId])).get(parentId);
  const beside = parentId === null || !parent ? [] : await stores.explain.children([parentId], parent, label);
  const units = [...below, ...beside.filter((one) => one.unitId !== unitId)];
  const views = await stores.unitReader.views(
    units.map((one) => one.unitId),
    referenceDate,
  );
  const rows = await talliesOfTheYear(stores, units, [label], UNFILTERED, measureKeys);
  const found = new Map(rows.map((row) => [row.unitId, row.tally]));
  return units.flatMap((one) => {
    const [view, tally] = [views.get(one.unitId), found.get(one.unitId)];
    return view && tally ? [{ unitId: one.unitId, code: view.code, name: view.name, isBelow: one.parentId === unitId, tally }] : [];
  });
}
