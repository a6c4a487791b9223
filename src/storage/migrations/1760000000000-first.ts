import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from "typeorm";
import { mysql } from "../database/dialect.js";
import { measureColumnsOf } from "../database/measure-columns.js";

const column =
  (type: string, length?: number) =>
  (name: string, more: Partial<TableColumnOptions> = {}) => ({ name, type, ...(length ? { length: String(length) } : {}), ...more });
const varchar = (name: string, length: number, more: Partial<TableColumnOptions> = {}) => ({
  name,
  type: "varchar",
  length: String(length),
  ...more,
});
const id = column("varchar", 36);
const day = column("varchar", 10);
const instant = column("varchar", 24);
const word = column("varchar", 40);
const year = column("varchar", 9);
const whole = column("integer");
const key = { isPrimary: true };
const optional = { isNullable: true };

const version = [
  whole("version"),
  word("state"),
  { name: "content", type: "text" },
  word("provenance"),
  instant("recorded_at"),
  varchar("recorded_by", 200),
  varchar("reason", 500, optional),
];

/**
 * The first tables, each made where it is missing: MySQL keeps those that a broken start has made. Measure columns are those
 * of the code that runs it; they are derived, and fitted to the code at every start.
 */
export class First1760000000000 implements MigrationInterface {
  name = "First1760000000000";

  async up(runner: QueryRunner): Promise<void> {
    const engine = runner.connection.options.type === "better-sqlite3" ? undefined : mysql.engine;
    const create = (
      name: string,
      columns: TableColumnOptions[],
      indices: Record<string, string[]> = {},
      unique: Record<string, string[]> = {},
    ) =>
      runner.createTable(
        new Table({
          name,
          columns,
          engine,
          indices: [
            ...Object.entries(indices).map(([index, of]) => ({ name: index, columnNames: of })),
            ...Object.entries(unique).map(([index, of]) => ({ name: index, columnNames: of, isUnique: true })),
          ],
        }),
        true,
      );
    await create(
      "unit",
      [id("id", key), varchar("code", 60), word("level"), whole("version"), word("provenance")],
      {},
      { unit_code: ["code"] },
    );
    await create(
      "placement",
      [id("unit_id", key), day("from_day", key), day("until_day"), day("stands_from"), day("stands_until"), id("parent_id", optional)],
      {
        placement_parent: ["parent_id"],
      },
    );
    await create("profile", [
      id("unit_id", key),
      day("from_day", key),
      day("until_day"),
      varchar("name", 300),
      varchar("search_key", 300),
      varchar("sort_key", 450),
      word("kind"),
      word("school_level", optional),
      word("ownership", optional),
      word("autonomy_group", optional),
    ]);
    await create("school_year", [year("label", key), day("starts_on"), day("ends_on"), day("reference_date")]);
    await create(
      "record",
      [id("id", key), word("kind"), id("unit_id"), year("school_year"), varchar("record_key", 600), ...version],
      {},
      {
        record_identity: ["unit_id", "kind", "school_year", "record_key"],
      },
    );
    await create("record_version", [id("record_id", key), whole("version", key), ...version.slice(1)]);
    await create("record_subject", [id("record_id", key), id("unit_id", key)], { record_subject_unit: ["unit_id"] });
    const line = ["confederation_id", "province_id", "district_id", "grassroots_id"];
    await create(
      "dossier",
      [
        id("unit_id", key),
        year("school_year", key),
        whole("counted"),
        word("level"),
        word("school_level", optional),
        word("ownership", optional),
        ...line.map((name) => id(name, optional)),
        ...measureColumnsOf("dossier"),
      ],
      Object.fromEntries(line.map((name) => [`dossier_${name.replace("_id", "")}`, [name, "school_year"]])),
    );
    await create("ledger", [
      id("unit_id", key),
      year("school_year", key),
      word("school_level", key),
      word("ownership", key),
      ...measureColumnsOf("ledger"),
    ]);
    await create("token", [
      id("id", key),
      varchar("name", 200),
      word("role"),
      id("unit_id", optional),
      instant("issued_at"),
      instant("expires_at", optional),
      instant("revoked_at", optional),
    ]);
    await create("filled_measure", [varchar("key", 100, key)]);
    await create("gate", [whole("id", key)]);
    await runner.query("DELETE FROM gate");
    await runner.query("INSERT INTO gate (id) VALUES (1)");
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [
      "gate",
      "filled_measure",
      "token",
      "ledger",
      "dossier",
      "record_subject",
      "record_version",
      "record",
      "school_year",
      "profile",
      "placement",
      "unit",
    ])
      await runner.dropTable(name);
  }
}
