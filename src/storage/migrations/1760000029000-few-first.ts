import { type MigrationInterface, type QueryRunner, TableIndex } from "typeorm";

/**
 * Reports that count others are few: an index that begins with it is used for them alone. One that began with the kind was taken for
 * all records that units hold, too: a hundred thousand were read for each change of a nation.
 */
export class FewFirst1760000029000 implements MigrationInterface {
  name = "FewFirst1760000029000";

  async up(runner: QueryRunner): Promise<void> {
    await replace(runner, "record_counting", { name: "record_counting_others", columnNames: ["counts_others", "kind", "school_year"] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await replace(runner, "record_counting_others", { name: "record_counting", columnNames: ["kind", "school_year", "counts_others"] });
  }
}

/** As MariaDB commits each statement, either may have been done before. */
async function replace(runner: QueryRunner, former: string, index: { name: string; columnNames: string[] }): Promise<void> {
  const names = (await runner.getTable("record"))!.indices.map(({ name }) => name);
  if (!names.includes(index.name)) await runner.createIndex("record", new TableIndex(index));
  if (names.includes(former)) await runner.dropIndex("record", former);
}
