import { createConnection } from "mysql2/promise";
import { DataSource, type DataSourceOptions, type QueryRunner } from "typeorm";
import { type Dialect, mysql, sqlite } from "./dialect.js";
import { fitMeasureColumns } from "./measure-columns.js";
import { migrations } from "./migrations.js";
import { Sql } from "./sql.js";
import { type Stores, storesOn } from "./stores.js";
import { tables } from "./tables.js";

/** Where the data is: a file of the embedded database, or a MySQL/MariaDB server. */
export type DatabaseOptions = { type: "sqlite"; file: string } | { type: "mysql"; url: string };

/** The hub's database. All writes go through `write`, one unit of work each; reads see only what has been committed. */
export interface Database {
  readonly dialect: Dialect;
  /** Runs reads on a connection that cannot see unfinished work. */
  read<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Runs a unit of work in one transaction; the whole of it is tried again after a deadlock. Throwing rolls it back. */
  write<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Runs reads that all see the database as it is at the first of them, and hinder no writer: for an audit. */
  snapshot<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Fails when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
  /** SQL that would make the tables what the code says; empty when they are. */
  drift(): Promise<string[]>;
}

const ATTEMPTS = 8;

/** Connects, migrates and fits the measure columns. `onStatement` hears every statement, for tests and benchmarks. */
export async function openDatabase(
  options: DatabaseOptions,
  onStatement?: (sql: string, values?: readonly unknown[]) => void,
): Promise<Database> {
  const logger = onStatement
    ? { logQuery: onStatement, logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} }
    : undefined;
  const base: Base = {
    entities: tables,
    migrations,
    migrationsTransactionMode: "each",
    ...(logger ? { logger, logging: true } : {}),
  };
  return options.type === "sqlite" ? openSqlite(options.file, base) : openMysql(options.url, base);
}

type Base = Pick<DataSourceOptions, "entities" | "migrations" | "migrationsTransactionMode" | "logger" | "logging">;

/**
 * SQLite has one writer: units of work queue for one connection. TypeORM would let two of them interleave on it, and a
 * rollback of one would undo the other. Readers have a connection of their own and see only what has been committed.
 */
async function openSqlite(file: string, base: Base): Promise<Database> {
  const pragmas = (database: { pragma(text: string): void }) => {
    database.pragma("busy_timeout = 5000");
    database.pragma("synchronous = FULL");
    database.pragma("cache_size = -65536");
  };
  const writer = await new DataSource({
    ...base,
    type: "better-sqlite3",
    database: file,
    enableWAL: true,
    prepareDatabase: pragmas,
  } as DataSourceOptions).initialize();
  await migrate(writer);
  const openReader = () =>
    new DataSource({
      ...base,
      migrations: [],
      type: "better-sqlite3",
      database: file,
      readonly: true,
      prepareDatabase: pragmas,
    } as DataSourceOptions).initialize();
  const reader = await openReader();
  const writing = writer.createQueryRunner();
  const reading = storesOn(new Sql(reader.createQueryRunner(), sqlite));
  let queue: Promise<unknown> = Promise.resolve();

  async function unitOfWork<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    await writing.query("BEGIN IMMEDIATE");
    try {
      const result = await work(storesOn(new Sql(writing, sqlite)));
      await writing.query("COMMIT");
      return result;
    } catch (error) {
      await writing.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }
  return {
    dialect: sqlite,
    read: (work) => work(reading),
    write: (work) => {
      const turn = queue.then(othersFirst).then(() => retrying(sqlite, () => unitOfWork(work)));
      queue = turn.catch(() => undefined);
      return turn;
    },
    async snapshot(work) {
      const own = await openReader();
      try {
        const runner = own.createQueryRunner();
        await runner.query("BEGIN");
        return await work(storesOn(new Sql(runner, sqlite)));
      } finally {
        await own.destroy();
      }
    },
    ping: async () => void (await reader.query("SELECT 1")),
    drift: () => driftOf(writer),
    async close() {
      await queue;
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** How every connection is set up, once. */
const SESSION = [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
];

async function openMysql(url: string, base: Base): Promise<Database> {
  const source = new DataSource({
    ...base,
    type: await serverType(url),
    url,
    charset: "utf8mb4",
    timezone: "Z",
    poolSize: 20,
    // Without `trace` an error of the driver has no stack of its own; TypeORM's, which wraps it, does. Taking one for each statement is dear.
    // `disableEval`: the driver would write a function for each list of columns; with two hundred columns V8 spends minutes on optimising it.
    extra: { enableKeepAlive: true, trace: false, disableEval: true },
  } as DataSourceOptions);
  await source.initialize();
  (
    source.driver as unknown as { pool: { on(event: "connection", hear: (connection: { query(sql: string): void }) => void): void } }
  ).pool.on("connection", (connection) => {
    for (const setting of SESSION) connection.query(setting);
  });
  // The one connection that was made before anybody listened.
  for (const setting of SESSION) await source.query(setting);
  await migrate(source);

  async function transaction<T>(isolation: "REPEATABLE READ" | undefined, work: (stores: Stores) => Promise<T>): Promise<T> {
    const runner = source.createQueryRunner();
    try {
      await runner.startTransaction(isolation);
      const result = await work(storesOn(new Sql(runner, mysql)));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
  return {
    dialect: mysql,
    read: (work) => work(storesOn(new Sql(pooled(source), mysql))),
    write: (work) => retrying(mysql, () => transaction(undefined, work)),
    snapshot: (work) => transaction("REPEATABLE READ", work),
    ping: async () => void (await source.query("SELECT 1")),
    drift: () => driftOf(source),
    close: () => source.destroy(),
  };
}

/** TypeORM reads the catalogue of the two differently. */
async function serverType(url: string): Promise<"mysql" | "mariadb"> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query("SELECT VERSION() AS version");
    return /mariadb/i.test(JSON.stringify(rows)) ? "mariadb" : "mysql";
  } finally {
    await connection.end();
  }
}

/** SQLite answers without waiting: a queue of writers would keep readers and sockets from their turn until it is empty. */
const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Each statement of a reader on whichever connection is free. */
function pooled(source: DataSource): QueryRunner {
  return { query: (sql: string, values?: unknown[]) => source.query(sql, values) } as unknown as QueryRunner;
}

async function retrying<T>(dialect: Dialect, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !dialect.isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
}

/** Makes the tables what the code says. On SQLite a start that is broken off leaves them as they were; on MySQL the next one goes on. */
async function migrate(source: DataSource): Promise<void> {
  try {
    await source.runMigrations();
    await source.transaction(async ({ queryRunner }) => {
      if (queryRunner) await fitMeasureColumns(queryRunner);
    });
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

async function driftOf(source: DataSource): Promise<string[]> {
  const changes = await source.driver.createSchemaBuilder().log();
  return changes.upQueries.map(({ query }) => query);
}
