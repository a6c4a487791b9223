import { notFigures } from "../../src/domain/counting/measures.js";
import { type StoredRecord } from "../../src/domain/records/record.js";
import { type ReportContent } from "../../src/domain/records/kinds/unit-report.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { standards } from "../../src/rollup/standards.js";
import type { Stores } from "../../src/storage/stores/stores.js";
import type { Step } from "./histories.js";
import { type Forest } from "./past-of-others.js";
import type { Line } from "../../src/domain/tree/line.js";
import type { DossierRow } from "../../src/domain/counting/stored-dossier.js";

/** What every unit adds in every school year, where, and by what it is judged; what it is said to be; and what is locked of it. */
export interface Figures extends Omit<Forest, "today"> {
  years: readonly SchoolYear[];
  /** By unit and school year. */
  dossiers: Map<string, { counted: boolean; line: Line; says: string; profile: string }>;
  reports: Map<string, ReportContent>;
  /** Federations with the years that they closed. */
  closers: Set<string>;
  /** Where facts do not count because they became known too late: "fact unit school-year". */
  late: ReadonlySet<string>;
}

/** A unit in a school year with the lines in which it added before and adds now. */
export interface Changed {
  key: string;
  lines: readonly Line[];
}

const NOTHING = "adds nothing";
/** Steps that act on the locks themselves, or are free of them. */
export const FREE: readonly Step["verb"][] = ["submitReport", "judgeReport", "closePeriod", "openYear", "wait"];
/** Steps that are one for the whole hub: only who keeps its top takes them. */
export const YEARLY: readonly Step["verb"][] = ["correctYear", "withdrawYear"];
/** Steps that may judge accepted reports anew where the year is not closed. */
const DIRECTING: readonly Step["verb"][] = ["direct", "withdraw"];

export async function figuresNow(stores: Stores): Promise<Figures> {
  const years = await stores.schoolYears.all();
  const labels = years.map(({ label }) => label);
  const ids = await stores.units.allIds();
  const units = await stores.units.histories(ids);
  const dossiers: Figures["dossiers"] = new Map();
  const judged = await standardsOf(stores, ids, years);
  for (const row of await stores.ledger.dossiers(ids, labels)) {
    const key = `${row.unitId} ${row.schoolYear}`;
    const on = years.find(({ label }) => label === row.schoolYear)!.referenceDate;
    const said = units.get(row.unitId)!.profiles.find(({ from, until }) => from <= on && on < until)!;
    const { name, kind, schoolLevel, ownership, autonomyGroup } = said;
    const profile = JSON.stringify([name, kind, schoolLevel, ownership, autonomyGroup]);
    dossiers.set(key, { counted: row.counted || row.closedInYear, line: row.line, says: saidBy(row, judged.get(key) ?? ""), profile });
  }
  const records = await stores.reports.of(ids, labels);
  const whole = (kind: string) => records.filter((record) => record.kind === kind && record.key === "WHOLE_YEAR");
  const keyOf = ({ unitId, schoolYear }: StoredRecord) => `${unitId} ${schoolYear}`;
  const reports = new Map(whole("unitReport").map((record) => [keyOf(record), record.content as ReportContent]));
  const successions = await stores.lineage.into(ids);
  const marks = await stores.knownLate.ofUnits(ids);
  const late = new Set(marks.map(({ factId, unitId, schoolYear }) => `${factId} ${unitId} ${schoolYear}`));
  return { units, successions, years, dossiers, reports, closers: new Set(whole("periodClosing").map(keyOf)), late };
}

/** The units and school years in which something else is added, elsewhere, or judged by something else; those of units that are gone among them. */
export function changedFigures(before: Figures, after: Figures): Changed[] {
  return [...new Set([...before.dossiers.keys(), ...after.dossiers.keys()])].flatMap((key) => {
    const [old, now] = [before.dossiers.get(key), after.dossiers.get(key)];
    if ((old?.says ?? NOTHING) === (now?.says ?? NOTHING)) return [];
    return [{ key, lines: [old, now].flatMap((one) => (one && one.says !== NOTHING ? [one.line] : [])) }];
  });
}

/** Those counted ones of which something else is said: a name, a kind, what sort of school. */
export function changedProfiles(before: Figures, after: Figures): Changed[] {
  return [...after.dossiers].flatMap(([key, { says, line, profile }]) => {
    const old = before.dossiers.get(key);
    return old && says !== NOTHING && old.profile !== profile ? [{ key, lines: [line] }] : [];
  });
}

/** What keeps a unit's figures of a school year as they are: the year is closed over one of the lines, or its own report accepted. */
export function lockOn({ key, lines }: Changed, { reports, closers }: Figures): "CLOSED" | "ACCEPTED" | null {
  const report = reports.get(key);
  const [, label] = key.split(" ");
  const closed = lines.some((one) => Object.values(one).some((id: string | null) => closers.has(`${id} ${label}`)));
  if (closed && !report?.reopenedAfterClosing) return "CLOSED";
  return report?.reportState === "ACCEPTED" ? "ACCEPTED" : null;
}

/** Nobody changed a figure of a closed year, nor, but for directives, one of an accepted report. */
export function expectUntouched(verb: Step["verb"], before: Figures, after: Figures): void {
  const broken = changedFigures(before, after).filter((one) => {
    const lock = lockOn(one, before);
    return lock === "CLOSED" || (lock === "ACCEPTED" && !DIRECTING.includes(verb));
  });
  expect({ verb, broken }).toEqual({ verb, broken: [] });
}

function saidBy({ counted, tally, stratum, line, due }: DossierRow, judged: string): string {
  const figures = Object.entries(tally).filter(([measure, amount]) => amount !== 0 && !notFigures.has(measure));
  if (!counted && figures.length === 0) return NOTHING;
  return JSON.stringify([figures.sort(), stratum, line, due, judged]);
}

async function standardsOf(stores: Stores, ids: readonly string[], years: readonly SchoolYear[]) {
  const keys = ids.flatMap((unitId) => years.map((schoolYear) => ({ unitId, schoolYear })));
  const found = await standards(stores, keys);
  return new Map(
    keys.map(({ unitId, schoolYear }, index) => {
      const { deadlines, targets, demands } = found[index]!;
      const told = [
        ...[...deadlines].map(([indicator, { deadline }]) => `${indicator} until ${deadline}`),
        ...[...targets].map(([indicator, { target }]) => `${indicator} to ${target}`),
        ...[...demands].map(([indicator, demand]) => `${indicator} as ${JSON.stringify(demand)}`),
      ];
      return [`${unitId} ${schoolYear.label}`, told.sort().join()];
    }),
  );
}
