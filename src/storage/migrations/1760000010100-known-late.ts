import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/** What became known when a school year was locked. What counted before this table was there goes on counting. */
export class KnownLate1760000010100 implements MigrationInterface {
  name = "KnownLate1760000010100";

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "known_late",
        engine: runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine,
        columns: [
          { name: "unit_id", type: "varchar", length: "36", isPrimary: true },
          { name: "school_year", type: "varchar", length: "9", isPrimary: true },
          { name: "fact_id", type: "varchar", length: "36", isPrimary: true },
        ],
        indices: [{ name: "known_late_fact", columnNames: ["fact_id"] }],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("known_late");
  }
}
