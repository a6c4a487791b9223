import { type MigrationInterface, type QueryRunner } from "typeorm";

const COLUMNS = [
  ["dossier", "whole_year_print", "varchar(22) NOT NULL DEFAULT ''"],
  ["dossier", "first_half_print", "varchar(22) NOT NULL DEFAULT ''"],
  ["vintage", "fingerprint", "varchar(31)"],
] as const;

/** By what the figures are known again that somebody decides on. The dossiers' are filled at start, where all years are worked out anew. */
export class Fingerprints1760000021000 implements MigrationInterface {
  name = "Fingerprints1760000021000";

  async up(runner: QueryRunner): Promise<void> {
    // Written out: TypeORM would copy the whole table on SQLite.
    for (const [table, column, type] of COLUMNS)
      if (!(await runner.hasColumn(table, column))) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    await runner.query("UPDATE school_year SET edition = NULL");
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
