import { type MigrationInterface, type QueryRunner, Table } from "typeorm";
import { mysql } from "../database/dialect.js";

/** What school years were after each change, by whom, when and why. Of what is there already none of this is known: it is kept as it was found when it is first changed. */
export class SchoolYearVersions1760000025000 implements MigrationInterface {
  name = "SchoolYearVersions1760000025000";

  async up(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === "better-sqlite3";
    const day = (name: string) => ({ name, type: "varchar", length: "10" });
    await runner.createTable(
      new Table({
        name: "school_year_version",
        engine: isSqlite ? undefined : mysql.engine,
        columns: [
          { name: "label", type: "varchar", length: "9", isPrimary: true },
          { name: "version", type: "integer", isPrimary: true },
          { name: "action", type: "varchar", length: "40" },
          ...[day("starts_on"), day("ends_on"), day("reference_date")],
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
    await runner.dropTable("school_year_version");
  }
}
