import { DataSource } from "typeorm";
import { type Database } from "../src/storage/database/database.js";
import { tables } from "../src/storage/tables/tables.js";
import { type DatabaseOptions, openDatabase } from "../src/storage/database/open-database.js";
import { newPlace, type Values } from "./place.js";
import { type Fill, withTables } from "./prepared.js";

export { isOnServer } from "./place.js";

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

const tableNames = tables.map(({ options }) => options.name).filter((name) => name !== "gate");

/** A fresh database. `onStatement` hears every statement of the hub; `fill` puts something there before. */
export async function openTestDatabase(onStatement?: Parameters<typeof openDatabase>[1], fill?: Fill): Promise<TestDatabase> {
  const place = await openTestPlace(fill);
  const database = await place.again(onStatement);
  const close = async () => {
    await database.close();
    await place.close();
  };
  return { ...database, ...place, close };
}

/** A place for whoever opens a hub there: it opens the database itself. `fill` puts something there before. */
export async function openTestPlace(fill: Fill = withTables): Promise<TestPlace> {
  const { options, side, drop, values, stamp } = await newPlace();
  await fill(options);
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
