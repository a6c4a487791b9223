import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Columns by table: which token stored a version or published a vintage, and for which unit's branch it is. */
const COLUMNS = {
  record: { recorded_by_token: 200, recorded_by_unit: 36 },
  record_version: { recorded_by_token: 200, recorded_by_unit: 36 },
  vintage: { published_by_token: 200, published_by_unit: 36 },
};
const all = Object.entries(COLUMNS).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, length]) => ({ table, column, length })),
);

/** The name of a token was kept alone; two tokens may bear the same. Of what is there already nobody knows the token: null. */
export class WhoDidIt1760000016000 implements MigrationInterface {
  name = "WhoDidIt1760000016000";

  async up(runner: QueryRunner): Promise<void> {
    // Written out: TypeORM would copy the whole table on SQLite.
    for (const { table, column, length } of all)
      if (!(await runner.hasColumn(table, column))) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} varchar(${length})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, column } of all) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
