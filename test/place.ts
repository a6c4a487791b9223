import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Pool, type RowDataPacket } from "mysql2";
import { createConnection } from "mysql2/promise";
import { type DataSource, type DataSourceOptions } from "typeorm";
import { type DatabaseOptions } from "../src/storage/database/open-database.js";

/** A MySQL or MariaDB server to test on, e.g. mysql://root@127.0.0.1:3306; without it the tests run on SQLite. */
const SERVER = process.env.TONGHOP_TEST_DATABASE;

export const isOnServer = Boolean(SERVER);

/** The machine of the tests does many things at once; those who test impatience say so themselves. */
const limits = { waitMs: 300_000, lockSeconds: 300, conflictMs: 300_000 };

/** The rows of a SELECT without the names of their columns. */
export interface Values {
  columns: string[];
  rows: unknown[][];
}

export interface Place {
  options: DatabaseOptions;
  side: DataSourceOptions;
  values(source: DataSource, sql: string): Promise<Values>;
  /** Another one after each commit of another connection; null where the database knows none. */
  stamp(source: DataSource): Promise<unknown>;
  drop(raw: (sql: string) => Promise<unknown>): Promise<unknown>;
}

/** An empty database on the server, or else a file in a folder. */
export function newPlace(folder?: string): Promise<Place> {
  return SERVER ? onServer(SERVER) : inFile(folder);
}

/** As better-sqlite3 has it. */
interface Statement {
  columns(): { name: string }[];
  raw(): { all(): unknown[][] };
}

async function inFile(given?: string): Promise<Place> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), "tonghop-test-")));
  const file = join(folder, "tonghop.sqlite");
  return {
    options: { type: "sqlite", file, limits },
    side: { type: "better-sqlite3", database: file },
    async values({ driver }, sql) {
      const { databaseConnection } = driver as unknown as { databaseConnection: { prepare(sql: string): Statement } };
      const statement = databaseConnection.prepare(sql);
      return { columns: statement.columns().map(({ name }) => name), rows: statement.raw().all() };
    },
    stamp: async (source) => (await source.query<{ data_version: number }[]>("PRAGMA data_version"))[0]!.data_version,
    drop: () => rm(folder, { recursive: true }),
  };
}

async function onServer(server: string): Promise<Place> {
  const name = `tonghop_test_${randomBytes(8).toString("hex")}`;
  const connection = await createConnection(server);
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.end();
  const url = new URL(server);
  url.pathname = name;
  return {
    options: { type: "mysql", url: url.href, limits },
    // As in the hub: V8 would spend minutes on optimising what the driver writes for a table of this many columns.
    side: { type: "mariadb", url: url.href, charset: "utf8mb4", poolSize: 1, extra: { disableEval: true } },
    async values({ driver }, sql) {
      const { pool } = driver as unknown as { pool: Pool };
      const [rows, fields] = await pool.promise().query<RowDataPacket[][]>({ sql, rowsAsArray: true });
      return { columns: fields.map((field) => field.name), rows };
    },
    stamp: async () => null,
    drop: (raw) => raw(`DROP DATABASE ${name}`),
  };
}
