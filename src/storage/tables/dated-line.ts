import { type Row, text, textOrNull } from "../database/sql.js";
import { type DatedLine } from "../../domain/tree/line.js";

/** Reads lines out of dossiers. */
export const LINES = "SELECT unit_id, school_year, confederation_id, province_id, district_id, grassroots_id FROM dossier";

export function lineOf(row: Row): DatedLine {
  return {
    unitId: text(row.unit_id),
    schoolYear: text(row.school_year),
    line: {
      CONFEDERATION: textOrNull(row.confederation_id),
      PROVINCE: textOrNull(row.province_id),
      DISTRICT: textOrNull(row.district_id),
      GRASSROOTS: textOrNull(row.grassroots_id),
    },
  };
}
