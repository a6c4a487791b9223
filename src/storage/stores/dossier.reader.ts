import { type Day } from "../../domain/ground/day.js";
import { obligations } from "../../domain/counting/measures.js";
import { type Status } from "../../domain/counting/obligation.js";
import { type Level, type OwnershipFilter } from "../../domain/tree/unit.js";
import { mapInStretches } from "../../stretches.js";
import { type DatedLine } from "../../domain/tree/line.js";
import { lineOf, LINES } from "../tables/dated-line.js";
import { tallyOf } from "../tables/dossier.row.js";
import { type SumRow } from "./ledger.store.js";
import { sliceOf } from "../database/slice.js";
import { marks, portions, type Row, type Sql, text, textOrNull, type Value } from "../database/sql.js";
import { dueName } from "../tables/tables.js";
import { belowTree, BRANCH } from "./unit.reader.js";
import { UNFILTERED, type Where } from "../../domain/tree/filter.js";
import { type WorklistStatus, type WorklistQuery, type WorklistRow } from "../../domain/counting/worklist.js";
import { type Slice } from "../../domain/ground/slice.js";

/**
 * Sums and lists of dossiers, for what the ledger has no cell of. A dossier that is not counted holds nothing but what its
 * unit did until it closed: it is summed, and never listed.
 */
export interface DossierReader {
  /** Tallies of grassroots unions (with their schools) and of schools, in the tree of the year. */
  sums(
    unions: readonly string[],
    schools: readonly string[],
    schoolYears: readonly string[],
    where: Where,
    measures: readonly string[],
  ): Promise<SumRow[]>;
  /** Tallies of the schools of unions that closed in a school year, before its reference date. */
  sumsOfClosedSchools(unions: readonly string[], schoolYear: string, measures: readonly string[]): Promise<SumRow[]>;
  /** Tallies of units of any level in the tree as it stands on a day. */
  sumsInTree(
    unitIds: readonly string[],
    schoolYears: readonly string[],
    where: Where,
    measures: readonly string[],
    on: Day,
  ): Promise<SumRow[]>;
  /** By obligation, how many missing reports are not due yet. */
  notDue(level: Level, unitIds: readonly string[], schoolYears: readonly string[], where: Where, today: Day): Promise<SumRow[]>;
  notDueInTree(unitIds: readonly string[], schoolYears: readonly string[], where: Where, on: Day): Promise<SumRow[]>;
  /** The lines of units, school year by school year, where they counted or not; `ONLY_COUNTED`: where they did, or what they did until they closed. */
  lines(unitIds: readonly string[], schoolYears: readonly string[], which?: "ONLY_COUNTED"): Promise<DatedLine[]>;
  /** The lines of all units that stood below one of a level, or are it, and counted, school year by school year. */
  linesBelow(unitId: string, level: Level, schoolYears: readonly string[]): Promise<DatedLine[]>;
  /** By name. */
  worklist(query: WorklistQuery, slice: Slice): Promise<WorklistRow[]>;
  worklistCount(query: WorklistQuery): Promise<number>;
}

const sumsOf = (measures: readonly string[]) => measures.map((measure) => `SUM(d.\`${measure}\`) AS \`${measure}\``).join(", ");
const NOT_DUE = obligations
  .map(
    ({ key, measures: of }) =>
      `SUM(CASE WHEN d.\`${of.NO_REPORT.key}\` = 1 AND d.\`${dueName(key)}\` >= ? THEN 1 ELSE 0 END) AS \`${key}\``,
  )
  .join(", ");
/** Where a dossier names the ancestor of a level; a school stands for itself. */
export const LINE_COLUMN: Record<Level, string> = {
  CONFEDERATION: "confederation_id",
  PROVINCE: "province_id",
  DISTRICT: "district_id",
  GRASSROOTS: "grassroots_id",
  SCHOOL: "unit_id",
};

/** Units in one statement: many enough for any screen, few enough for every database. */
const MOST_UNITS = 5_000;

async function inPortions(ids: readonly string[], ask: (part: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of portions(ids, MOST_UNITS)) for (const row of await ask(part)) rows.push(row);
  return rows;
}

export function dossierReader(sql: Sql): DossierReader {
  const grouped = async (
    column: string,
    what: string,
    ids: readonly string[],
    years: readonly string[],
    where: Where,
    first: Value[] = [],
    only = "",
  ) => {
    const filter = filterOf(where);
    return inPortions(ids, (part) =>
      sql.rows(
        `SELECT d.${column} AS id, d.school_year, ${what} FROM dossier d
         WHERE d.${column} IN (${marks(part.length)}) AND d.school_year IN (${marks(years.length)})${only}${filter.sql} GROUP BY d.${column}, d.school_year`,
        [...first, ...part, ...years, ...filter.values],
      ),
    );
  };
  const inTree = async (what: string, ids: readonly string[], years: readonly string[], where: Where, on: Day, first: Value[] = []) => {
    const filter = filterOf(where);
    return inPortions(ids, (part) =>
      sql.rows(
        `${belowTree(part.length)}
         SELECT below.top AS id, d.school_year, ${what} FROM below JOIN dossier d ON d.unit_id = below.id
         WHERE d.school_year IN (${marks(years.length)})${filter.sql} GROUP BY below.top, d.school_year`,
        [...part, on, on, ...first, ...years, ...filter.values],
      ),
    );
  };
  const sumOf =
    (measures: readonly string[]) =>
    (row: Row): SumRow => ({ unitId: text(row.id), schoolYear: text(row.school_year), tally: tallyOf(row, measures) });
  const countsOf = (row: Row): SumRow => ({
    ...{ unitId: text(row.id), schoolYear: text(row.school_year) },
    tally: Object.fromEntries(obligations.map(({ key }) => [key, Number(row[key] ?? 0)])),
  });
  const pause = () => sql.pause();
  const days = (day: Day) => obligations.map(() => day);
  return {
    async sums(unions, schools, schoolYears, where, measures) {
      const ofUnions = unions.length > 0 ? await grouped("grassroots_id", sumsOf(measures), unions, schoolYears, where) : [];
      const ofSchools = schools.length > 0 ? await grouped("unit_id", sumsOf(measures), schools, schoolYears, where) : [];
      return mapInStretches([...ofUnions, ...ofSchools], sumOf(measures), pause);
    },
    async sumsOfClosedSchools(unions, schoolYear, measures) {
      const closed = " AND d.level = 'SCHOOL' AND d.closed_in_year = 1";
      const rows = await grouped("grassroots_id", sumsOf(measures), unions, [schoolYear], UNFILTERED, [], closed);
      return rows.map(sumOf(measures));
    },
    sumsInTree: async (unitIds, schoolYears, where, measures, on) =>
      mapInStretches(await inTree(sumsOf(measures), unitIds, schoolYears, where, on), sumOf(measures), pause),
    notDue: async (level, unitIds, schoolYears, where, today) =>
      mapInStretches(await grouped(LINE_COLUMN[level], NOT_DUE, unitIds, schoolYears, where, days(today)), countsOf, pause),
    notDueInTree: async (unitIds, schoolYears, where, on) =>
      mapInStretches(await inTree(NOT_DUE, unitIds, schoolYears, where, on, days(on)), countsOf, pause),
    async lines(unitIds, schoolYears, which) {
      if (schoolYears.length === 0) return [];
      const within = `unit_id IN (??) AND school_year IN (${marks(schoolYears.length)})${which ? " AND (counted = 1 OR closed_in_year = 1)" : ""}`;
      return mapInStretches(await sql.rowsIn(`${LINES} WHERE ${within}`, unitIds, schoolYears), lineOf, pause);
    },
    async linesBelow(unitId, level, schoolYears) {
      const rows = await sql.rows(
        `${LINES} WHERE ${LINE_COLUMN[level]} = ? AND school_year IN (${marks(schoolYears.length)}) AND counted = 1`,
        [unitId, ...schoolYears],
      );
      return mapInStretches(rows, lineOf, pause);
    },
    async worklist(query, slice) {
      const { from, values, status } = worklistParts(query);
      const tail = sliceOf([{ sql: "f.sort_key" }, { sql: "d.unit_id" }], slice);
      const rows = await sql.rows(`SELECT d.unit_id, f.sort_key, d.\`${dueName(query.obligation)}\` AS due, ${status} ${from}${tail.sql}`, [
        query.today,
        ...values,
        ...tail.values,
      ]);
      return rows.map((row) => ({
        unitId: text(row.unit_id),
        sortKey: text(row.sort_key),
        due: textOrNull(row.due),
        status: text(row.status) as WorklistStatus,
      }));
    },
    async worklistCount(query) {
      const { from, values } = worklistParts(query);
      const [row] = await sql.rows(`SELECT COUNT(*) AS total ${from}`, values);
      return Number(row?.total ?? 0);
    },
  };
}

function worklistParts({ unitId, level, schoolYear, referenceDate, obligation: key, statuses, where, branch, today }: WorklistQuery) {
  const duty = obligations.find((candidate) => candidate.key === key);
  if (!duty) throw new Error(`no obligation ${key}`);
  const is = (status: Status) => `d.\`${duty.measures[status].key}\` = 1`;
  const isDue = `d.\`${dueName(key)}\` < ?`;
  const conditions: Record<WorklistStatus, { sql: string; values: Value[] }> = {
    YES: { sql: is("YES"), values: [] },
    NO: { sql: is("NO"), values: [] },
    NOT_ELIGIBLE: { sql: is("NOT_ELIGIBLE"), values: [] },
    NO_REPORT: { sql: `(${is("NO_REPORT")} AND ${isDue})`, values: [today] },
    NOT_DUE: { sql: `(${is("NO_REPORT")} AND NOT ${isDue})`, values: [today] },
  };
  const status = `CASE WHEN ${is("YES")} THEN 'YES' WHEN ${is("NO")} THEN 'NO' WHEN ${is("NOT_ELIGIBLE")} THEN 'NOT_ELIGIBLE' WHEN ${isDue} THEN 'NO_REPORT' ELSE 'NOT_DUE' END AS status`;
  const filter = filterOf(where);
  const wanted = statuses.map((name) => conditions[name]);
  const from = `FROM dossier d JOIN profile f ON f.unit_id = d.unit_id AND f.from_day <= ? AND ? < f.until_day
    WHERE d.${LINE_COLUMN[level]} = ? AND d.school_year = ? AND d.counted = 1${filter.sql} AND (${wanted.map(({ sql }) => sql).join(" OR ")})
    ${branch ? `AND d.unit_id IN (${BRANCH} SELECT id FROM branch)` : ""}`;
  const values: Value[] = [
    referenceDate,
    referenceDate,
    unitId,
    schoolYear,
    ...filter.values,
    ...wanted.flatMap(({ values: given }) => given),
    ...(branch ? [branch, today, today] : []),
  ];
  return { from, values, status };
}

/** The condition that a row of a stratum, by its alias, passes a filter. */
export function filterOf({ schoolLevel, ownership }: Where, alias = "d"): { sql: string; values: Value[] } {
  const owners: OwnershipFilter[] = ownership === "NON_PUBLIC" ? ["COMMUNITY", "PRIVATE"] : ownership ? [ownership] : [];
  return {
    sql: `${schoolLevel ? ` AND ${alias}.school_level = ?` : ""}${owners.length > 0 ? ` AND ${alias}.ownership IN (${marks(owners.length)})` : ""}`,
    values: [...(schoolLevel ? [schoolLevel] : []), ...owners],
  };
}
