import { type MigrationInterface, type QueryRunner, Table, TableColumn } from "typeorm";
import { mysql } from "../database/dialect.js";

/** Why a unit closed, and which unit follows which; each made where it is missing, as a broken start may have made the one. */
export class Lineage1760000005000 implements MigrationInterface {
  name = "Lineage1760000005000";

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn("placement", "end_reason")))
      await runner.addColumn("placement", new TableColumn({ name: "end_reason", type: "varchar", length: "40", isNullable: true }));
    const id = { type: "varchar", length: "36", isPrimary: true };
    await runner.createTable(
      new Table({
        name: "succession",
        engine: runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine,
        columns: [
          { ...id, name: "predecessor_id" },
          { ...id, name: "successor_id" },
          { name: "on_day", type: "varchar", length: "10", isPrimary: true },
          { name: "kind", type: "varchar", length: "40" },
        ],
        indices: [{ name: "succession_successor", columnNames: ["successor_id"] }],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable("succession");
    await runner.dropColumn("placement", "end_reason");
  }
}
