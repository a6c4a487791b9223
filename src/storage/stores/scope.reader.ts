import { type Day } from "../../domain/ground/day.js";
import { grouped } from "../../domain/ground/grouped.js";
import { measuresOfClosed } from "../../domain/counting/measures.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { type Level } from "../../domain/tree/unit.js";
import { mapInStretches } from "../../stretches.js";
import { type ScopeUnit, type UnitsBelow } from "../../domain/analysis/ranking.js";
import { type ScopeChange, type YearPair } from "../../domain/analysis/trend-break.js";
import { type CellTally } from "../../domain/counting/cell.js";
import { cellKey, cellOf } from "../tables/cell.js";
import { filterOf, LINE_COLUMN } from "./dossier.reader.js";
import { tallyOf } from "../tables/dossier.row.js";
import { int, marks, portions, type Row, type Sql, text, textOrNull, type Value } from "../database/sql.js";
import { belowTree, BRANCH } from "./unit.reader.js";
import { type Where } from "../../domain/tree/filter.js";

/** Of a dossier that is not counted: whether it adds all the same what its unit did until it closed. */
const FLOWED = measuresOfClosed.map((key) => `\`${key}\` <> 0`).join(" OR ");

/** Who stands in which figures. */
export interface ScopeReader {
  unitsBelow(query: UnitsBelow): Promise<ScopeUnit[]>;
  /** The same of units that are named, in the tree of the year. */
  named(ids: readonly string[], schoolYear: SchoolYear, before: SchoolYear | null): Promise<ScopeUnit[]>;
  /** Units counted below these units (themselves included) in one school year of a pair and not in the other, in its own tree. */
  changes(level: Level, tops: readonly string[], pairs: readonly YearPair[], where: Where): Promise<ScopeChange[]>;
  /** The same in the tree as it stands on a day. */
  changesInTree(tops: readonly string[], pairs: readonly YearPair[], where: Where, on: Day): Promise<ScopeChange[]>;
  /** Units whose dossiers add to a unit's figures of a school year: counted ones, and those that did something until they closed; itself included. */
  addingBelow(level: Level, unitId: string, schoolYear: string): Promise<string[]>;
  /** The schools that stand under each of these unions on the reference date of a school year, by "union schoolYear"; none where there are none. */
  schoolsOf(unions: readonly string[], schoolYears: readonly string[]): Promise<Map<string, string[]>>;
  /** Every cell of the ledger of these units for a school year, in order of their keys. */
  cells(unitIds: readonly string[], schoolYear: string): Promise<CellTally[]>;
}

const COLUMNS = "d.counted, e.counted AS counted_before, f.sort_key";
const BEFORE = "LEFT JOIN dossier e ON e.unit_id = u.id AND e.school_year = ?";
const PROFILE = "JOIN profile f ON f.unit_id = u.id AND f.from_day <= ? AND ? < f.until_day";
const OPEN = "p.unit_id = u.id AND p.from_day <= ? AND ? < p.until_day";

export function scopeReader(sql: Sql): ScopeReader {
  const pause = () => sql.pause();
  /** `only`: a condition on the units of the year itself, with its values; `first`: the values of what stands before the join. */
  async function changed(
    from: string,
    first: Value[],
    sameTop: string,
    only: { sql: string; values: Value[] },
    pairs: readonly YearPair[],
    where: Where,
  ): Promise<ScopeChange[]> {
    const [now, then] = [filterOf(where), filterOf(where, "e")];
    const rows = await sql.rows(
      `${from} LEFT JOIN dossier e ON e.unit_id = d.unit_id AND e.school_year = CASE d.school_year ${pairs.map(() => "WHEN ? THEN ?").join(" ")} END
       WHERE ${only.sql} AND d.school_year IN (${marks(pairs.length)}) AND d.counted = 1${now.sql}
       AND NOT COALESCE(e.counted = 1 AND ${sameTop}${then.sql}, 0) ORDER BY d.unit_id`,
      [
        ...first,
        ...pairs.flatMap(({ schoolYear, other }) => [schoolYear, other]),
        ...only.values,
        ...pairs.map(({ schoolYear }) => schoolYear),
        ...now.values,
        ...then.values,
      ],
    );
    const changeOf = (row: Row): ScopeChange => ({
      top: text(row.top),
      schoolYear: text(row.school_year),
      unitId: text(row.unit_id),
      countedThen: int(row.counted_then) === 1,
      belowThen: int(row.below_then) === 1,
    });
    return mapInStretches(rows, changeOf, pause);
  }
  return {
    async unitsBelow(query) {
      const { unitId, level, schoolYear, before, of, kinds, tree, branch, today } = query;
      const filter = of === "SCHOOL" ? filterOf(query.where) : { sql: "", values: [] };
      const kind = kinds ? ` AND f.kind IN (${marks(kinds.length)})` : "";
      const rows =
        tree === "TODAY"
          ? await sql.rows(
              `${BRANCH} SELECT u.id, u.level, ${COLUMNS} FROM branch JOIN unit u ON u.id = branch.id ${PROFILE} JOIN placement p ON ${OPEN}
               LEFT JOIN dossier d ON d.unit_id = u.id AND d.school_year = ? ${BEFORE} WHERE u.id <> ? AND u.level = ?${kind}${filter.sql}`,
              [
                ...[unitId, today, today, today, today, today, today],
                ...[schoolYear.label, before?.label ?? "", unitId, of, ...(kinds ?? []), ...filter.values],
              ],
            )
          : await sql.rows(
              `SELECT u.id, u.level, ${COLUMNS} FROM dossier d JOIN unit u ON u.id = d.unit_id ${PROFILE} ${BEFORE}
               WHERE d.${LINE_COLUMN[level]} = ? AND d.school_year = ? AND u.id <> ? AND d.level = ?${kind}${filter.sql}
               AND (d.counted = 1 OR EXISTS (SELECT 1 FROM placement p WHERE ${OPEN}))${branch ? ` AND u.id IN (${BRANCH} SELECT id FROM branch)` : ""}`,
              [
                ...[schoolYear.referenceDate, schoolYear.referenceDate, before?.label ?? "", unitId, schoolYear.label, unitId, of],
                ...[...(kinds ?? []), ...filter.values, schoolYear.endsOn, schoolYear.startsOn],
                ...(branch ? [branch, today, today] : []),
              ],
            );
      return mapInStretches(rows, scopeUnitOf, pause);
    },
    async named(ids, { label, referenceDate }, before) {
      const rows: Row[] = [];
      for (const part of portions(ids, 900))
        rows.push(
          ...(await sql.rows(
            `SELECT u.id, u.level, ${COLUMNS} FROM unit u ${PROFILE} LEFT JOIN dossier d ON d.unit_id = u.id AND d.school_year = ? ${BEFORE}
             WHERE u.id IN (${marks(part.length)})`,
            [referenceDate, referenceDate, label, before?.label ?? "", ...part],
          )),
        );
      return mapInStretches(rows, scopeUnitOf, pause);
    },
    async changes(level, tops, pairs, where) {
      const column = LINE_COLUMN[level];
      const found: ScopeChange[] = [];
      for (const part of portions(tops, 900))
        found.push(
          ...(await changed(
            `SELECT d.${column} AS top, d.school_year, d.unit_id, e.counted AS counted_then, (e.${column} = d.${column}) AS below_then FROM dossier d`,
            [],
            `e.${column} = d.${column}`,
            { sql: `d.${column} IN (${marks(part.length)})`, values: part },
            pairs,
            where,
          )),
        );
      return found;
    },
    changesInTree: (tops, pairs, where, on) =>
      changed(
        `${belowTree(tops.length)}
         SELECT below.top, d.school_year, d.unit_id, e.counted AS counted_then, 1 AS below_then FROM below JOIN dossier d ON d.unit_id = below.id`,
        [...tops, on, on],
        "1 = 1",
        { sql: "1 = 1", values: [] },
        pairs,
        where,
      ),
    async addingBelow(level, unitId, schoolYear) {
      const rows = await sql.rows(
        `SELECT unit_id FROM dossier WHERE ${LINE_COLUMN[level]} = ? AND school_year = ? AND (counted = 1 OR ${FLOWED}) ORDER BY unit_id`,
        [unitId, schoolYear],
      );
      return rows.map((row) => text(row.unit_id));
    },
    async schoolsOf(unions, schoolYears) {
      const rows = await sql.rowsIn(
        `SELECT grassroots_id, school_year, unit_id FROM dossier
         WHERE grassroots_id IN (??) AND school_year IN (${marks(schoolYears.length)}) AND level = 'SCHOOL' AND counted = 1 ORDER BY unit_id`,
        unions,
        schoolYears,
      );
      return grouped(
        rows,
        (row) => `${text(row.grassroots_id)} ${text(row.school_year)}`,
        (row) => text(row.unit_id),
      );
    },
    async cells(unitIds, schoolYear) {
      const rows = await sql.rowsIn("SELECT * FROM ledger WHERE unit_id IN (??) AND school_year = ?", unitIds, [schoolYear]);
      return rows.map((row) => ({ ...cellOf(row), tally: tallyOf(row) })).sort((a, b) => (cellKey(a) < cellKey(b) ? -1 : 1));
    },
  };
}

function scopeUnitOf(row: Row): ScopeUnit {
  return {
    unitId: text(row.id),
    level: text(row.level) as Level,
    sortKey: textOrNull(row.sort_key) ?? "",
    counted: int(row.counted) === 1,
    countedBefore: int(row.counted_before) === 1,
  };
}
