import {
  growthMeasures,
  type GrowthPart,
  growthParts,
  type GrowthPartKey,
  type GrowthQuery,
  type GrowthList,
  type GrowthUnitRow,
} from "../../domain/analysis/growth.js";
import {
  COUNTED_BEFORE,
  COUNTED_NOW,
  type Fate,
  type Kinship,
  type Knowledge,
  SILENT,
  type Standing,
  TWICE,
} from "../../domain/analysis/growth-fates.js";
import { membership, membershipBalanced, membershipReported } from "../../domain/records/kinds/membership-report.js";
import { type Tally } from "../../domain/counting/tally.js";
import { type Dialect } from "../database/dialect.js";
import { filterOf, LINE_COLUMN } from "./dossier.reader.js";
import { tallyOf } from "../tables/dossier.row.js";
import { type CountedOtherwise, countedOtherwise } from "./growth-kin.js";
import { sliceOf } from "../database/slice.js";
import { int, marks, type Row, type Sql, text, type Value } from "../database/sql.js";
import { belowTree, BRANCH } from "./unit.reader.js";
import { type Sum } from "../../domain/counting/sum.js";
import { type Slice } from "../../domain/ground/slice.js";

/** The units below one that stand alike: their tallies of both years, as far as they count, added up. */
export interface FateRow extends Standing {
  unitId: string;
  units: number;
  now: Tally;
  before: Tally;
  /** By part, how many of them add to it or take from it. */
  behind: Record<GrowthPartKey, number>;
}

export interface GrowthReader {
  fates(query: GrowthQuery): Promise<FateRow[]>;
  /** Those that change the part most first, then by name. */
  page(list: GrowthList, slice: Slice): Promise<GrowthUnitRow[]>;
  total(list: GrowthList): Promise<number>;
}

const column = (side: "now" | "before", measure: string) => `\`${side}_${measure}\``;
const eachMeasure = (write: (measure: string) => string) => growthMeasures.map(write).join(", ");
const COLUMNS = eachMeasure((measure) => `g.${column("now", measure)}, g.${column("before", measure)}`);
const SUMS = eachMeasure((measure) =>
  (["now", "before"] as const).map((side) => `SUM(g.${column(side, measure)}) AS ${column(side, measure)}`).join(", "),
);
/** What is known of a pair (`knowledgeOf`), in SQL. */
const KNOWLEDGE = `CASE WHEN g.kin = 'COUNTED_OTHERWISE' THEN '${"TOGETHER" satisfies Knowledge}'
  WHEN g.kin = 'SILENT' OR g.fate IN (${words(SILENT)}) THEN '${"UNKNOWN" satisfies Knowledge}' ELSE '${"EACH" satisfies Knowledge}' END`;

const BEHIND = growthParts.map((part) => `SUM(CASE WHEN ${amountOf(part)} <> 0 THEN 1 ELSE 0 END) AS \`${part.key}\``).join(", ");

export function growthReader(sql: Sql): GrowthReader {
  return {
    async fates(query) {
      const { opening, pairs, values } = pairsOf(query, sql.dialect, await countedOtherwise(sql, query));
      const rows = await sql.rows(
        `${opening} SELECT g.top, g.fate, g.kin, COUNT(*) AS units, ${SUMS}, ${BEHIND} FROM (${pairs}) g GROUP BY g.top, g.fate, g.kin`,
        values,
      );
      return rows.map((row) => ({
        unitId: text(row.top),
        ...sidesOf(row),
        units: int(row.units),
        behind: Object.fromEntries(growthParts.map(({ key }) => [key, int(row[key])])) as FateRow["behind"],
      }));
    },
    async page(list, slice) {
      const amount = amountOf(list.part);
      const columns = `g.unit_id, g.fate, g.kin, ${COLUMNS}, ${amount} AS amount, f.sort_key`;
      const { statement, values } = listOf(list, columns, sql.dialect, await countedOtherwise(sql, list));
      const tail = sliceOf([{ sql: `ABS(${amount})`, descending: true }, { sql: "f.sort_key" }, { sql: "g.unit_id" }], slice);
      const rows = await sql.rows(`${statement}${tail.sql}`, [...values, ...tail.values]);
      return rows.map((row) => ({
        unitId: text(row.unit_id),
        ...sidesOf(row),
        amount: int(row.amount),
        sortKey: text(row.sort_key),
      }));
    },
    async total(list) {
      const { statement, values } = listOf(list, "COUNT(*) AS total", sql.dialect, await countedOtherwise(sql, list));
      const [row] = await sql.rows(statement, values);
      return int(row?.total);
    },
  };
}

function words(list: readonly string[]): string {
  return list.map((word) => `'${word}'`).join(", ");
}

/** What a unit adds to a part, out of its pair: the declaration of the part in SQL. */
function amountOf({ known, terms }: GrowthPart): string {
  const side = (name: "now" | "before", of: readonly Fate[], { plus, minus = [] }: Sum, counted: readonly Fate[]) => {
    const amounts = [...plus.map(({ key }) => ` + g.${column(name, key)}`), ...minus.map(({ key }) => ` - g.${column(name, key)}`)];
    const fates = of.filter((fate) => counted.includes(fate));
    return amounts.length === 0 || fates.length === 0 ? [] : [`CASE WHEN g.fate IN (${words(fates)}) THEN 0${amounts.join("")} ELSE 0 END`];
  };
  const sides = terms.flatMap(({ of, now, before }) => [
    ...side("now", of, now, COUNTED_NOW),
    ...side("before", of, before, COUNTED_BEFORE),
  ]);
  return `CASE WHEN ${KNOWLEDGE} = '${known}' THEN ${sides.join(" + ")} ELSE 0 END`;
}

const WITHIN = "? < s.on_day AND s.on_day <= ?";
/** `followed(id)`: units that others follow. `kin(id)`: these and the others. `unheard(id)`: of them those of which one stands in either year and has not reported, and all that it is kin to. */
const RELATED = `followed(id) AS (SELECT DISTINCT s.predecessor_id FROM succession s WHERE ${WITHIN}),
  kin(id) AS (SELECT id FROM followed UNION SELECT s.successor_id FROM succession s WHERE ${WITHIN}), unheard(id) AS (
    SELECT kin.id FROM kin JOIN dossier o ON o.unit_id = kin.id
    WHERE o.school_year IN (?, ?) AND o.counted = 1 AND o.\`${membershipReported.measures.NO_REPORT.key}\` = 1
    UNION SELECT s.successor_id FROM unheard JOIN succession s ON s.predecessor_id = unheard.id AND ${WITHIN}
    UNION SELECT s.predecessor_id FROM unheard JOIN succession s ON s.successor_id = unheard.id AND ${WITHIN}
  )`;
/** Every unit with a membership report below the units in either year, once for each of them, with its fate, its kin and both years' measures. */
function pairsOf(query: GrowthQuery, dialect: Dialect, otherwise: CountedOtherwise): { opening: string; pairs: string; values: Value[] } {
  const { unitIds, now, before, since, until, treeOn } = query;
  const [current, former] = [halfOf(query, "now"), halfOf(query, "before")];
  const within = [since, until];
  const [silent, together] = [dialect.oneOf("pair.unit_id", otherwise.silent), dialect.oneOf("pair.unit_id", otherwise.known)];
  const kin = `CASE WHEN ${silent.sql} THEN 'SILENT' WHEN ${together.sql} THEN 'COUNTED_OTHERWISE'
    WHEN pair.unit_id IN (SELECT id FROM unheard) THEN 'SILENT' WHEN pair.unit_id IN (SELECT id FROM kin) THEN 'KNOWN' ELSE 'NONE' END`;
  return {
    opening: `${treeOn === null ? "WITH RECURSIVE" : `${belowTree(unitIds.length)},`} ${RELATED}`,
    pairs: `SELECT pair.*, ${kin} AS kin FROM (${current.sql} UNION ALL SELECT * FROM (${former.sql}) alone WHERE alone.fate NOT IN (${words(TWICE)})) pair`,
    values: [
      ...(treeOn === null ? [] : [...unitIds, treeOn, treeOn]),
      ...[...within, ...within, now, before, ...within, ...within],
      ...[...silent.values, ...together.values],
      ...[...current.values, ...former.values],
    ],
  };
}

/** Units that report below in one of the years, `d`, beside the same units' dossiers of the other year, `o`. */
function halfOf({ unitIds, level, now, before, where, treeOn }: GrowthQuery, side: "now" | "before"): { sql: string; values: Value[] } {
  const line = LINE_COLUMN[level];
  const [top, source, condition] =
    treeOn === null
      ? [`d.${line}`, "dossier d", `d.${line} IN (${marks(unitIds.length)})`]
      : ["below.top", "below JOIN dossier d ON d.unit_id = below.id", "1 = 1"];
  const [year, otherYear] = side === "now" ? [now, before] : [before, now];
  const [elsewhere, silent] = side === "now" ? ["MOVED_IN", "NO_REPORT_BEFORE"] : ["MOVED_AWAY", "NO_REPORT_NOW"];
  const [filter, otherFilter] = [filterOf(where, "d"), filterOf(where, "o")];
  const YES = membershipReported.measures.YES.key;
  const isHere = `${treeOn === null ? `o.${line} = d.${line}` : "1 = 1"}${otherFilter.sql}`;
  const [nowAlias, beforeAlias] = side === "now" ? ["d", "o"] : ["o", "d"];
  const includes = `${nowAlias}.\`${membership.membershipReportIncluding.key}\` = 1`;
  const gone =
    side === "now"
      ? `CASE WHEN ${includes} THEN 'OPENED_INCLUDING' ELSE 'OPENED' END`
      : `CASE WHEN d.unit_id NOT IN (SELECT id FROM followed) THEN 'CLOSED' WHEN COALESCE(${isHere}, 0) AND o.\`${membership.membersAtStart.key}\` > 0 THEN 'TAKEN_OVER' ELSE 'TAKEN_OVER_UNREPORTED' END`;
  const fate = `CASE WHEN COALESCE(o.counted, 0) = 0 THEN ${gone} WHEN NOT COALESCE(${isHere}, 0) THEN '${elsewhere}'
    WHEN o.\`${YES}\` = 0 THEN '${silent}' WHEN ${nowAlias}.\`${membershipBalanced.measures.NO_REPORT.key}\` = 1 THEN 'MOVEMENTS_OPEN' WHEN ${includes} THEN 'INCLUDING' ELSE 'STAYED' END`;
  // Whoever stands in a union's report in both years has no figure in either.
  const inUnionReport = membershipReported.throughUnion.inUnionReport.key;
  const isInReports = `(d.\`${inUnionReport}\` = 1 AND COALESCE(o.\`${inUnionReport}\`, 0) = 1)`;
  const measures = eachMeasure(
    (measure) =>
      `COALESCE(${nowAlias}.\`${measure}\`, 0) AS ${column("now", measure)}, COALESCE(${beforeAlias}.\`${measure}\`, 0) AS ${column("before", measure)}`,
  );
  return {
    sql: `SELECT ${top} AS top, d.unit_id, ${fate} AS fate, ${measures} FROM ${source}
      LEFT JOIN dossier o ON o.unit_id = d.unit_id AND o.school_year = ?
      WHERE ${condition} AND d.school_year = ? AND d.counted = 1 AND d.\`${YES}\` = 1 AND NOT ${isInReports}${filter.sql}`,
    values: [
      ...(side === "before" ? otherFilter.values : []),
      ...otherFilter.values,
      otherYear,
      ...(treeOn === null ? unitIds : []),
      year,
      ...filter.values,
    ],
  };
}

function listOf(list: GrowthList, columns: string, dialect: Dialect, otherwise: CountedOtherwise): { statement: string; values: Value[] } {
  const { opening, pairs, values } = pairsOf(list, dialect, otherwise);
  const { part, branch, today } = list;
  return {
    statement: `${opening} SELECT ${columns} FROM (${pairs}) g JOIN profile f ON f.unit_id = g.unit_id AND f.from_day <= ? AND ? < f.until_day
      WHERE ${amountOf(part)} <> 0${branch ? ` AND g.unit_id IN (${BRANCH} SELECT id FROM branch)` : ""}`,
    values: [...values, today, today, ...(branch ? [branch, today, today] : [])],
  };
}

/** What a unit had in a year in which it does not count here is nobody's business here. */
function sidesOf(row: Row): Standing & { now: Tally; before: Tally } {
  const fate = text(row.fate) as Fate;
  const side = (name: "now" | "before", counted: readonly Fate[]): Tally =>
    counted.includes(fate)
      ? tallyOf(Object.fromEntries(growthMeasures.map((measure) => [measure, row[`${name}_${measure}`]])), growthMeasures)
      : {};
  return { fate, kin: text(row.kin) as Kinship, now: side("now", COUNTED_NOW), before: side("before", COUNTED_BEFORE) };
}
