import { type MigrationInterface, type QueryRunner, TableColumn } from "typeorm";

/**
 * By which edition of the account a school year's ledger was worked out. What was filled measure by measure is of no use any more; its
 * table stays, empty, since an owner of the tables need not be able to drop one.
 */
export class Editions1760000013000 implements MigrationInterface {
  name = "Editions1760000013000";

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn("school_year", "edition")))
      await runner.addColumn("school_year", new TableColumn({ name: "edition", type: "varchar", length: "40", isNullable: true }));
    await runner.query("DELETE FROM filled_measure");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn("school_year", "edition");
  }
}
