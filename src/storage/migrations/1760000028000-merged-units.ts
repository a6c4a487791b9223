import { type MigrationInterface, type QueryRunner, TableIndex } from "typeorm";
import { mysql } from "../database/dialect.js";

/** A duplicate that was joined to the right unit leads there: by its code, its id and the names that it bore. */
export class MergedUnits1760000028000 implements MigrationInterface {
  name = "MergedUnits1760000028000";

  async up(runner: QueryRunner): Promise<void> {
    const isSqlite = runner.connection.options.type === "better-sqlite3";
    // Written out: TypeORM would copy the whole table on SQLite.
    const columns = { merged_into: "varchar(36)", former_names: isSqlite ? "text" : mysql.longText };
    for (const [column, type] of Object.entries(columns))
      if (!(await runner.hasColumn("unit", column))) await runner.query(`ALTER TABLE unit ADD COLUMN ${column} ${type}`);
    const index = new TableIndex({ name: "unit_merged_into", columnNames: ["merged_into"] });
    if (!(await runner.getTable("unit"))!.indices.some(({ name }) => name === index.name)) await runner.createIndex("unit", index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("unit", "unit_merged_into");
    for (const column of ["merged_into", "former_names"]) await runner.query(`ALTER TABLE unit DROP COLUMN ${column}`);
  }
}
