import { type Succession } from "../../domain/tree/lineage.js";
import { type Row, type Sql, text } from "../database/sql.js";

/** Which units follow which. */
export interface LineageStore {
  /** Successions in which one of the units is the successor. */
  into(unitIds: readonly string[]): Promise<Succession[]>;
  /** Successions in which one of the units is the predecessor. */
  outOf(unitIds: readonly string[]): Promise<Succession[]>;
  /** Successions in which one of the units is either. */
  around(unitIds: readonly string[]): Promise<Succession[]>;
  insert(successions: readonly Succession[]): Promise<void>;
  /** Stores the successions of a predecessor anew. */
  replace(predecessorId: string, successions: readonly Succession[]): Promise<void>;
}

const COLUMNS = ["predecessor_id", "successor_id", "on_day", "kind"] as const;

export function lineageStore(sql: Sql): LineageStore {
  const by = async (column: (typeof COLUMNS)[number], ids: readonly string[]) => {
    const order = "on_day, predecessor_id, successor_id";
    const rows = await sql.rowsIn(`SELECT ${COLUMNS.join(", ")} FROM succession WHERE ${column} IN (??) ORDER BY ${order}`, ids);
    return rows.map(successionOf);
  };
  const insert = (successions: readonly Succession[]) =>
    sql.insert(
      "succession",
      COLUMNS,
      successions.map(({ predecessorId, successorId, on, kind }) => [predecessorId, successorId, on, kind]),
    );
  return {
    into: (unitIds) => by("successor_id", unitIds),
    outOf: (unitIds) => by("predecessor_id", unitIds),
    async around(unitIds) {
      const of = (column: (typeof COLUMNS)[number]) => `SELECT ${COLUMNS.join(", ")} FROM succession JOIN named ON named.id = ${column}`;
      const rows = await sql.rowsIn(
        `WITH named AS (SELECT id FROM unit WHERE id IN (??)) ${of("successor_id")} UNION ${of("predecessor_id")} ORDER BY on_day, predecessor_id, successor_id`,
        unitIds,
      );
      return rows.map(successionOf);
    },
    insert,
    async replace(predecessorId, successions) {
      await sql.change("DELETE FROM succession WHERE predecessor_id = ?", [predecessorId]);
      await insert(successions);
    },
  };
}

function successionOf(row: Row): Succession {
  return {
    predecessorId: text(row.predecessor_id),
    successorId: text(row.successor_id),
    on: text(row.on_day),
    kind: text(row.kind) as Succession["kind"],
  };
}
