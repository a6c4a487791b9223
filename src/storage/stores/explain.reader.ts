import { type Day } from "../../domain/ground/day.js";
import {
  LEFT_OUT_REASONS,
  type LeftOutReason,
  type LeftOutQuery,
  type ClosedPart,
  type LeftOutList,
} from "../../domain/analysis/left-out.js";
import { measureKeys, obligations } from "../../domain/counting/measures.js";
import { type Level, LEVELS, mayParent } from "../../domain/tree/unit.js";
import { filterOf, LINE_COLUMN } from "./dossier.reader.js";
import { tallyOf } from "../tables/dossier.row.js";
import { sliceOf } from "../database/slice.js";
import { int, marks, type Row, type Sql, text, type Value } from "../database/sql.js";
import { dueName } from "../tables/tables.js";
import { belowTree, BRANCH } from "./unit.reader.js";
import { type Slice } from "../../domain/ground/slice.js";

/** A unit directly below another. */
export interface Child {
  parentId: string;
  unitId: string;
  level: Level;
}

/** What a figure is made of and what is not in it. */
export interface ExplainReader {
  /** The units directly below others of one level, by the lines of a school year. */
  children(parents: readonly string[], level: Level, schoolYear: string): Promise<Child[]>;
  /** The same as their placements stand on a day. */
  childrenInTree(parents: readonly string[], on: Day): Promise<Child[]>;
  /** By unit and reason, how many units are left out; a reason that the obligation does not tell is 0. */
  leftOutCounts(query: LeftOutQuery): Promise<Map<string, Record<LeftOutReason, number>>>;
  /** By unit, those below that closed before the reference date and add to the flows; none where there are none. */
  closedParts(query: LeftOutQuery): Promise<Map<string, ClosedPart>>;
  /** By name. */
  leftOut(list: LeftOutList, slice: Slice): Promise<{ unitId: string; sortKey: string }[]>;
  leftOutTotal(list: LeftOutList): Promise<number>;
}

const REASONS = Object.keys(LEFT_OUT_REASONS) as LeftOutReason[];

export function explainReader(sql: Sql): ExplainReader {
  return {
    async children(parents, level, schoolYear) {
      if (level === "SCHOOL") return [];
      const between = LEVELS.filter((other) => mayParent(level, other) && other !== "SCHOOL");
      const nothingBetween = LEVELS.filter((other) => mayParent(level, other)).map((other) => {
        const empty = between.filter((one) => mayParent(one, other)).map((one) => `${LINE_COLUMN[one]} IS NULL`);
        return `(${[`level = '${other}'`, ...empty].join(" AND ")})`;
      });
      const rows = await sql.rowsIn(
        `SELECT ${LINE_COLUMN[level]} AS parent_id, unit_id, level FROM dossier
         WHERE ${LINE_COLUMN[level]} IN (??) AND school_year = ? AND (${nothingBetween.join(" OR ")}) ORDER BY unit_id`,
        parents,
        [schoolYear],
      );
      return rows.map(childOf);
    },
    async childrenInTree(parents, on) {
      const rows = await sql.rowsIn(
        `SELECT p.parent_id, p.unit_id, u.level FROM placement p JOIN unit u ON u.id = p.unit_id
         WHERE p.parent_id IN (??) AND p.stands_from <= ? AND ? < p.stands_until ORDER BY p.unit_id`,
        parents,
        [on, on],
      );
      return rows.map(childOf);
    },
    async leftOutCounts(query) {
      const conditions = REASONS.map((reason) => ({ reason, ...conditionOf(reason, query) }));
      const sums = conditions.map(({ reason, sql: condition }) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS \`${reason}\``);
      const { top, opening, from, values } = leftOutParts(query);
      const rows = await sql.rows(`${opening.sql} SELECT ${top} AS top, ${sums.join(", ")} ${from} GROUP BY ${top}`, [
        ...opening.values,
        ...conditions.flatMap((condition) => condition.values),
        ...values,
      ]);
      const countsOf = (row: Row) =>
        Object.fromEntries(REASONS.map((reason) => [reason, int(row[reason])])) as Record<LeftOutReason, number>;
      return new Map(rows.map((row) => [text(row.top), countsOf(row)]));
    },
    async closedParts({ unitIds, level, schoolYear, where, treeOn, flows }) {
      const filter = filterOf(where);
      const { top, opening, source, condition } = belowParts(unitIds, level, treeOn);
      const rows = await sql.rows(
        `${opening.sql} SELECT ${top} AS top, COUNT(*) AS units, ${flows.map((key) => `SUM(d.\`${key}\`) AS \`${key}\``).join(", ")} FROM ${source}
         WHERE ${condition.sql} AND d.school_year = ? AND d.counted = 0 AND (${flows.map((key) => `d.\`${key}\` <> 0`).join(" OR ")})${filter.sql} GROUP BY ${top}`,
        [...opening.values, ...condition.values, schoolYear, ...filter.values],
      );
      return new Map(rows.map((row) => [text(row.top), { units: int(row.units), tally: tallyOf(row, flows) }]));
    },
    async leftOut(list, slice) {
      const { statement, values } = listParts(list, "d.unit_id, f.sort_key");
      const tail = sliceOf([{ sql: "f.sort_key" }, { sql: "d.unit_id" }], slice);
      const rows = await sql.rows(`${statement}${tail.sql}`, [...values, ...tail.values]);
      return rows.map((row) => ({ unitId: text(row.unit_id), sortKey: text(row.sort_key) }));
    },
    async leftOutTotal(list) {
      const { statement, values } = listParts(list, "COUNT(*) AS total");
      const [row] = await sql.rows(statement, values);
      return int(row?.total);
    },
  };
}

const childOf = (row: Row): Child => ({ parentId: text(row.parent_id), unitId: text(row.unit_id), level: text(row.level) as Level });

/** Whether the unit of a dossier itself became known too late. */
const IS_LATE =
  "EXISTS (SELECT 1 FROM known_late k WHERE k.unit_id = d.unit_id AND k.school_year = d.school_year AND k.fact_id = d.unit_id)";

interface Fragment {
  sql: string;
  values: Value[];
}

function conditionOf(reason: LeftOutReason, { obligation, unsaid, inUnionReport, flows, inSuccessors, today }: LeftOutQuery): Fragment {
  // Whose flows count is not left out.
  const addsNothing = flows.map((key) => ` AND d.\`${key}\` = 0`).join("");
  const isIncluded = inSuccessors.length > 0 ? inSuccessors.map((key) => `d.\`${key}\` = 1`).join(" OR ") : "1 = 0";
  if (reason === "CLOSED") return { sql: `(d.counted = 0 AND NOT ${IS_LATE}${addsNothing} AND NOT (${isIncluded}))`, values: [] };
  if (reason === "IN_SUCCESSOR_REPORT") return { sql: `(d.counted = 0${addsNothing} AND (${isIncluded}))`, values: [] };
  if (reason === "KNOWN_LATE") return { sql: `(d.counted = 0 AND ${IS_LATE})`, values: [] };
  const says = (measure: string | null) => ({
    sql: measure && measureKeys.includes(measure) ? `d.\`${measure}\` <> 0` : "1 = 0",
    values: [],
  });
  if (reason === "NOT_SAID") return says(unsaid);
  if (reason === "IN_UNION_REPORT") return says(inUnionReport);
  const duty = obligations.find(({ key }) => key === obligation);
  if (!duty) return { sql: "1 = 0", values: [] };
  if (reason === "NOT_ELIGIBLE") return { sql: `d.\`${duty.measures.NOT_ELIGIBLE.key}\` = 1`, values: [] };
  const isDue = `d.\`${dueName(duty.key)}\` < ?`;
  return { sql: `(d.\`${duty.measures.NO_REPORT.key}\` = 1 AND ${reason === "NO_REPORT" ? isDue : `NOT ${isDue}`})`, values: [today] };
}

/** All dossiers below the units. A unit that was not open has no stratum in its dossier, so filters look at its profile of the day. */
function leftOutParts({ unitIds, level, schoolYear, referenceDate, where, treeOn, levels }: LeftOutQuery) {
  const filter = filterOf(where, "f");
  const { top, opening, source, condition } = belowParts(unitIds, level, treeOn);
  return {
    top,
    opening,
    from: `FROM ${source} JOIN profile f ON f.unit_id = d.unit_id AND f.from_day <= ? AND ? < f.until_day
      WHERE ${condition.sql} AND d.school_year = ? AND d.level IN (${marks(levels.length)})${filter.sql}`,
    values: [referenceDate, referenceDate, ...condition.values, schoolYear, ...levels, ...filter.values],
  };
}

/** The dossiers below units of one level: by their line of the year, or by the placements as they stand on a day. */
function belowParts(unitIds: readonly string[], level: Level, treeOn: Day | null) {
  const ids = marks(unitIds.length);
  if (treeOn === null) {
    const top = `d.${LINE_COLUMN[level]}`;
    return { top, opening: { sql: "", values: [] }, source: "dossier d", condition: { sql: `${top} IN (${ids})`, values: [...unitIds] } };
  }
  return {
    top: "below.top",
    opening: { sql: belowTree(unitIds.length), values: [...unitIds, treeOn, treeOn] },
    source: "below JOIN dossier d ON d.unit_id = below.id",
    condition: { sql: "1 = 1", values: [] },
  };
}

function listParts(list: LeftOutList, columns: string) {
  const { opening, from, values } = leftOutParts(list);
  const reason = conditionOf(list.reason, list);
  const { branch, today } = list;
  return {
    statement: `${opening.sql} SELECT ${columns} ${from} AND ${reason.sql}${branch ? ` AND d.unit_id IN (${BRANCH} SELECT id FROM branch)` : ""}`,
    values: [...opening.values, ...values, ...reason.values, ...(branch ? [branch, today, today] : [])],
  };
}
