import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from "typeorm";
import { mysql } from "../database/dialect.js";

const varchar = (name: string, length: number, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: "varchar",
  length: String(length),
  ...more,
});
const key = { isPrimary: true };
const optional = { isNullable: true };
const whole = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({ name, type: "integer", ...more });
const json = (name: string): TableColumnOptions => ({ name, type: "text" });

/** Published vintages: what a province printed, frozen. Each table is made where it is missing: MySQL keeps those that a broken start has made. */
export class Vintages1760000004000 implements MigrationInterface {
  name = "Vintages1760000004000";

  async up(runner: QueryRunner): Promise<void> {
    const engine = runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine;
    const create = (name: string, columns: TableColumnOptions[], indices: Record<string, string[]> = {}, unique = false) =>
      runner.createTable(
        new Table({
          name,
          columns,
          engine,
          indices: Object.entries(indices).map(([index, of]) => ({ name: index, columnNames: of, isUnique: unique })),
        }),
        true,
      );
    await create(
      "vintage",
      [
        varchar("id", 80, key),
        varchar("unit_id", 36),
        varchar("school_year", 9),
        whole("ordinal"),
        varchar("title", 300),
        varchar("remark", 500, optional),
        varchar("published_at", 24),
        varchar("published_by", 200),
        varchar("digest", 64),
      ],
      { vintage_ordinal: ["unit_id", "school_year", "ordinal"] },
      true,
    );
    await create("vintage_definition", [varchar("vintage_id", 80, key), varchar("part", 40, key), whole("position", key), json("content")]);
    await create(
      "vintage_dossier",
      [
        varchar("vintage_id", 80, key),
        varchar("unit_id", 36, key),
        whole("unit_version"),
        varchar("level", 40),
        varchar("school_level", 40, optional),
        varchar("ownership", 40, optional),
        ...["confederation_id", "province_id", "district_id", "grassroots_id"].map((name) => varchar(name, 36, optional)),
        varchar("code", 60),
        varchar("name", 300),
        json("tally"),
        json("records"),
      ],
      { vintage_dossier_unit: ["unit_id"], vintage_dossier_grassroots: ["grassroots_id"] },
    );
    await create("vintage_cell", [
      varchar("vintage_id", 80, key),
      varchar("unit_id", 36, key),
      varchar("school_level", 40, key),
      varchar("ownership", 40, key),
      json("tally"),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ["vintage_cell", "vintage_dossier", "vintage_definition", "vintage"]) await runner.dropTable(name);
  }
}
