import { type Day } from "../domain/ground/day.js";
import { deadlineKey, type Indicator } from "../domain/figures/indicator.js";
import { deadlineOfLaw } from "../domain/figures/judged-until.js";
import { hasOwnTarget } from "../domain/figures/catalogue.js";
import { periodCounted } from "../domain/figures/directed.js";
import {
  type IsOwnTarget,
  NO_REPORTING_RULES,
  reportingRules,
  type ReportingRules,
  settingsInForce,
  type SettingsIndex,
  targetsInForce,
} from "../domain/records/kinds/settings-in-force.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { settingsOver, type SettingsOver } from "../ledger/settings-over.js";
import { mapInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";

/**
 * The deadlines, demands and targets that hold for a unit in a school year, by indicator, the first and last each with the directive that
 * set it; and how its reports are dealt with.
 */
export type Standards = ReturnType<typeof settingsInForce> & { targets: ReturnType<typeof targetsInForce>; reporting: ReportingRules };

/** Of a unit for which nothing was set. */
export const NO_STANDARDS: Standards = { deadlines: new Map(), demands: new Map(), targets: new Map(), reporting: NO_REPORTING_RULES };

/** Standards of many units and years, in three statements. */
export async function standards(stores: Stores, keys: readonly { unitId: string; schoolYear: SchoolYear }[]): Promise<Standards[]> {
  const over = await settingsOver(
    stores,
    keys.map(({ unitId, schoolYear: { label } }) => ({ unitId, schoolYear: label })),
  );
  const standardsAt = ({ settings, line }: SettingsOver, index: number) =>
    standardsOn(settings, line, keys[index]!.schoolYear.label, hasOwnTarget);
  return mapInStretches(over, standardsAt, stores.pause);
}

/** The standards that settings make for the first unit of a line. */
export function standardsOn(
  settings: SettingsIndex,
  line: readonly [string, ...string[]],
  schoolYear: string,
  isOwn: IsOwnTarget,
): Standards {
  return {
    ...settingsInForce(settings, line, schoolYear),
    targets: targetsInForce(settings, line, schoolYear, isOwn),
    reporting: reportingRules(settings, line, schoolYear, periodCounted),
  };
}

/** The deadline of an indicator that holds by these standards: the nearest directive's, else the law's; null where there is none. */
export function deadlineOn({ deadlines }: Pick<Standards, "deadlines">, indicator: Indicator, schoolYear: SchoolYear): Day | null {
  const key = deadlineKey(indicator);
  return deadlines.get(key)?.deadline ?? deadlineOfLaw(key, schoolYear)?.day ?? null;
}

/** Whether a value reaches a target; `null` without one of them. */
export function isAttained({ direction }: Indicator, value: number | null, target: number | null): boolean | null {
  if (target === null || value === null) return null;
  return direction === "LOWER" ? value <= target : value >= target;
}
