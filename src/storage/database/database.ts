import { EntitySchema } from "typeorm";
import { isLongText } from "./columns.js";
import { type Base, LIMITS, type Limits } from "./connecting.js";
import type { Deadline } from "./deadline.js";
import { type Dialect, mysql, sqlite } from "./dialect.js";
import { migrations } from "./migrations.js";
import { openMysql } from "./mysql-database.js";
import { openSqlite } from "./sqlite-database.js";
import type { Heard } from "./sql.js";
import type { Stores } from "../stores/stores.js";
import { tables } from "../tables/tables.js";
import type { Turns } from "./turns.js";

/** Where the data is: a file of the embedded database, or a MySQL/MariaDB server. `limits`: smaller ones, for tests. */
export type DatabaseOptions = ({ type: "sqlite"; file: string } | { type: "mysql"; url: string }) & { limits?: Partial<Limits> };

/** Works that have a connection, works that wait for one, and how often work was tried again since the start. */
export interface DatabaseStats {
  connections: number;
  waiting: number;
  retries: number;
}

/**
 * The request for which something is read or changed: what hears of each statement, when its time is over, and how many
 * connections it takes at a time.
 */
export interface Asked {
  heard?: Heard;
  deadline?: Deadline;
  turns?: Turns;
}

/**
 * The hub's database. All writes go through `write`, one unit of work each; reads see only what has been committed. What
 * fails because of the database fails with a RequestFault: UNAVAILABLE, OVERLOADED, READ_ONLY or OUTCOME_UNKNOWN.
 */
export interface Database {
  readonly dialect: Dialect;
  /** Runs reads on a connection that cannot see unfinished work. */
  read<T>(work: (stores: Stores) => Promise<T>, asked?: Asked): Promise<T>;
  /**
   * Runs a unit of work in one transaction; the whole of it is tried again after a deadlock or on a broken connection.
   * Throwing rolls it back, and so does the deadline, until the commit begins.
   */
  write<T>(work: (stores: Stores) => Promise<T>, asked?: Asked): Promise<T>;
  /** Runs reads that all see the database as it is at the first of them, and hinder no writer: for an audit. */
  snapshot<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Fails when the database does not answer. */
  ping(): Promise<void>;
  stats(): DatabaseStats;
  /** What is set so that the database may lose changes: sentences for whoever runs it. */
  warnings(): Promise<string[]>;
  close(): Promise<void>;
  /** SQL that would make the tables what the code says; empty when they are. */
  drift(): Promise<string[]>;
}

/** What hears every statement, for tests and benchmarks. */
export type OnStatement = (sql: string, values?: readonly unknown[]) => void;

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
