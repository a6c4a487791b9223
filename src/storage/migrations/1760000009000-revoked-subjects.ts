import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/** Whose tokens of the OpenID Connect provider are refused. */
export class RevokedSubjects1760000009000 implements MigrationInterface {
  name = "RevokedSubjects1760000009000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: "revoked_subject",
        engine: runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine,
        columns: [
          { name: "id", type: "varchar", length: "200", isPrimary: true },
          { name: "revoked_at", type: "varchar", length: "24" },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("revoked_subject");
  }
}
