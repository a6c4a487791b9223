import { periodClosing } from "../../domain/records/kinds/period-closing.js";
import { unitReport } from "../../domain/records/kinds/unit-report.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { type Level } from "../../domain/tree/unit.js";
import { recordOf, select } from "../tables/record.row.js";
import { type HeldRecord } from "./record.store.js";
import { marks, type Sql, text } from "../database/sql.js";

/** Reports of units, and the closings of periods that stand over them. */
export interface ReportReader {
  /**
   * The reports of units for school years, and every standing closing of these years by the unit itself or by one above it
   * in the tree of the year. `subjectId`: the unit for which it was looked up.
   */
  over(unitIds: readonly string[], schoolYears: readonly string[]): Promise<HeldRecord[]>;
  /** The reports and the closings for school years that these units themselves have. */
  of(unitIds: readonly string[], schoolYears: readonly string[]): Promise<StoredRecord[]>;
  /** The reports for a school year of a unit of a federation's level and of all below it in the tree of the year. */
  below(unitId: string, level: Level, schoolYear: string): Promise<StoredRecord[]>;
}

/** Columns of a dossier's line whose unit may have closed a period; a federation stands in its own line. */
const CLOSERS = ["district_id", "province_id", "confederation_id"] as const;
const COLUMN_OF: Partial<Record<Level, (typeof CLOSERS)[number]>> = {
  DISTRICT: "district_id",
  PROVINCE: "province_id",
  CONFEDERATION: "confederation_id",
};

export function reportReader(sql: Sql): ReportReader {
  const held = (holder: string, kind: string) =>
    `SELECT d.unit_id AS subject_id, ${select} FROM d JOIN record
     ON record.unit_id = d.${holder} AND record.kind = '${kind}' AND record.school_year = d.school_year AND record.state = 'STANDING'`;
  return {
    async over(unitIds, schoolYears) {
      if (schoolYears.length === 0) return [];
      const rows = await sql.rowsIn(
        `WITH d AS (SELECT unit_id, school_year, ${CLOSERS.join(", ")} FROM dossier WHERE unit_id IN (??) AND school_year IN (${marks(schoolYears.length)}))
         ${[held("unit_id", unitReport.key), ...CLOSERS.map((column) => held(column, periodClosing.key))].join(" UNION ALL ")}`,
        unitIds,
        schoolYears,
      );
      return rows.map((row) => ({ subjectId: text(row.subject_id), record: recordOf(row) }));
    },
    async of(unitIds, schoolYears) {
      if (schoolYears.length === 0) return [];
      const rows = await sql.rowsIn(
        `SELECT ${select} FROM record WHERE unit_id IN (??) AND kind IN (?, ?) AND school_year IN (${marks(schoolYears.length)}) AND state = 'STANDING'`,
        unitIds,
        [unitReport.key, periodClosing.key, ...schoolYears],
      );
      return rows.map(recordOf);
    },
    async below(unitId, level, schoolYear) {
      const rows = await sql.rows(
        `SELECT ${select} FROM dossier d JOIN record
         ON record.unit_id = d.unit_id AND record.kind = '${unitReport.key}' AND record.school_year = d.school_year AND record.state = 'STANDING'
         WHERE d.${COLUMN_OF[level] ?? "unit_id"} = ? AND d.school_year = ?`,
        [unitId, schoolYear],
      );
      return rows.map(recordOf);
    },
  };
}
