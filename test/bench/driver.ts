import { createRequire } from "node:module";
import { createPool, type PoolConnection } from "mysql2/promise";
import type { DatabaseOptions } from "../../src/storage/database/open-database.js";

export type Row = Record<string, unknown>;

/** One connection of a driver, without anything in between. */
export interface Connection {
  query(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A database as its driver alone serves it, with the hub's settings. */
export interface RawDatabase {
  /** Reads on one connection, one statement after the other. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** One durable transaction. */
  write<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Appended to a SELECT whose rows are about to change. */
  forUpdate: string;
  close(): Promise<void>;
}

export function openRaw(options: DatabaseOptions): RawDatabase {
  return options.type === "sqlite" ? openFile(options.file) : openServer(options.url);
}

/** As much of better-sqlite3 as is used; it brings no types. */
interface SqliteFile {
  pragma(text: string): void;
  exec(sql: string): void;
  prepare(sql: string): { reader: boolean; all(...values: unknown[]): Row[]; run(...values: unknown[]): unknown };
  close(): void;
}

function openFile(file: string): RawDatabase {
  const Sqlite = createRequire(import.meta.url)("better-sqlite3") as new (file: string) => SqliteFile;
  const database = new Sqlite(file);
  for (const pragma of ["journal_mode = WAL", "busy_timeout = 5000", "synchronous = FULL", "cache_size = -65536"]) database.pragma(pragma);
  const prepared = new Map<string, ReturnType<SqliteFile["prepare"]>>();
  const query = (sql: string, values: readonly unknown[] = []): Row[] => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    if (statement.reader) return statement.all(...values);
    statement.run(...values);
    return [];
  };
  const connection: Connection = { query: (sql, values) => Promise.resolve(query(sql, values)) };
  // One transaction after the other: there is one connection, and nobody else writes this file.
  let queue: Promise<unknown> = Promise.resolve();
  async function transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    query("BEGIN IMMEDIATE");
    try {
      const result = await work(connection);
      query("COMMIT");
      return result;
    } catch (error) {
      query("ROLLBACK");
      throw error;
    }
  }
  return {
    forUpdate: "",
    read: (work) => work(connection),
    write(work) {
      const turn = queue.then(() => transaction(work));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: () => Promise.resolve(database.close()),
  };
}

function openServer(url: string): RawDatabase {
  const pool = createPool({
    uri: url,
    charset: "utf8mb4",
    timezone: "Z",
    connectionLimit: 20,
    supportBigNumbers: true,
    decimalNumbers: true,
  });
  pool.pool.on("connection", (connection) => void connection.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"));
  const on = (connection: PoolConnection): Connection => ({
    query: async (sql, values) => (await connection.query(sql, [...(values ?? [])]))[0] as Row[],
  });
  async function using<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    const connection = await pool.getConnection();
    try {
      return await work(connection);
    } finally {
      connection.release();
    }
  }
  return {
    forUpdate: " FOR UPDATE",
    read: (work) => using((connection) => work(on(connection))),
    write: (work) =>
      using(async (connection) => {
        await connection.beginTransaction();
        try {
          const result = await work(on(connection));
          await connection.commit();
          return result;
        } catch (error) {
          await connection.rollback();
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}
