import { type UnitHistory } from "../../domain/tree/history.js";
import { searchKey } from "../../domain/ground/vietnamese.js";
import { type Sql, text } from "../database/sql.js";
import { removeFacts } from "./voiding.store.js";
import { type MergedUnit } from "../../domain/tree/unit-view.js";

/** Units that were registered twice. */
export interface MergedUnitStore {
  /** The duplicates that were joined to units, by unit, in the order of their codes; a unit without any is missing. */
  of(unitIds: readonly string[]): Promise<Map<string, MergedUnit[]>>;
  /**
   * Leads the code, the id and the names of a unit to another. What was its dated facts and what the ledger holds of it goes: it adds nothing any more.
   * Its versions stay, and records of it that were withdrawn; they are found among those of the other. Only for whoever has the gate alone.
   */
  join(duplicate: UnitHistory, into: string): Promise<void>;
}

export function mergedUnitStore(sql: Sql): MergedUnitStore {
  return {
    async of(unitIds) {
      const found = new Map<string, MergedUnit[]>();
      for (const row of await sql.rowsIn("SELECT id, code, merged_into FROM unit WHERE merged_into IN (??) ORDER BY code, id", unitIds)) {
        const merged = { unitId: text(row.id), code: text(row.code) };
        if (!found.get(text(row.merged_into))?.push(merged)) found.set(text(row.merged_into), [merged]);
      }
      return found;
    },
    async join({ unit: { id, code }, profiles }, into) {
      await removeFacts(sql, id);
      const records = (await sql.rows("SELECT record_id FROM record_subject WHERE unit_id = ?", [id])).map((row) => text(row.record_id));
      const both = await sql.rowsIn("SELECT record_id FROM record_subject WHERE record_id IN (??) AND unit_id = ?", records, [into]);
      const known = new Set(both.map((row) => text(row.record_id)));
      await sql.change("DELETE FROM record_subject WHERE unit_id = ?", [id]);
      const left = records.filter((record) => !known.has(record));
      await sql.insert(
        "record_subject",
        ["record_id", "unit_id"],
        left.map((record) => [record, into]),
      );
      await sql.change("UPDATE unit SET merged_into = ? WHERE merged_into = ?", [into, id]);
      const names = [code, ...profiles.map(({ name }) => name)].map(searchKey);
      await sql.change("UPDATE unit SET merged_into = ?, former_names = ? WHERE id = ?", [into, [...new Set(names)].join("\n"), id]);
    },
  };
}
