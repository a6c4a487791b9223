import { type StoredRecord, type RecordFilter } from "../../domain/records/record.js";
import { mapInStretches } from "../../stretches.js";
import { recordOf, select } from "../tables/record.row.js";
import { partsOfSlice } from "../database/slice.js";
import { int, marks, portions, type Sql, text, type Value } from "../database/sql.js";
import { type Slice } from "../../domain/ground/slice.js";

/** Lists of the records that units' dossiers hold, newest first, each of many units. */
export interface RecordPageReader {
  /** By unit, in the order in which the slice is read; a unit without any is missing. */
  pages(unitIds: readonly string[], filter: RecordFilter, slice: Slice): Promise<Map<string, StoredRecord[]>>;
  /** By unit; one without any is missing. */
  counts(unitIds: readonly string[], filter: RecordFilter): Promise<Map<string, number>>;
}

/** Records that a statement reads at the most: their contents are long. */
const MOST_ROWS = 5_000;
const NEWEST = ["record.recorded_at", "record.id"].map((sql) => ({ sql, descending: true }));
const SUBJECT = "record_subject.unit_id";

export function recordPageReader(sql: Sql): RecordPageReader {
  return {
    async pages(unitIds, filter, slice) {
      const found = new Map<string, StoredRecord[]>();
      const { condition, order, values } = partsOfSlice(NEWEST, slice);
      const place = `ROW_NUMBER() OVER (PARTITION BY ${SUBJECT} ORDER BY ${order})`;
      for (const part of portions(unitIds, Math.max(1, Math.floor(MOST_ROWS / slice.limit)))) {
        const from = fromOf(part, filter);
        const rows = await sql.rows(
          `SELECT * FROM (SELECT ${SUBJECT} AS subject_id, ${select}, ${place} AS place ${from.sql}${condition}) AS placed
           WHERE place <= ${slice.limit} ORDER BY subject_id, place`,
          [...from.values, ...values],
        );
        await mapInStretches(
          rows,
          (row) => {
            const of = text(row.subject_id);
            const list = found.get(of);
            if (list) list.push(recordOf(row));
            else found.set(of, [recordOf(row)]);
          },
          () => sql.pause(),
        );
      }
      return found;
    },
    async counts(unitIds, filter) {
      const found = new Map<string, number>();
      for (const part of portions(unitIds, 900)) {
        const from = fromOf(part, filter);
        const rows = await sql.rows(`SELECT ${SUBJECT} AS subject_id, COUNT(*) AS total ${from.sql} GROUP BY ${SUBJECT}`, from.values);
        for (const row of rows) found.set(text(row.subject_id), int(row.total));
      }
      return found;
    },
  };
}

/** Where the records of a list are found, up to its last condition. */
function fromOf(unitIds: readonly string[], { kinds, schoolYear, withdrawn }: RecordFilter): { sql: string; values: Value[] } {
  const where = [
    `${SUBJECT} IN (${marks(unitIds.length)})`,
    `record.kind IN (${marks(kinds.length)})`,
    ...(schoolYear ? ["record.school_year = ?"] : []),
    ...(withdrawn ? [] : ["record.state = 'STANDING'"]),
  ];
  return {
    sql: `FROM record_subject JOIN record ON record.id = record_subject.record_id WHERE ${where.join(" AND ")}`,
    values: [...unitIds, ...kinds, ...(schoolYear ? [schoolYear] : [])],
  };
}
