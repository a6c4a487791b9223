import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/**
 * What units were after each change, by whom, when and why. Of what is there already none of this is known: a unit's state is kept as it was
 * found when it is first changed.
 */
export class UnitVersions1760000023000 implements MigrationInterface {
  name = "UnitVersions1760000023000";

  async up(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === "better-sqlite3";
    await runner.createTable(
      new Table({
        name: "unit_version",
        engine: isSqlite ? undefined : mysql.engine,
        columns: [
          { name: "unit_id", type: "varchar", length: "36", isPrimary: true },
          { name: "version", type: "integer", isPrimary: true },
          { name: "action", type: "varchar", length: "40" },
          { name: "content", type: isSqlite ? "text" : mysql.longText },
          { name: "recorded_at", type: "varchar", length: "24", isNullable: true },
          { name: "recorded_by", type: "varchar", length: "200", isNullable: true },
          { name: "recorded_by_token", type: "varchar", length: "200", isNullable: true },
          { name: "recorded_by_unit", type: "varchar", length: "36", isNullable: true },
          { name: "reason", type: "varchar", length: "500", isNullable: true },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("unit_version");
  }
}
