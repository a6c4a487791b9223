import { int, type Sql, text } from "../database/sql.js";

/** That the ledger was held against the records, and in how many places it differed. */
export interface LedgerAudit {
  at: Date;
  differences: number;
}

export interface AuditStore {
  note(audit: LedgerAudit): Promise<void>;
  last(): Promise<LedgerAudit | null>;
}

export function auditStore(sql: Sql): AuditStore {
  return {
    note: ({ at, differences }) => sql.insert("ledger_audit", ["at", "differences"], [[at.toISOString(), differences]]),
    async last() {
      const [row] = await sql.rows("SELECT at, differences FROM ledger_audit ORDER BY at DESC LIMIT 1");
      return row ? { at: new Date(text(row.at)), differences: int(row.differences) } : null;
    },
  };
}
