import { type Day, NEVER, ALWAYS } from "../../domain/ground/day.js";
import { type Level, type Placement, type Profile } from "../../domain/tree/unit.js";
import { mapInStretches } from "../../stretches.js";
import { sliceOf } from "../database/slice.js";
import { int, marks, portions, type Row, type Sql, text, textOrNull, type Value } from "../database/sql.js";
import { byAskedCode, codeKeys } from "./unit-codes.js";
import { named } from "./unit-names.js";
import { placementOf, PROFILE_COLUMNS, profileOf, UNIT_COLUMNS, unitOf } from "./unit.store.js";
import { type UnitView, type UnitQuery, type UnitEntry, type UnitSort } from "../../domain/tree/unit-view.js";
import { type Slice } from "../../domain/ground/slice.js";

export interface UnitReader {
  /** Views of units as they stand on a day, with their line, by the ids that were asked for: of a duplicate that was joined to a unit that one's. */
  views(ids: readonly string[], on: Day): Promise<Map<string, UnitView>>;
  /** The same, by the codes that were asked for; a code is found however it is written (`identityFold`). */
  viewsByCode(codes: readonly string[], on: Day): Promise<Map<string, UnitView>>;
  /** Ids by the code that was asked for, found as above. */
  idsByCode(codes: readonly string[]): Promise<Map<string, string>>;
  page(query: UnitQuery, sort: UnitSort, slice: Slice): Promise<UnitView[]>;
  count(query: UnitQuery): Promise<number>;
  /** What sorts all units of a query, without order and limit. */
  entries(query: UnitQuery): Promise<UnitEntry[]>;
  placements(ids: readonly string[]): Promise<Placement[]>;
  profiles(ids: readonly string[]): Promise<Profile[]>;
  /** Levels of units. */
  levels(ids: readonly string[]): Promise<Map<string, Level>>;
}

const LINE_LENGTH = 4;
const steps = Array.from({ length: LINE_LENGTH }, (_, index) => index + 1);
const PARENTS = steps.map((step) => `parent${step}`);
/** From a unit up its line: the placement that stands on a day, of it, of its parent, and so on. */
const LINE_JOINS = steps
  .map(
    (step) =>
      `LEFT JOIN placement p${step} ON p${step}.unit_id = ${step === 1 ? "u.id" : `p${step - 1}.parent_id`} AND p${step}.stands_from <= ? AND ? < p${step}.stands_until`,
  )
  .join("\n");
const SELECT = `SELECT ${UNIT_COLUMNS}, f.name, f.kind, f.school_level, f.ownership, f.autonomy_group, f.sort_key,
  p1.from_day, p1.until_day, ${steps.map((step) => `p${step}.parent_id AS parent${step}`).join(", ")}`;
const PROFILE = "JOIN profile f ON f.unit_id = u.id AND f.from_day <= ? AND ? < f.until_day";
const FROM = `FROM unit u ${PROFILE}`;
/** The same of units that are asked for, or of those that they were joined to. */
const FROM_ASKED = `FROM unit asked JOIN unit u ON u.id = COALESCE(asked.merged_into, asked.id) ${PROFILE}`;
/** The branch below a unit as it stands on a day. */
export const BRANCH = `WITH RECURSIVE branch(id) AS (
  SELECT id FROM unit WHERE id = ?
  UNION ALL SELECT p.unit_id FROM branch JOIN placement p ON p.parent_id = branch.id AND p.stands_from <= ? AND ? < p.stands_until
)`;

/** `below(top, id)`: the branches of so many units as they stand on a day. */
export function belowTree(units: number): string {
  return `WITH RECURSIVE below(top, id) AS (
    SELECT id, id FROM unit WHERE id IN (${marks(units)})
    UNION ALL SELECT below.top, p.unit_id FROM below JOIN placement p ON p.parent_id = below.id AND p.stands_from <= ? AND ? < p.stands_until
  )`;
}

export function unitReader(sql: Sql): UnitReader {
  async function select(query: UnitQuery, columns: string, tail: string, tailValues: Value[]) {
    const { condition, values, top } = conditions(query);
    const { on, today } = query;
    const line = Array.from({ length: 2 * LINE_LENGTH }, () => on);
    return sql.rows(
      `${top ? BRANCH : ""} ${columns} ${FROM} ${LINE_JOINS} ${top ? "JOIN branch b ON b.id = u.id" : ""} WHERE ${condition} ${tail}`,
      [...(top ? [top.id, top.standing ? today : on, top.standing ? today : on] : []), on, on, ...line, ...values, ...tailValues],
    );
  }
  async function viewsBy(column: "id" | "code_key", list: readonly string[], on: Day): Promise<Map<string, UnitView>> {
    const days = Array.from({ length: 2 + 2 * LINE_LENGTH }, () => on);
    const views = new Map<string, UnitView>();
    for (const part of portions(list, 900)) {
      const where = `asked.${column} IN (${marks(part.length)})`;
      const rows = await sql.rows(`${SELECT}, asked.${column} AS asked ${FROM_ASKED} ${LINE_JOINS} WHERE ${where}`, [...days, ...part]);
      for (const row of rows) views.set(text(row.asked), viewOf(row, on));
    }
    return views;
  }
  return {
    views: (ids, on) => viewsBy("id", ids, on),
    viewsByCode: async (codes, on) => byAskedCode(codes, await viewsBy("code_key", codeKeys(codes), on)),
    async idsByCode(codes) {
      const rows = await sql.rowsIn("SELECT code_key, COALESCE(merged_into, id) AS id FROM unit WHERE code_key IN (??)", codeKeys(codes));
      return byAskedCode(codes, new Map(rows.map((row) => [text(row.code_key), text(row.id)])));
    },
    async page(query, { by, descending }, slice) {
      const columns = [by === "NAME" ? "f.sort_key" : "u.code", "u.id"].map((column) => ({ sql: column, descending }));
      const tail = sliceOf(columns, slice);
      const rows = await select(query, SELECT, tail.sql, tail.values);
      return rows.map((row) => viewOf(row, query.on));
    },
    async count(query) {
      const [row] = await select(query, "SELECT COUNT(*) AS total", "", []);
      return int(row?.total);
    },
    async entries(query) {
      const rows = await select(query, "SELECT u.id, u.level, u.code, f.sort_key", "", []);
      const entryOf = (row: Row) => ({
        id: text(row.id),
        level: text(row.level) as Level,
        code: text(row.code),
        sortKey: text(row.sort_key),
      });
      return mapInStretches(rows, entryOf, () => sql.pause());
    },
    placements: async (ids) =>
      (
        await sql.rowsIn(
          "SELECT unit_id, parent_id, from_day, until_day, end_reason FROM placement WHERE unit_id IN (??) ORDER BY unit_id, from_day",
          ids,
        )
      ).map(placementOf),
    profiles: async (ids) =>
      (await sql.rowsIn(`SELECT ${PROFILE_COLUMNS} FROM profile WHERE unit_id IN (??) ORDER BY unit_id, from_day`, ids)).map(profileOf),
    async levels(ids) {
      const rows = await sql.rowsIn("SELECT id, level FROM unit WHERE id IN (??) AND merged_into IS NULL", ids);
      return new Map(rows.map((row) => [text(row.id), text(row.level) as Level]));
    },
  };
}

function conditions(query: UnitQuery): { condition: string; values: Value[]; top: { id: string; standing: boolean } | null } {
  const all: string[] = [];
  const values: Value[] = [];
  const demand = (condition: string, ...given: Value[]) => {
    all.push(condition);
    values.push(...given);
  };
  const oneOf = (column: string, list: readonly string[] | undefined) => {
    if (list) demand(list.length === 0 ? "1 = 0" : `${column} IN (${list.map(() => "?").join(", ")})`, ...list);
  };
  if (query.parent) demand("p1.parent_id = ? AND p1.from_day <= ? AND ? < p1.until_day", query.parent, query.on, query.on);
  oneOf("u.id", query.ids);
  oneOf("u.level", query.levels);
  oneOf("f.kind", query.kinds);
  oneOf("f.school_level", query.schoolLevels);
  oneOf("f.ownership", query.ownerships);
  if (query.open !== undefined)
    demand(query.open ? "p1.from_day <= ? AND ? < p1.until_day" : "NOT (p1.from_day <= ? AND ? < p1.until_day)", query.on, query.on);
  if (query.search) {
    const { condition, values: searched } = named(query.search, query.on);
    demand(condition, ...searched);
  }
  const narrow = query.parent !== undefined || query.ids !== undefined;
  if (query.branch && (narrow || query.ancestor)) {
    const line = steps.map((step) => `p${step}.parent_id`).join(", ");
    if (query.on === query.today) demand(`? IN (u.id, ${line})`, query.branch);
    else demand(`u.id IN (${BRANCH} SELECT id FROM branch)`, query.branch, query.today, query.today);
  }
  const top = query.ancestor
    ? { id: query.ancestor, standing: false }
    : query.branch && !narrow
      ? { id: query.branch, standing: true }
      : null;
  if (query.ancestor) demand("u.id <> ?", query.ancestor);
  return { condition: all.join(" AND ") || "1 = 1", values, top };
}

function viewOf(row: Row, on: Day): UnitView {
  const [from, until] = [text(row.from_day ?? ALWAYS), text(row.until_day ?? NEVER)];
  return {
    ...unitOf(row),
    name: text(row.name),
    kind: text(row.kind) as UnitView["kind"],
    schoolLevel: textOrNull(row.school_level) as UnitView["schoolLevel"],
    ownership: textOrNull(row.ownership) as UnitView["ownership"],
    autonomyGroup: textOrNull(row.autonomy_group) as UnitView["autonomyGroup"],
    open: from <= on && on < until,
    parentId: textOrNull(row.parent1),
    ancestorIds: PARENTS.flatMap((parent) => textOrNull(row[parent]) ?? []),
    sortKey: text(row.sort_key),
  };
}
