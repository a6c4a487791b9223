import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from "typeorm";

/** Whether a report of people counts those of other units, too: no report of 0.4.0 said so. They are few, and looked for by kind and school year. */
export class CountsOthers1760000026000 implements MigrationInterface {
  name = "CountsOthers1760000026000";

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn("record", "counts_others")))
      await runner.addColumn("record", new TableColumn({ name: "counts_others", type: "integer", default: "0" }));
    const index = new TableIndex({ name: "record_counting", columnNames: ["kind", "school_year", "counts_others"] });
    if (!(await runner.getTable("record"))!.indices.some(({ name }) => name === index.name)) await runner.createIndex("record", index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex("record", "record_counting");
    await runner.dropColumn("record", "counts_others");
  }
}
