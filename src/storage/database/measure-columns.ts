import { type QueryRunner, TableColumn } from "typeorm";
import { measureKeys, obligations } from "../../domain/counting/measures.js";
import { dueColumn, dueName, measureColumn, tables } from "../tables/tables.js";

const MEASURED = ["dossier", "ledger"] as const;

/**
 * Gives `dossier` and `ledger` a column for each measure that the code declares and takes away those it no longer does.
 * Measures are derived from the records, so their columns follow the code instead of a migration: nothing can be lost.
 * Columns that are new are filled at start: no school year is of the current edition then.
 */
export async function fitMeasureColumns(runner: QueryRunner): Promise<void> {
  for (const name of MEASURED) {
    const table = await runner.getTable(name);
    if (!table) throw new Error(`table ${name} is missing`);
    const wanted = measureColumnsOf(name);
    const declared = Object.keys(tables.find(({ options }) => options.name === name)?.options.columns ?? {});
    const fixed = new Set(declared.filter((column) => !wanted.some((other) => other.name === column)));
    const present = table.columns.map((column) => column.name).filter((column) => !fixed.has(column));
    const gone = present.filter((column) => !wanted.some((other) => other.name === column));
    const missing = wanted.filter((column) => !present.includes(column.name));
    if (gone.length > 0) await runner.dropColumns(name, gone);
    if (missing.length === 0) continue;
    await runner.query("UPDATE school_year SET edition = NULL");
    await runner.addColumns(name, missing);
  }
}

/** The columns of a table that follow the code. */
export function measureColumnsOf(table: (typeof MEASURED)[number]): TableColumn[] {
  const amounts = measureKeys.map((name) => new TableColumn({ name, type: "bigint", default: String(measureColumn.default) }));
  if (table === "ledger") return amounts;
  const days = obligations.map(
    ({ key }) => new TableColumn({ name: dueName(key), type: "varchar", length: String(dueColumn.length), isNullable: true }),
  );
  return [...amounts, ...days];
}
