import { type MigrationInterface, type QueryRunner, TableColumn } from "typeorm";

/** What is counted up on a Galera cluster, where only rows that are written keep writers of other nodes apart. */
export class Turns1760000008000 implements MigrationInterface {
  name = "Turns1760000008000";

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ["unit", "gate"])
      if (!(await runner.hasColumn(table, "turn")))
        await runner.addColumn(table, new TableColumn({ name: "turn", type: "integer", default: "0" }));
    await runner.query("DELETE FROM gate WHERE id = 2");
    await runner.query("INSERT INTO gate (id) VALUES (2)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM gate WHERE id = 2");
    for (const table of ["unit", "gate"]) await runner.dropColumn(table, "turn");
  }
}
