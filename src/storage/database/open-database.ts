import { EntitySchema } from "typeorm";
import { isLongText } from "./columns.js";
import { type Base, LIMITS, type Limits } from "./connecting.js";
import { type Dialect, mysql, sqlite } from "./dialect.js";
import { migrations } from "./migrations.js";
import { openMysql } from "./mysql-database.js";
import { openSqlite } from "./sqlite-database.js";
import { tables } from "../tables/tables.js";
import type { Database, OnStatement } from "./database.js";

/** Where the data is: a file of the embedded database, or a MySQL/MariaDB server. `limits`: smaller ones, for tests. */
export type DatabaseOptions = ({ type: "sqlite"; file: string } | { type: "mysql"; url: string }) & { limits?: Partial<Limits> };

/** Connects, migrates and fits the measure columns. */
export async function openDatabase(options: DatabaseOptions, onStatement?: OnStatement): Promise<Database> {
  // TypeORM's own logger would write to standard output.
  const silent = () => undefined;
  const logger = { logQueryError: silent, logQuerySlow: silent, logSchemaBuild: silent, logMigration: silent, log: silent };
  const base: Base = {
    entities: tablesOn(options.type === "sqlite" ? sqlite : mysql),
    migrations,
    migrationsTransactionMode: "each",
    logger: { ...logger, logQuery: onStatement ?? silent },
    logging: onStatement !== undefined,
  };
  const limits = { ...LIMITS, ...options.limits };
  return options.type === "sqlite" ? openSqlite(options.file, base, limits, onStatement ?? silent) : openMysql(options.url, base, limits);
}

/** The tables as a database of this dialect has them. */
function tablesOn(dialect: Dialect): EntitySchema[] {
  return tables.map(({ options }) => {
    const columns = Object.entries(options.columns).map(([name, column]) => [
      name,
      column && isLongText(column) ? { ...column, type: dialect.longText } : column,
    ]);
    return new EntitySchema({ ...options, columns: Object.fromEntries(columns) as typeof options.columns });
  });
}
