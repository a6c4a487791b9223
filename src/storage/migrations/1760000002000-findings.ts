import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/** What the checks find in the units: derived from the records, and filled from them at the next start. */
export class Findings1760000002000 implements MigrationInterface {
  name = "Findings1760000002000";

  async up(runner: QueryRunner): Promise<void> {
    const varchar = (name: string, length: number, more: { isPrimary?: boolean; isNullable?: boolean } = {}) => ({
      ...{ name, type: "varchar", length: String(length) },
      ...more,
    });
    const key = { isPrimary: true };
    await runner.createTable(
      new Table({
        name: "finding",
        columns: [
          varchar("unit_id", 36, key),
          varchar("school_year", 9, key),
          varchar("name", 160, key),
          varchar("check_key", 60),
          varchar("field", 60),
          varchar("record_id", 36, { isNullable: true }),
          { name: "gravity", type: "integer" },
          varchar("since", 10),
          { name: "content", type: "text" },
          varchar("fingerprint", 16),
          varchar("acknowledgement_id", 36, { isNullable: true }),
          { name: "is_open", type: "integer" },
        ],
        engine: runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine,
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("finding");
  }
}
