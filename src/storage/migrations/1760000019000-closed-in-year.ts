import { type MigrationInterface, type QueryRunner, TableColumn } from "typeorm";

/** Whether a dossier is that of a unit that closed before the reference date: filled with the rest of the ledger, whose edition is another. */
export class ClosedInYear1760000019000 implements MigrationInterface {
  name = "ClosedInYear1760000019000";

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn("dossier", "closed_in_year")))
      await runner.addColumn("dossier", new TableColumn({ name: "closed_in_year", type: "integer", default: "0" }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn("dossier", "closed_in_year");
  }
}
