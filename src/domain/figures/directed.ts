import { dutyCounted } from "./catalogue.js";
import { type Dossier, type DossierRecord, recordsOf } from "../counting/dossier.js";
import { type Obligation } from "../counting/obligation.js";
import { deadlineExtension } from "../records/kinds/deadline-extension.js";
import { type PeriodCounted, settingsInForce, type SettingsIndex } from "../records/kinds/settings-in-force.js";
import { submissionOf } from "../records/kinds/unit-report.js";
import { REPORTING_PERIODS, type ReportingPeriod } from "../reporting/reporting-period.js";

/*
 * Directives and later deadlines name indicators, as people do; dossiers and records know duties alone. Here the one becomes the other: what is said
 * of an indicator that counts who did a duty is said of the duty.
 */

/** What directives say to a unit. `line`: the unit and its ancestors of the year, nearest first. */
export function directedTo(settings: SettingsIndex, line: readonly string[], schoolYear: string): Pick<Dossier, "deadlines" | "demands"> {
  const { deadlines, demands } = settingsInForce(settings, line, schoolYear);
  return { deadlines: byDuty(deadlines, ({ deadline }) => deadline), demands: byDuty(demands, (demand) => demand) };
}

/** The later deadlines that a unit was given, out of the records of its dossier. */
export function extensionsIn(records: readonly DossierRecord[]): Dossier["extensions"] {
  const given = recordsOf({ records }, deadlineExtension).flatMap(({ lead, content }) => (lead ? [content] : []));
  return given.length === 0 ? NONE : byDuty(new Map(given.map(({ indicator, until }) => [indicator, until])), (until) => until);
}

const NONE: Dossier["extensions"] = new Map();

/** The period whose reports an indicator counts; `null` for any other. */
export const periodCounted: PeriodCounted = (indicator) => {
  const duty = dutyCounted(indicator);
  return PERIODS.find((period) => submissionOf[period] === duty) ?? null;
};

const PERIODS = Object.keys(REPORTING_PERIODS) as ReportingPeriod[];

function byDuty<T, U>(byIndicator: ReadonlyMap<string, T>, valueOf: (said: T) => U): Map<Obligation, U> {
  const found = new Map<Obligation, U>();
  for (const [indicator, said] of byIndicator) {
    const duty = dutyCounted(indicator);
    if (duty) found.set(duty, valueOf(said));
  }
  return found;
}
