import { KnownLate, TimelySettings } from "../domain/known-late.js";
import { type Day } from "../domain/day.js";
import { type Indicator } from "../domain/indicators/indicator.js";
import { deadlineOfLaw } from "../domain/judged-until.js";
import { directive } from "../domain/records/directive.js";
import { hasOwnTarget } from "../domain/indicators/catalogue.js";
import { type IsOwnTarget, settingsInForce, type SettingsIndex, targetsInForce } from "../domain/records/settings-in-force.js";
import { type SchoolYear } from "../domain/school-year.js";
import { settingsOf } from "../ledger/grounds.js";
import type { Line } from "../storage/dossier.row.js";
import type { Stores } from "../storage/stores.js";

/** The deadlines, demands and targets that hold for a unit in a school year, by indicator, the first and last each with the directive that set it. */
export type Standards = ReturnType<typeof settingsInForce> & { targets: ReturnType<typeof targetsInForce> };

/** Of a unit for which nothing was set. */
export const NO_STANDARDS: Standards = { deadlines: new Map(), demands: new Map(), targets: new Map() };

/** Standards of many units and years, in three statements. */
export async function standards(stores: Stores, keys: readonly { unitId: string; schoolYear: SchoolYear }[]): Promise<Standards[]> {
  const labels = [...new Set(keys.map(({ schoolYear }) => schoolYear.label))];
  const units = [...new Set(keys.map(({ unitId }) => unitId))];
  const lines = await stores.dossiers.lines(units, labels);
  const lineOf = new Map(lines.map(({ unitId, schoolYear, line }) => [`${unitId} ${schoolYear}`, upwards(unitId, line)]));
  const above = [...new Set([...lineOf.values()].flat())];
  const settings = new TimelySettings((await stores.records.reportedBy(above, directive.key)).flatMap(settingsOf));
  const late = new KnownLate(await stores.knownLate.ofUnits([...new Set([...units, ...above])]));
  return keys.map(({ unitId, schoolYear: { label } }) => {
    const line: [string, ...string[]] = lineOf.get(`${unitId} ${label}`) ?? [unitId];
    return standardsOn(settings.without(late.over(line, label)), line, label, hasOwnTarget);
  });
}

/** The standards that settings make for the first unit of a line. */
export function standardsOn(
  settings: SettingsIndex,
  line: readonly [string, ...string[]],
  schoolYear: string,
  isOwn: IsOwnTarget,
): Standards {
  return { ...settingsInForce(settings, line, schoolYear), targets: targetsInForce(settings, line, schoolYear, isOwn) };
}

/** The deadline of an indicator that holds by these standards: the nearest directive's, else the law's; null where there is none. */
export function deadlineOn({ deadlines }: Pick<Standards, "deadlines">, { key, judgedBy }: Indicator, schoolYear: SchoolYear): Day | null {
  const judge = judgedBy ?? key;
  return deadlines.get(judge)?.deadline ?? deadlineOfLaw(judge, schoolYear);
}

/** Whether a value reaches a target; `null` without one of them. */
export function isAttained({ direction }: Indicator, value: number | null, target: number | null): boolean | null {
  if (target === null || value === null) return null;
  return direction === "LOWER" ? value <= target : value >= target;
}

function upwards(unitId: string, line: Line): [string, ...string[]] {
  const above = [line.GRASSROOTS, line.DISTRICT, line.PROVINCE, line.CONFEDERATION].flatMap((id) => id ?? []);
  return [unitId, ...above.filter((id) => id !== unitId)];
}
