import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { DataSource, type DataSourceOptions } from "typeorm";
import { type Database, type DatabaseOptions, openDatabase } from "../src/storage/database.js";
import { tables } from "../src/storage/tables.js";

/** Every row of every table, as text, to compare. */
export type Dump = Record<string, string[]>;

export interface TestDatabase extends Database {
  readonly options: DatabaseOptions;
  /** SQL past the hub, on a connection of its own: for looking into tables and for damaging them. */
  raw(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Opens the hub's database on the same data once more; close it yourself. */
  again(onStatement?: (sql: string) => void): Promise<Database>;
  /** Tables named in `without` are left out. */
  dump(...without: string[]): Promise<Dump>;
  /** Takes all rows away, as after the first start. */
  empty(): Promise<void>;
}

/** A MySQL or MariaDB server to test on, e.g. mysql://root@127.0.0.1:3306; without it the tests run on SQLite. */
const SERVER = process.env.TONGHOP_TEST_DATABASE;

export const isOnServer = Boolean(SERVER);

/** The machine of the tests does many things at once; those who test impatience say so themselves. */
const limits = { waitMs: 300_000, lockSeconds: 300, conflictMs: 300_000 };

const tableNames = tables.map(({ options }) => options.name).filter((name) => name !== "gate");

/** A fresh database, gone when it is closed. `onStatement` hears every statement of the hub; `fill` puts something there before. */
export async function openTestDatabase(
  onStatement?: Parameters<typeof openDatabase>[1],
  fill?: (options: DatabaseOptions) => Promise<void>,
): Promise<TestDatabase> {
  const { options, side, drop } = await newPlace();
  await fill?.(options);
  const database = await openDatabase(options, onStatement);
  const source = await new DataSource(side).initialize();
  const raw = (sql: string, values: readonly unknown[] = []) => source.query<Record<string, unknown>[]>(sql, [...values]);
  return {
    ...database,
    options,
    raw,
    again: (hear) => openDatabase(options, hear),
    async dump(...without) {
      const dumped: Dump = {};
      for (const name of tableNames.filter((table) => !without.includes(table)))
        dumped[name] = (await raw(`SELECT * FROM \`${name}\``)).map((row) => JSON.stringify(row)).sort();
      return dumped;
    },
    async empty() {
      for (const name of tableNames) await raw(`DELETE FROM \`${name}\``);
    },
    async close() {
      await database.close();
      await drop(raw);
      await source.destroy();
    },
  };
}

interface Place {
  options: DatabaseOptions;
  side: DataSourceOptions;
  drop(raw: TestDatabase["raw"]): Promise<unknown>;
}

/** An empty database on the server, or else a file in a folder. */
export function newPlace(folder?: string): Promise<Place> {
  return SERVER ? onServer(SERVER) : inFile(folder);
}

async function inFile(given?: string): Promise<Place> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), "tonghop-test-")));
  const file = join(folder, "tonghop.sqlite");
  return {
    options: { type: "sqlite", file, limits },
    side: { type: "better-sqlite3", database: file },
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
    drop: (raw) => raw(`DROP DATABASE ${name}`),
  };
}
