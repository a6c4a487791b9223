import { type Day } from "../../domain/ground/day.js";
import { type Finding, findingName, gravityOf, SEVERITIES, type Severity, type Values } from "../../domain/findings/finding.js";
import { type Level } from "../../domain/tree/unit.js";
import { LINE_COLUMN } from "./dossier.reader.js";
import { sliceOf } from "../database/slice.js";
import { int, marks, portions, type Row, type Sql, text, textOrNull, type Value } from "../database/sql.js";
import { BRANCH } from "./unit.reader.js";
import { type FindingQuery, type FindingCount } from "../../domain/findings/finding-list.js";
import { type Slice } from "../../domain/ground/slice.js";

/** What makes a stored finding the same. */
export type FindingPlace = Pick<Finding, "unitId" | "schoolYear" | "check" | "field" | "recordId">;

/** Findings as they are stored: what the facts of the units say, kept up to date with them. */
export interface FindingStore {
  ofUnits(unitIds: readonly string[], schoolYear?: string): Promise<Finding[]>;
  /** Units with findings that rest on no record of a school year, but for those of these checks. */
  ofNoYear(except: readonly string[]): Promise<string[]>;
  /** Takes findings away and stores others, new or changed. */
  save(gone: readonly FindingPlace[], given: readonly Finding[]): Promise<void>;
  /** The gravest first, of one gravity the latest. */
  page(query: FindingQuery, slice: Slice): Promise<Finding[]>;
  total(query: FindingQuery): Promise<number>;
  /** Counts of several units of one level at once. `schoolYear` null: all years together, under the label "". */
  counts(level: Level, unitIds: readonly string[], schoolYear: string | null, branch: string | null, today: Day): Promise<FindingCount[]>;
}

const GRAVITIES = Object.keys(SEVERITIES) as Severity[];
const KEY = ["unit_id", "school_year", "name"] as const;
const REST = ["check_key", "field", "record_id", "gravity", "since", "content", "fingerprint", "acknowledgement_id", "is_open"] as const;
const COLUMNS = [...KEY, ...REST];
const SELECT = COLUMNS.map((name) => `f.${name}`).join(", ");
/** The order of a list, that of FindingKey. */
const ORDER = ["gravity", "since", ...KEY].map((name) => ({ sql: `f.${name}`, descending: name === "since" }));
/** SQLite takes no condition of a thousand ORs. */
const MOST_PLACES = 300;

export function findingStore(sql: Sql): FindingStore {
  return {
    async ofUnits(unitIds, schoolYear) {
      const rows = await sql.rowsIn(
        `SELECT ${SELECT} FROM finding f WHERE f.unit_id IN (??)${schoolYear === undefined ? "" : " AND f.school_year = ?"}`,
        unitIds,
        schoolYear === undefined ? [] : [schoolYear],
      );
      return rows.map(findingOf);
    },
    async ofNoYear(except) {
      const rows = await sql.rows(
        `SELECT DISTINCT f.unit_id FROM finding f LEFT JOIN record ON record.id = f.record_id
         WHERE COALESCE(record.school_year, '') = '' AND f.check_key NOT IN (${marks(except.length)}) ORDER BY f.unit_id`,
        except,
      );
      return rows.map((row) => text(row.unit_id));
    },
    async save(gone, given) {
      const one = `(${KEY.map((name) => `${name} = ?`).join(" AND ")})`;
      for (const part of portions([...gone].sort(byPlace), MOST_PLACES))
        await sql.change(
          `DELETE FROM finding WHERE ${part.map(() => one).join(" OR ")}`,
          part.flatMap((place) => [place.unitId, place.schoolYear, findingName(place)]),
        );
      await sql.insert(
        "finding",
        COLUMNS,
        [...given].sort(byPlace).map(valuesOf),
        sql.dialect.onPresent(KEY, REST, (_present, to) => to),
      );
    },
    async page(query, slice) {
      const { from, values } = partsOf(query);
      const tail = sliceOf(ORDER, slice);
      const rows = await sql.rows(`SELECT ${SELECT} ${from}${tail.sql}`, [...values, ...tail.values]);
      return rows.map(findingOf);
    },
    async total(query) {
      const { from, values } = partsOf(query);
      const [row] = await sql.rows(`SELECT COUNT(*) AS total ${from}`, values);
      return int(row?.total);
    },
    async counts(level, unitIds, schoolYear, branch, today) {
      const line = `d.${LINE_COLUMN[level]}`;
      const year = schoolYear === null ? "''" : "f.school_year";
      const { from, values } = partsOf({ unit: null, schoolYear, checks: null, severities: null, open: null, branch, today });
      const rows = await sql.rowsIn(
        `SELECT ${line} AS id, ${year} AS school_year, f.check_key, f.gravity, SUM(f.is_open) AS open_count, COUNT(*) AS total
         ${from.replace("WHERE", `WHERE ${line} IN (??) AND`)} GROUP BY ${line}, ${schoolYear === null ? "" : "f.school_year, "}f.check_key, f.gravity ORDER BY f.gravity, f.check_key`,
        unitIds,
        values,
      );
      return rows.map((row) => ({
        unitId: text(row.id),
        schoolYear: text(row.school_year),
        check: text(row.check_key),
        severity: severityOf(row),
        open: int(row.open_count),
        acknowledged: int(row.total) - int(row.open_count),
      }));
    },
  };
}

function partsOf({ unit, schoolYear, checks, severities, open, branch, today }: FindingQuery): { from: string; values: Value[] } {
  const conditions = ["f.since <= ?"];
  const values: Value[] = [today];
  const demand = (condition: string, ...given: Value[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  const oneOf = (column: string, list: readonly Value[] | null) => {
    if (list) demand(list.length === 0 ? "1 = 0" : `${column} IN (${marks(list.length)})`, ...list);
  };
  if (unit) demand(`d.${LINE_COLUMN[unit.level]} = ?`, unit.id);
  if (schoolYear !== null) demand("f.school_year = ?", schoolYear);
  oneOf("f.check_key", checks);
  oneOf("f.gravity", severities && severities.map(gravityOf));
  if (open !== null) demand("f.is_open = ?", open ? 1 : 0);
  if (branch) demand(`f.unit_id IN (${BRANCH} SELECT id FROM branch)`, branch, today, today);
  const from = "FROM finding f JOIN dossier d ON d.unit_id = f.unit_id AND d.school_year = f.school_year";
  return { from: `${from} WHERE ${conditions.join(" AND ")}`, values };
}

/** All writers take rows in the order of their key. */
function byPlace(a: FindingPlace, b: FindingPlace): number {
  const place = (finding: FindingPlace) => [finding.unitId, finding.schoolYear, findingName(finding)].join("|");
  return place(a) < place(b) ? -1 : 1;
}

function valuesOf(finding: Finding): Value[] {
  const { unitId, schoolYear, check, field, recordId, severity, since, values, fingerprint, acknowledgementId, open } = finding;
  const place = [unitId, schoolYear, findingName(finding)];
  return [
    ...place,
    check,
    field,
    recordId,
    gravityOf(severity),
    since,
    JSON.stringify(values),
    fingerprint,
    acknowledgementId,
    open ? 1 : 0,
  ];
}

function severityOf(row: Row): Severity {
  const severity = GRAVITIES[int(row.gravity)];
  if (!severity) throw new Error(`no gravity ${text(row.gravity)}`);
  return severity;
}

function findingOf(row: Row): Finding {
  return {
    unitId: text(row.unit_id),
    schoolYear: text(row.school_year),
    check: text(row.check_key),
    field: text(row.field),
    recordId: textOrNull(row.record_id),
    severity: severityOf(row),
    since: text(row.since),
    values: JSON.parse(text(row.content)) as Values,
    fingerprint: text(row.fingerprint),
    acknowledgementId: textOrNull(row.acknowledgement_id),
    open: int(row.is_open) === 1,
  };
}
