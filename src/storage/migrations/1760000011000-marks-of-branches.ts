import { type MigrationInterface, type QueryRunner, TableColumn } from "typeorm";

/** A directive that became known too late is marked once for a branch, not for each unit in it. */
export class MarksOfBranches1760000011000 implements MigrationInterface {
  name = "MarksOfBranches1760000011000";

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn("known_late", "with_below")))
      await runner.addColumn("known_late", new TableColumn({ name: "with_below", type: "integer", default: "0" }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn("known_late", "with_below");
  }
}
