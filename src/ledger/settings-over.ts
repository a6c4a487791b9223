import { KnownLate, TimelySettings } from "../domain/counting/known-late.js";
import { directive } from "../domain/records/kinds/directive.js";
import { type SettingsIndex } from "../domain/records/kinds/settings-in-force.js";
import type { Stores } from "../storage/stores/stores.js";
import { inStretches, mapInStretches } from "../stretches.js";
import { type StoredRecord } from "../domain/records/record.js";
import { settingsOf } from "./grounds.js";
import type { Line } from "../domain/tree/line.js";

/** What directives set that may hold for a unit in a school year, and its line, the unit itself first. */
export interface SettingsOver {
  settings: SettingsIndex;
  line: [string, ...string[]];
}

/** The settings over many units and years, in three statements. `changed`: directives as they are about to stand, or to be withdrawn. */
export async function settingsOver(
  stores: Stores,
  places: readonly { unitId: string; schoolYear: string }[],
  changed: readonly StoredRecord[] = [],
): Promise<SettingsOver[]> {
  const labels = [...new Set(places.map(({ schoolYear }) => schoolYear))];
  const units = [...new Set(places.map(({ unitId }) => unitId))];
  const lines = await stores.dossiers.lines(units, labels);
  const lineOf = new Map<string, [string, ...string[]]>();
  await inStretches(
    lines,
    ({ unitId, schoolYear, line }) => void lineOf.set(`${unitId} ${schoolYear}`, upwards(unitId, line)),
    stores.pause,
  );
  const above = [...new Set([...lineOf.values()].flat())];
  const isChanged = new Set(changed.map(({ recordId }) => recordId));
  const stored = (await stores.records.reportedBy(above, directive.key)).filter(({ recordId }) => !isChanged.has(recordId));
  const standing = changed.filter(({ state, unitId }) => state === "STANDING" && above.includes(unitId));
  const settings = new TimelySettings([...stored, ...standing].flatMap(settingsOf));
  const late = new KnownLate(await stores.knownLate.ofUnits([...new Set([...units, ...above])]));
  const overOf = ({ unitId, schoolYear }: (typeof places)[number]): SettingsOver => {
    const line = lineOf.get(`${unitId} ${schoolYear}`) ?? [unitId];
    return { settings: settings.without(late.over(line, schoolYear)), line };
  };
  return mapInStretches(places, overOf, stores.pause);
}

function upwards(unitId: string, line: Line): [string, ...string[]] {
  const above = [line.GRASSROOTS, line.DISTRICT, line.PROVINCE, line.CONFEDERATION].flatMap((id) => id ?? []);
  return [unitId, ...above.filter((id) => id !== unitId)];
}
