import { recordsBySource } from "../../src/domain/measures.js";
import { type StoredRecord } from "../../src/domain/records/record.js";
import { type ReportContent } from "../../src/domain/records/unit-report.js";
import { standards } from "../../src/rollup/standards.js";
import type { DossierRow, Line } from "../../src/storage/dossier.row.js";
import type { Stores } from "../../src/storage/stores.js";
import type { TestDatabase } from "../database.js";
import type { Step } from "./histories.js";

/** What every unit adds in every school year, where, and by what it is judged; and what is locked of it. */
export interface Figures {
  /** By unit and school year. */
  dossiers: Map<string, { line: Line; says: string }>;
  reports: Map<string, ReportContent>;
  /** Federations with the years that they closed. */
  closers: Set<string>;
}

const NOTHING = "adds nothing";
/** Steps that act on the locks themselves, or are free of them. */
const FREE: readonly Step["verb"][] = ["submitReport", "judgeReport", "closePeriod", "openYear", "wait"];
/** Steps that may judge accepted reports anew where the year is not closed. */
const DIRECTING: readonly Step["verb"][] = ["direct", "withdraw"];

/** `null` before a step that is free of the locks, and while nothing is locked: there is nothing to compare. */
export async function figuresBefore(verb: Step["verb"], database: TestDatabase): Promise<Figures | null> {
  if (FREE.includes(verb)) return null;
  const [locks] = await database.raw(
    `SELECT COUNT(*) AS locks FROM record WHERE state = 'STANDING' AND record_key = 'WHOLE_YEAR'
     AND (kind = 'periodClosing' OR (kind = 'unitReport' AND content LIKE '%"ACCEPTED"%'))`,
  );
  return Number(locks?.locks) > 0 ? figuresNow(database) : null;
}

function figuresNow(database: TestDatabase): Promise<Figures> {
  return database.read(async (stores) => {
    const years = await stores.schoolYears.all();
    const labels = years.map(({ label }) => label);
    const ids = await stores.units.allIds();
    const dossiers = new Map<string, { line: Line; says: string }>();
    const judged = await standardsOf(stores, ids, years);
    for (const row of await stores.ledger.dossiers(ids, labels)) {
      const key = `${row.unitId} ${row.schoolYear}`;
      dossiers.set(key, { line: row.line, says: saidBy(row, judged.get(key) ?? "") });
    }
    const records = await stores.reports.of(ids, labels);
    const whole = (kind: string) => records.filter((record) => record.kind === kind && record.key === "WHOLE_YEAR");
    const keyOf = ({ unitId, schoolYear }: StoredRecord) => `${unitId} ${schoolYear}`;
    const reports = new Map(whole("unitReport").map((record) => [keyOf(record), record.content as ReportContent]));
    return { dossiers, reports, closers: new Set(whole("periodClosing").map(keyOf)) };
  });
}

/** Nobody changed a figure of a closed year, nor, but for directives, one of an accepted report. */
export async function expectUntouched(verb: Step["verb"], before: Figures, database: TestDatabase): Promise<void> {
  const after = await figuresNow(database);
  const broken: string[] = [];
  for (const [key, { says, line }] of after.dossiers) {
    const old = before.dossiers.get(key);
    if ((old?.says ?? NOTHING) === says) continue;
    const report = before.reports.get(key);
    const lines = [...(old && old.says !== NOTHING ? [old.line] : []), ...(says === NOTHING ? [] : [line])];
    const [, label] = key.split(" ");
    const closed = lines.some((one) => Object.values(one).some((id: string | null) => before.closers.has(`${id} ${label}`)));
    if (closed && !report?.reopenedAfterClosing) broken.push(`${verb} changed ${key}, which is closed`);
    if (report?.reportState === "ACCEPTED" && !DIRECTING.includes(verb)) broken.push(`${verb} changed ${key}, which was accepted`);
  }
  expect(broken).toEqual([]);
}

function saidBy({ counted, tally, stratum, line, due }: DossierRow, judged: string): string {
  const sources: readonly string[] = Object.values(recordsBySource);
  const figures = Object.entries(tally).filter(([measure, amount]) => amount !== 0 && !sources.includes(measure));
  if (!counted && figures.length === 0) return NOTHING;
  return JSON.stringify([figures.sort(), stratum, line, due, judged]);
}

async function standardsOf(stores: Stores, ids: readonly string[], years: Awaited<ReturnType<Stores["schoolYears"]["all"]>>) {
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
