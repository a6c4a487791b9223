import { type Day } from "../../domain/ground/day.js";
import { type Obligation } from "../../domain/counting/obligation.js";
import { type Level } from "../../domain/tree/unit.js";
import { inStretches } from "../../stretches.js";
import { filterOf, LINE_COLUMN } from "./dossier.reader.js";
import { int, marks, portions, type Row, type Sql, text, textOrNull, type Value } from "../database/sql.js";
import { dueName } from "../tables/tables.js";
import { belowTree } from "./unit.reader.js";
import { type JudgedUntil } from "../../domain/counting/frozen-due.js";
import { type Where } from "../../domain/tree/filter.js";

/** The dossiers of units and years that are asked for the days by which they were judged. */
export interface JudgedQuery {
  unitIds: readonly string[];
  schoolYears: readonly string[];
  where: Where;
  obligations: readonly Obligation[];
}

/** Of a unit and school year, how many units of its branch were judged until which day. */
export interface JudgedRow {
  unitId: string;
  schoolYear: string;
  judged: JudgedUntil;
}

/** By which days the units of a branch were judged: each dossier keeps the one that holds for it, whoever set it. */
export interface JudgedReader {
  /** In the tree of the year; all units of one level. */
  until(level: Level, query: JudgedQuery): Promise<JudgedRow[]>;
  /** In the tree as it stands on a day. */
  untilInTree(query: JudgedQuery, on: Day): Promise<JudgedRow[]>;
}

/** Units in one statement. */
const MOST_UNITS = 5_000;

export function judgedReader(sql: Sql): JudgedReader {
  /** `of`: from where, and what stands for the unit whose branch it is. Days are few together, as all below a federation have its own. */
  async function ask(query: JudgedQuery, of: (part: readonly string[]) => { with: string; from: string; id: string; values: Value[] }) {
    const { unitIds, schoolYears, where, obligations } = query;
    const filter = filterOf(where);
    const days = obligations.map(({ key }) => `d.\`${dueName(key)}\``);
    const counts = obligations.map(
      ({ measures }) => `SUM(d.\`${measures.YES.key}\` + d.\`${measures.NO.key}\` + d.\`${measures.NO_REPORT.key}\`)`,
    );
    const columns = days.flatMap((day, index) => [`${day} AS day_${index}`, `${counts[index]} AS units_${index}`]).join(", ");
    const found = new Map<string, JudgedRow & { judged: Record<string, Record<Day, number>> }>();
    for (const part of portions(unitIds, MOST_UNITS)) {
      const { with: first, from, id, values } = of(part);
      const rows = await sql.rows(
        `${first} SELECT ${id} AS id, d.school_year, ${columns} FROM ${from}
         AND d.school_year IN (${marks(schoolYears.length)}) AND d.counted = 1${filter.sql} GROUP BY ${[id, "d.school_year", ...days].join(", ")}`,
        [...values, ...schoolYears, ...filter.values],
      );
      await inStretches(rows, add, () => sql.pause());
    }
    return [...found.values()];

    function add(row: Row): void {
      const [unitId, schoolYear] = [text(row.id), text(row.school_year)];
      const key = `${unitId} ${schoolYear}`;
      const judged = found.get(key)?.judged ?? {};
      found.set(key, { unitId, schoolYear, judged });
      for (const [index, { key: duty }] of obligations.entries()) {
        const [day, units] = [textOrNull(row[`day_${index}`]), int(row[`units_${index}`])];
        const ofDuty = (judged[duty] ??= {});
        if (day !== null && units > 0) ofDuty[day] = (ofDuty[day] ?? 0) + units;
      }
    }
  }
  return {
    until: (level, query) =>
      ask(query, (part) => ({
        with: "",
        id: `d.${LINE_COLUMN[level]}`,
        from: `dossier d WHERE d.${LINE_COLUMN[level]} IN (${marks(part.length)})`,
        values: [...part],
      })),
    untilInTree: (query, on) =>
      ask(query, (part) => ({
        with: belowTree(part.length),
        id: "below.top",
        from: "below JOIN dossier d ON d.unit_id = below.id WHERE 1 = 1",
        values: [...part, on, on],
      })),
  };
}
