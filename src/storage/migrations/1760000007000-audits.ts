import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/** When the ledger was audited, and with what result. */
export class Audits1760000007000 implements MigrationInterface {
  name = "Audits1760000007000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "ledger_audit",
        engine: runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine,
        columns: [
          { name: "at", type: "varchar", length: "24", isPrimary: true },
          { name: "differences", type: "integer" },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("ledger_audit");
  }
}
