import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Pool, type RowDataPacket } from "mysql2";
import { createConnection } from "mysql2/promise";
import { DataSource, type DataSourceOptions } from "typeorm";
import { type Database } from "../src/storage/database/database.js";
import { tables } from "../src/storage/tables/tables.js";
import { type DatabaseOptions, openDatabase } from "../src/storage/database/open-database.js";

/** Every row of every table, as JSON without what is 0, to compare. */
export type Dump = Record<string, string[]>;

/** Where a database of its own is, or will be; gone when it is closed. */
export interface TestPlace {
  readonly options: DatabaseOptions;
  /** SQL past the hub, on a connection of its own: for looking into tables and for damaging them. */
  raw(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Opens the hub's database there, once more if it is open; close it yourself. */
  again(onStatement?: Parameters<typeof openDatabase>[1]): Promise<Database>;
  /** Tables named in `without` are left out. */
  dump(...without: string[]): Promise<Dump>;
  /** Takes all rows away, as after the first start. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export type TestDatabase = Database & TestPlace;

/** A MySQL or MariaDB server to test on, e.g. mysql://root@127.0.0.1:3306; without it the tests run on SQLite. */
const SERVER = process.env.TONGHOP_TEST_DATABASE;

export const isOnServer = Boolean(SERVER);

/** The machine of the tests does many things at once; those who test impatience say so themselves. */
const limits = { waitMs: 300_000, lockSeconds: 300, conflictMs: 300_000 };

const tableNames = tables.map(({ options }) => options.name).filter((name) => name !== "gate");

/** A fresh database. `onStatement` hears every statement of the hub; `fill` puts something there before. */
export async function openTestDatabase(
  onStatement?: Parameters<typeof openDatabase>[1],
  fill?: (options: DatabaseOptions) => Promise<void>,
): Promise<TestDatabase> {
  const place = await openTestPlace(fill);
  const database = await place.again(onStatement);
  const close = async () => {
    await database.close();
    await place.close();
  };
  return { ...database, ...place, close };
}

/** A place for whoever opens a hub there: it opens the database itself. `fill` puts something there before. */
export async function openTestPlace(fill?: (options: DatabaseOptions) => Promise<void>): Promise<TestPlace> {
  const { options, side, drop, values, stamp } = await newPlace();
  await fill?.(options);
  let source: Promise<DataSource> | undefined;
  const opened = () => (source ??= new DataSource(side).initialize());
  /** The last dump, and when it was made; our own changes make it old. */
  let last: { at: unknown; dump: Dump } | null = null;
  const raw: TestPlace["raw"] = async (sql, values = []) => {
    if (!/^SELECT\b/.test(sql)) last = null;
    return (await opened()).query(sql, [...values]);
  };
  const whole = async (): Promise<Dump> => {
    const at = await stamp(await opened());
    if (last && at !== null && last.at === at) return last.dump;
    const dump: Dump = {};
    for (const name of tableNames) dump[name] = rowTexts(await values(await opened(), `SELECT * FROM \`${name}\``));
    last = { at, dump };
    return dump;
  };
  return {
    options,
    raw,
    again: (hear) => openDatabase(options, hear),
    async dump(...without) {
      return Object.fromEntries(Object.entries(await whole()).filter(([table]) => !without.includes(table)));
    },
    async empty() {
      for (const name of tableNames) await raw(`DELETE FROM \`${name}\``);
    },
    async close() {
      await drop(raw);
      await (await source)?.destroy();
    },
  };
}

/** Rows as JSON, sorted. An object for each row of some hundred columns, nearly all of them 0, would take ten times as long. */
function rowTexts({ columns, rows }: Values): string[] {
  const keys = columns.map((column) => `${JSON.stringify(column)}:`);
  const text = (value: unknown, index: number) => (value === 0 ? "" : `${keys[index]}${JSON.stringify(value)}`);
  const isSaid = (part: string) => part !== "";
  return rows.map((row) => `{${row.map(text).filter(isSaid).join(",")}}`).sort();
}

interface Values {
  columns: string[];
  rows: unknown[][];
}

interface Place {
  options: DatabaseOptions;
  side: DataSourceOptions;
  /** The rows of a SELECT without the names of their columns. */
  values(source: DataSource, sql: string): Promise<Values>;
  /** Another one after each commit of another connection; null where the database knows none. */
  stamp(source: DataSource): Promise<unknown>;
  drop(raw: TestDatabase["raw"]): Promise<unknown>;
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
