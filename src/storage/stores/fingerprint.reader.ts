import { recordKinds } from "../../domain/records/catalogue.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type Level } from "../../domain/tree/unit.js";
import { mapInStretches } from "../../stretches.js";
import { LINE_COLUMN } from "./dossier.reader.js";
import { int, marks, type Row, type Sql, text, textOrNull } from "../database/sql.js";

/** What is kept of a dossier to know its figures again, with the last change of its records of the year. */
export interface PrintRow {
  unitId: string;
  level: Level;
  schoolYear: string;
  prints: Record<ReportingPeriod, string>;
  changedAt: string | null;
}

/** A record of a school year as it was changed last. */
export interface ChangedRecord {
  unitId: string;
  kind: string;
  version: number;
  state: string;
}

/** What the fingerprints of reports and branches are made of. */
export interface FingerprintReader {
  /** Of units' own dossiers. */
  ofUnits(unitIds: readonly string[], schoolYears: readonly string[]): Promise<PrintRow[]>;
  /** Of all dossiers in the tree of the year below a unit of a level, and its own. */
  ofBranch(unitId: string, level: Level, schoolYear: string): Promise<PrintRow[]>;
  /** The records of the year that have changed after an instant, of a unit (`level` null) or of its branch in the tree of the year, the latest first. */
  changedAfter(instant: string, unitId: string, level: Level | null, schoolYear: string): Promise<ChangedRecord[]>;
}

/** The kinds that stand in a unit's report. */
const REPORTED = recordKinds.filter(({ belongsToReport }) => belongsToReport).map(({ key }) => `'${key}'`);
const OF_THE_YEAR = `r.unit_id = d.unit_id AND r.kind IN (${REPORTED.join(", ")}) AND r.school_year = d.school_year`;
const PRINTS = `SELECT d.unit_id, d.level, d.school_year, d.whole_year_print, d.first_half_print,
  (SELECT MAX(r.recorded_at) FROM record r WHERE ${OF_THE_YEAR}) AS changed_at FROM dossier d`;

export function fingerprintReader(sql: Sql): FingerprintReader {
  const pause = () => sql.pause();
  return {
    async ofUnits(unitIds, schoolYears) {
      if (schoolYears.length === 0) return [];
      const within = `d.unit_id IN (??) AND d.school_year IN (${marks(schoolYears.length)})`;
      const rows = await sql.rowsIn(`${PRINTS} WHERE ${within}`, unitIds, schoolYears);
      return mapInStretches(rows, printOf, pause);
    },
    async ofBranch(unitId, level, schoolYear) {
      const rows = await sql.rows(`${PRINTS} WHERE d.${LINE_COLUMN[level]} = ? AND d.school_year = ?`, [unitId, schoolYear]);
      return mapInStretches(rows, printOf, pause);
    },
    async changedAfter(instant, unitId, level, schoolYear) {
      const rows = await sql.rows(
        `SELECT r.unit_id, r.kind, r.version, r.state FROM dossier d JOIN record r ON ${OF_THE_YEAR}
         WHERE d.${level === null ? "unit_id" : LINE_COLUMN[level]} = ? AND d.school_year = ? AND r.recorded_at > ?
         ORDER BY r.recorded_at DESC, r.id`,
        [unitId, schoolYear, instant],
      );
      return rows.map((row) => ({ unitId: text(row.unit_id), kind: text(row.kind), version: int(row.version), state: text(row.state) }));
    },
  };
}

function printOf(row: Row): PrintRow {
  return {
    unitId: text(row.unit_id),
    level: text(row.level) as Level,
    schoolYear: text(row.school_year),
    prints: { WHOLE_YEAR: text(row.whole_year_print), FIRST_HALF: text(row.first_half_print) },
    changedAt: textOrNull(row.changed_at),
  };
}
