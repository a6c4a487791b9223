import { keysOf } from "../domain/counting/measure.js";
import { type Day } from "../domain/ground/day.js";
import { placementOn, profileOn, type UnitHistory } from "../domain/tree/history.js";
import { type SchoolYear, yearBefore } from "../domain/tree/school-year.js";
import { spokenForElsewhere, statusCounts } from "../domain/counting/voices.js";
import { type Obligation, statusMeasures } from "../domain/counting/obligation.js";
import { type Tally } from "../domain/counting/tally.js";
import {
  COMPARED_REPORTS,
  coverageBreak,
  plainBreak,
  referenceDateBreak,
  scopeBreak,
  type ScopeReason,
  type ScopeUnitChange,
  type TrendBreak,
  type ScopeChange,
  type YearPair,
} from "../domain/analysis/trend-break.js";
import type { Stores } from "../storage/stores/stores.js";
import { tallies } from "./tallies.js";
import { type RollupKey } from "../domain/figures/rollup.js";

/** Who entered and who left the figures of a unit, by "unit schoolYear". */
type Scopes = ReadonlyMap<string, ScopeUnitChange[]>;

/**
 * Where the figures of many rollups are not comparable with the year before. The statements depend on the levels, filters
 * and trees that a request mixes, not on units or years.
 */
export async function trendBreaks(stores: Stores, keys: readonly RollupKey[], today: Day): Promise<TrendBreak[][]> {
  const years = await stores.schoolYears.all();
  const compared = keys.filter(({ schoolYear }) => yearBefore(years, schoolYear));
  const histories = await stores.units.histories([...new Set(compared.map(({ unitId }) => unitId))]);
  const scopes = new Map<string, { entered: Scopes; left: Scopes }>();
  for (const name of new Set(compared.map(groupOf))) {
    const group = compared.filter((key) => groupOf(key) === name);
    scopes.set(name, await scopesOf(stores, group, years, today));
  }
  const coverage = await coverageBreaks(stores, compared, years, today);
  return keys.map((key) => {
    const before = yearBefore(years, key.schoolYear);
    if (!before) return [plainBreak("FIRST_YEAR")];
    const scope = scopes.get(groupOf(key))!;
    const name = `${key.unitId} ${key.schoolYear.label}`;
    const [entered, left] = [scope.entered.get(name), scope.left.get(name)];
    return [
      entered ? scopeBreak("UNITS_ENTERED", entered) : [],
      left ? scopeBreak("UNITS_LEFT", left) : [],
      coverage.get(key) ?? [],
      reorganised(histories.get(key.unitId)!, key, before),
      referenceDateBreak(key.schoolYear.referenceDate, before.referenceDate) ?? [],
    ].flat();
  });
}

const REPORT_MEASURES = COMPARED_REPORTS.flatMap(({ duty }) => keysOf(statusMeasures(duty)));

/** Of rollups of which there is a year before: where the reports on which their counts rest are missing from others than then. */
async function coverageBreaks(
  stores: Stores,
  keys: readonly RollupKey[],
  years: readonly SchoolYear[],
  today: Day,
): Promise<Map<RollupKey, TrendBreak[]>> {
  const asked = keys.map((key) => ({ ...key, measures: REPORT_MEASURES }));
  const then = asked.map((key) => ({ ...key, schoolYear: yearBefore(years, key.schoolYear)! }));
  const found = await tallies(stores, [...asked, ...then], today);
  const silence = (duty: Obligation, tally: Tally) => {
    const { yes, no, noReport } = statusCounts(duty, tally);
    const elsewhere = Math.max(0, duty.throughUnion ? spokenForElsewhere(duty.throughUnion, tally) : 0);
    return { expected: yes + no + noReport, silent: noReport + elsewhere, elsewhere };
  };
  const breaksAt = (index: number) =>
    COMPARED_REPORTS.flatMap(
      ({ duty, name }) => coverageBreak(name, silence(duty, found[index]!), silence(duty, found[keys.length + index]!)) ?? [],
    );
  return new Map(keys.map((key, index) => [key, breaksAt(index)]));
}

function groupOf({ level, where, tree }: RollupKey): string {
  return [tree, tree === "TODAY" ? "" : level, where.schoolLevel, where.ownership].join("|");
}

/** Another parent or kind on the reference dates of two years on both of which the unit is open. */
function reorganised(history: UnitHistory, { schoolYear, tree }: RollupKey, before: SchoolYear): TrendBreak[] {
  const [now, then] = [placementOn(history, schoolYear.referenceDate), placementOn(history, before.referenceDate)];
  if (!now || !then) return [];
  const [is, was] = [profileOn(history, schoolYear.referenceDate), profileOn(history, before.referenceDate)];
  const changed = is.kind !== was.kind || is.schoolLevel !== was.schoolLevel || is.ownership !== was.ownership;
  return [
    ...(tree === "OF_THE_YEAR" && now.parentId !== then.parentId ? [plainBreak("OTHER_PARENT")] : []),
    ...(changed ? [plainBreak("OTHER_KIND")] : []),
  ];
}

async function scopesOf(stores: Stores, group: readonly RollupKey[], years: readonly SchoolYear[], today: Day) {
  const [{ level, where, tree }] = group as [RollupKey];
  const tops = [...new Set(group.map(({ unitId }) => unitId))];
  const pairs = [...new Map(group.map(({ schoolYear }) => [schoolYear.label, schoolYear])).values()].map((year): YearPair => ({
    schoolYear: year.label,
    other: yearBefore(years, year)!.label,
  }));
  const changes = (of: YearPair[]) =>
    tree === "TODAY" ? stores.scopes.changesInTree(tops, of, where, today) : stores.scopes.changes(level, tops, of, where);
  const entered = await changes(pairs);
  const left = await changes(pairs.map(({ schoolYear, other }) => ({ schoolYear: other, other: schoolYear })));
  const next = new Map(pairs.map(({ schoolYear, other }) => [other, schoolYear]));
  return {
    entered: byRollup(entered, (row) => row.schoolYear, ["OPENED", "CAME"]),
    left: byRollup(left, (row) => next.get(row.schoolYear)!, ["CLOSED", "WENT"]),
  };
}

function byRollup(
  rows: readonly ScopeChange[],
  yearOf: (row: ScopeChange) => string,
  [gone, elsewhere]: readonly [ScopeReason, ScopeReason],
): Scopes {
  const found = new Map<string, ScopeUnitChange[]>();
  for (const row of rows) {
    const name = `${row.top} ${yearOf(row)}`;
    const change = { unitId: row.unitId, reason: !row.countedThen ? gone : row.belowThen ? ("RECLASSIFIED" as const) : elsewhere };
    const others = found.get(name);
    if (others) others.push(change);
    else found.set(name, [change]);
  }
  return found;
}
