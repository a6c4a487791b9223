import { type MigrationInterface, type QueryRunner } from "typeorm";
import { mysql } from "../database/dialect.js";

const TABLES = ["vintage_dossier", "vintage_cell"];

/** Vintages keep the days by which their units were judged. Of those that are there already nobody knows them: null. */
export class FrozenDueDays1760000020000 implements MigrationInterface {
  name = "FrozenDueDays1760000020000";

  async up(runner: QueryRunner): Promise<void> {
    // Written out: TypeORM would copy the whole table on SQLite. Days of many duties in a nation pass the end of TEXT of MySQL.
    const type = runner.connection.options.type === "better-sqlite3" ? "text" : mysql.longText;
    for (const table of TABLES)
      if (!(await runner.hasColumn(table, "due"))) await runner.query(`ALTER TABLE ${table} ADD COLUMN due ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN due`);
  }
}
