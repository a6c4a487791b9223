import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/** The answers of changes that came with an idempotency key. */
export class Idempotency1760000006000 implements MigrationInterface {
  name = "Idempotency1760000006000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "idempotency_key",
        engine: runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine,
        columns: [
          { name: "id", type: "varchar", length: "64", isPrimary: true },
          { name: "part", type: "integer", isPrimary: true },
          { name: "digest", type: "varchar", length: "64" },
          { name: "stored_at", type: "varchar", length: "24" },
          { name: "answer", type: "text" },
        ],
        indices: [{ name: "idempotency_key_stored", columnNames: ["stored_at"] }],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("idempotency_key");
  }
}
