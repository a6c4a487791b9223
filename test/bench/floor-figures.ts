import { hasOwnTarget, indicators } from "../../src/domain/figures/catalogue.js";
import { deadlineKey, figures, type Indicator } from "../../src/domain/figures/indicator.js";
import { statusCounts } from "../../src/domain/counting/voices.js";
import { statutoryDeadline } from "../../src/domain/records/kinds/conference.js";
import { indexSettings, type SettingInForce, type SettingsIndex } from "../../src/domain/records/kinds/settings-in-force.js";
import { type Tally } from "../../src/domain/counting/tally.js";
import { standardsOn } from "../../src/rollup/standards.js";
import { type CapturedScreen } from "./capture.js";
import { type Row } from "./driver.js";
import { REPORTED_YEARS, RUNNING_YEAR } from "./province.js";

/** What a rollup is asked for besides its figures. */
interface Standing {
  notDue: Row | undefined;
  line: readonly string[];
  settings: SettingsIndex;
}

/** The answer to a screen out of the rows of its statements: what GraphQL answers, without GraphQL. */
export function answerOf(screen: CapturedScreen, results: readonly Row[][]): object {
  const units = results.flat().filter((row) => "sort_key" in row);
  const tallies = results.flat().filter((row) => "schools" in row);
  const standings = screen.asks === "STANDINGS" ? standingsIn(results) : null;
  const [province, ...districts] = units;
  const rollup = (row: Row) => rollupOf(row as Tally, String(row.school_year), standings?.(String(idOf(row))));
  const withRollup = (unit: Row) => ({ ...named(unit), rollup: rollup(tallies.find((row) => idOf(row) === unit.id) ?? {}) });
  if (!province) throw new Error("the floor found no province");
  const unit =
    screen.shape === "TREND"
      ? { ...named(province), trend: tallies.toSorted((a, b) => (String(a.school_year) < String(b.school_year) ? -1 : 1)).map(rollup) }
      : { ...withRollup(province), children: { nodes: districts.map(withRollup) } };
  return { data: { unit } };
}

const idOf = (row: Row) => row.unit_id ?? row.id;
const named = (unit: Row) => ({ code: unit.code, name: unit.name });

function rollupOf(tally: Tally, label: string, standing: Standing | undefined) {
  const [own, ...above] = standing?.line ?? [];
  const setting = standing && own !== undefined && standardsOn(standing.settings, [own, ...above], label, hasOwnTarget);
  const year = [...REPORTED_YEARS, RUNNING_YEAR].find((candidate) => candidate.label === label);
  return Object.fromEntries(
    indicators.map((indicator) => {
      const { value, numerator, denominator } = figures(indicator, tally);
      if (!standing || !setting || !year) return [indicator.key, { value, numerator, denominator }];
      const law = indicator.key === "staffConferenceCompletion" ? statutoryDeadline(year) : null;
      const deadline = setting.deadlines.get(deadlineKey(indicator))?.deadline ?? law;
      const target = setting.targets.get(indicator.key)?.target ?? null;
      return [indicator.key, { value, numerator, denominator, coverage: coverageOf(indicator, tally, standing.notDue), target, deadline }];
    }),
  );
}

function coverageOf({ obligation }: Indicator, tally: Tally, notDueRow: Row | undefined) {
  if (!obligation) return null;
  const { yes, no, noReport } = statusCounts(obligation, tally);
  const notDue = Number(notDueRow?.[obligation.key] ?? 0);
  const [reported, expected] = [yes + no, yes + no + noReport];
  return { expected, reported, missing: noReport - notDue, notDue, rate: expected === 0 ? null : reported / expected };
}

/** By unit, what the statements about deadlines and reports not yet due said. */
function standingsIn(results: readonly Row[][]): (unitId: string) => Standing {
  const rows = results.flat();
  const lines = new Map(rows.filter((row) => "district_id" in row && !("sort_key" in row)).map((row) => [String(row.unit_id), row]));
  const notDue = new Map(rows.filter((row) => "staffConference" in row).map((row) => [String(row.id), row]));
  const settings = indexSettings(rows.filter((row) => row.kind === "directive").flatMap(settingsOf));
  return (unitId) => {
    const line = lines.get(unitId);
    return {
      notDue: notDue.get(unitId),
      settings,
      line: [line?.district_id, line?.province_id, line?.confederation_id].flatMap((id) => (id ? [String(id)] : [])),
    };
  };
}

function settingsOf(row: Row): SettingInForce[] {
  const { number, issuedOn, settings } = JSON.parse(String(row.content)) as Pick<SettingInForce, "number" | "issuedOn"> & {
    settings: SettingInForce[];
  };
  return settings.map((setting) => ({ ...setting, number, issuedOn, unitId: String(row.unit_id), recordId: String(row.id) }));
}
