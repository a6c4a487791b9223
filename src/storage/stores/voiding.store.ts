import { type Sql, text } from "../database/sql.js";

/** What a registration that is made void leaves behind, and what it does not. Only for whoever has the gate alone. */
export interface VoidingStore {
  /** Standing records that a unit reported, and those of others that name it. */
  recordsOn(unitId: string): Promise<{ kind: string; unitId: string }[]>;
  /**
   * Takes a unit away, with its dated facts and what the ledger holds of it; to the figures above it nothing of it is added any more. Its versions
   * stay, and so do its records: all of them were withdrawn.
   */
  remove(unitId: string): Promise<void>;
}

const OF_UNIT = ["known_late", "finding", "ledger", "dossier", "profile", "placement"] as const;

/** Takes away what was a unit's dated facts, and what the ledger holds of it. */
export async function removeFacts(sql: Sql, unitId: string): Promise<void> {
  await sql.change("DELETE FROM known_late WHERE fact_id = ?", [unitId]);
  for (const table of OF_UNIT) await sql.change(`DELETE FROM ${table} WHERE unit_id = ?`, [unitId]);
}

export function voidingStore(sql: Sql): VoidingStore {
  return {
    async recordsOn(unitId) {
      const standing = (from: string, unit: string) =>
        sql.rows(`SELECT record.id, record.kind, record.unit_id FROM ${from} WHERE ${unit} = ? AND record.state = 'STANDING'`, [unitId]);
      const own = await standing("record", "record.unit_id");
      const naming = await standing("record_subject JOIN record ON record.id = record_subject.record_id", "record_subject.unit_id");
      const found = new Map([...own, ...naming].map((row) => [text(row.id), { kind: text(row.kind), unitId: text(row.unit_id) }]));
      return [...found.values()];
    },
    async remove(unitId) {
      await removeFacts(sql, unitId);
      await sql.change("DELETE FROM unit WHERE id = ?", [unitId]);
    },
  };
}
