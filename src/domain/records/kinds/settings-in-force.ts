import { type Day } from "../../ground/day.js";
import { type Demand } from "../../counting/dossier.js";
import { type ReportingPeriod } from "../../reporting/reporting-period.js";

/** A setting as it holds: with the unit and the document that set it. */
export interface SettingInForce {
  unitId: string;
  recordId: string;
  number: string;
  issuedOn: Day;
  indicator: string;
  schoolYear: string;
  deadline: Day | null;
  target: number | null;
  term: string | null;
  requiredRegulations: readonly string[];
  /** Days before a cut-off; not said by directives of 0.4.0. */
  daysEarly?: number | null;
  twoPeople?: boolean | null;
}

/** How reports of a school year are dealt with, of each part as the nearest directive says that says it. */
export interface ReportingRules {
  /** How many days before its cut-off the report of a period may be submitted, as an estimate. */
  daysEarly: ReadonlyMap<ReportingPeriod, number>;
  /** Whether a report is accepted by somebody else than who submitted it. */
  twoPeople: boolean;
}

/** Where no directive says anything. */
export const NO_REPORTING_RULES: ReportingRules = { daysEarly: new Map(), twoPeople: false };

/** What a unit's own directives say of one indicator in a school year, of each part the latest issued that says it. */
interface OwnSetting {
  indicator: string;
  deadline: (SettingInForce & { deadline: Day }) | null;
  target: (SettingInForce & { target: number }) | null;
  demand: Demand | null;
  daysEarly: number | null;
  twoPeople: boolean | null;
}

/** The settings of directives by unit and school year: sorted once, for as many dossiers as rest on them. */
export type SettingsIndex = ReadonlyMap<string, readonly OwnSetting[]>;

export function indexSettings(all: readonly SettingInForce[]): SettingsIndex {
  const index = new Map<string, Map<string, OwnSetting>>();
  for (const setting of [...all].sort(newestFirst)) {
    const { unitId, schoolYear, indicator, deadline, target, term, requiredRegulations } = setting;
    const key = indexKey(unitId, schoolYear);
    const ofYear = index.get(key) ?? new Map<string, OwnSetting>();
    const own = ofYear.get(indicator) ?? { indicator, deadline: null, target: null, demand: null, daysEarly: null, twoPeople: null };
    if (deadline !== null) own.deadline ??= { ...setting, deadline };
    if (target !== null) own.target ??= { ...setting, target };
    own.demand = nearer(own.demand, { term, regulations: requiredRegulations });
    own.daysEarly ??= setting.daysEarly ?? null;
    own.twoPeople ??= setting.twoPeople ?? null;
    index.set(key, ofYear.set(indicator, own));
  }
  return new Map([...index].map(([key, ofYear]) => [key, [...ofYear.values()]]));
}

/** The order in which a unit's directives say something: what the later issued says holds. */
export function newestFirst(a: SettingInForce, b: SettingInForce): number {
  return a.issuedOn === b.issuedOn ? (a.number < b.number ? 1 : -1) : a.issuedOn < b.issuedOn ? 1 : -1;
}

/**
 * Which deadlines and demands hold for a unit and a school year: of each indicator the nearest unit's on the way up, deadline, term
 * and set each for itself; of one unit's the latest issued.
 * `line`: the unit and its ancestors of the year, nearest first.
 */
export function settingsInForce(index: SettingsIndex, line: readonly string[], schoolYear: string) {
  const deadlines = new Map<string, SettingInForce & { deadline: Day }>();
  const demands = new Map<string, Demand>();
  for (const unitId of line)
    for (const { indicator, deadline, demand } of index.get(indexKey(unitId, schoolYear)) ?? []) {
      if (deadline && !deadlines.has(indicator)) deadlines.set(indicator, deadline);
      const asked = demand && nearer(demands.get(indicator) ?? null, demand);
      if (asked) demands.set(indicator, asked);
    }
  return { deadlines, demands };
}

/** The period whose reports an indicator counts; `null` for any other. */
export type PeriodCounted = (indicator: string) => ReportingPeriod | null;

/** How the reports of a unit are dealt with in a school year; `line` as above. */
export function reportingRules(
  index: SettingsIndex,
  line: readonly string[],
  schoolYear: string,
  periodCounted: PeriodCounted,
): ReportingRules {
  const daysEarly = new Map<ReportingPeriod, number>();
  let twoPeople: boolean | null = null;
  for (const unitId of line)
    for (const own of index.get(indexKey(unitId, schoolYear)) ?? []) {
      const period = own.daysEarly === null ? null : periodCounted(own.indicator);
      if (period !== null && own.daysEarly !== null && !daysEarly.has(period)) daysEarly.set(period, own.daysEarly);
      twoPeople ??= own.twoPeople;
    }
  return { daysEarly, twoPeople: twoPeople ?? false };
}

/** Whether the target of an indicator is only that of the unit whose directive sets it: so it is of a count (decision 022). */
export type IsOwnTarget = (indicator: string) => boolean;

/**
 * Which targets hold for a unit and a school year: of a rate the nearest unit's on the way up, of a count only the unit's own; of one
 * unit's the latest issued. `line`: the unit itself and its ancestors of the year, nearest first.
 */
export function targetsInForce(
  index: SettingsIndex,
  line: readonly [string, ...string[]],
  schoolYear: string,
  isOwn: IsOwnTarget,
): Map<string, SettingInForce & { target: number }> {
  const targets = new Map<string, SettingInForce & { target: number }>();
  for (const unitId of line)
    for (const { indicator, target } of index.get(indexKey(unitId, schoolYear)) ?? [])
      if (target && !targets.has(indicator) && (unitId === line[0] || !isOwn(indicator))) targets.set(indicator, target);
  return targets;
}

const indexKey = (unitId: string, schoolYear: string) => `${unitId} ${schoolYear}`;

/** Term and set of the nearer or later demand, each from the other where it asks for none; `null` where neither asks for anything. */
function nearer(first: Demand | null, other: Demand): Demand | null {
  const term = first?.term ?? other.term;
  const regulations = first && first.regulations.length > 0 ? first.regulations : other.regulations;
  return term === null && regulations.length === 0 ? null : { term, regulations };
}
