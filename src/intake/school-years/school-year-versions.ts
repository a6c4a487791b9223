import { authorship } from "../../domain/ground/authorship.js";
import { type SchoolYearAction } from "../../domain/tree/school-year-version.js";
import { type SchoolYearDays } from "../../domain/tree/school-year.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";

/** The version of a school year that is open. One that nobody has changed since 0.4.0 has its first. */
export async function versionNow({ schoolYearVersions }: Stores, label: string): Promise<number> {
  return (await schoolYearVersions.counts([label])).get(label) ?? 1;
}

/** What is done to a school year. `before`: as it was open until now. */
interface Done {
  action: SchoolYearAction;
  year: SchoolYearDays;
  before: SchoolYearDays | null;
  reason: string | null;
}

const NOBODY = { recordedAt: null, recordedBy: null, recordedByToken: null, recordedByUnit: null, reason: null };

/** Keeps what a change makes of a school year, and answers the number of the version. What an earlier hub opened is kept first, as it was found. */
export async function keepVersion(
  { schoolYearVersions }: Stores,
  { caller, now }: Change,
  { action, year, before, reason }: Done,
): Promise<number> {
  const kept = (await schoolYearVersions.counts([year.label])).get(year.label) ?? 0;
  const found = before && kept === 0 ? [{ ...before, version: 1, action: "FOUND" as const, ...NOBODY }] : [];
  const version = kept + found.length + 1;
  await schoolYearVersions.keep([...found, { ...year, version, action, ...authorship(caller, now, reason) }]);
  return version;
}
