import { access, copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { type Config, readConfig } from "../src/config.js";
import { openHub } from "../src/hub.js";
import { type DatabaseOptions, openDatabase } from "../src/storage/database/open-database.js";
import { noon, TODAY } from "./desk.js";
import { newPlace } from "./place.js";
import { until } from "./until.js";

/** What puts something into a new place. */
export type Fill = (place: DatabaseOptions) => Promise<void>;
type Contents = "tables" | "demo";

/**
 * The tables of a new hub, or the demonstration, too. Each is made once in a run of the tests, by whoever asks first, and then copied: migrations would
 * take a quarter of a second each time.
 */
export const withTables: Fill = async (place) => copy(await prepared("tables"), place);
export const withDemo: Fill = async (place) => copy(await prepared("demo"), place);

async function prepared(contents: Contents): Promise<DatabaseOptions> {
  const folder = join(process.env.TONGHOP_TEST_RUN!, contents);
  const answer = join(folder, "made.json");
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const made = await make(contents, folder).catch((error: unknown) => ({ failed: String(error) }));
    await writeFile(`${answer}.new`, JSON.stringify(made));
    await rename(`${answer}.new`, answer);
  }
  await until(`a database with ${contents} is made`, () => access(answer).then(() => true));
  const found = JSON.parse(await readFile(answer, "utf8")) as DatabaseOptions & { failed?: string };
  if (found.failed) throw new Error(`a database with ${contents} could not be made: ${found.failed}`);
  return found;
}

async function make(contents: Contents, folder: string): Promise<DatabaseOptions> {
  const { options } = await newPlace(folder);
  const given = readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" }) as Config;
  if (contents === "tables") await (await openDatabase(options)).close();
  else await (await openHub({ ...given, database: options as Config["database"], seed: contents }, () => noon(TODAY))).close();
  return options;
}

async function copy(from: DatabaseOptions, to: DatabaseOptions): Promise<void> {
  if (from.type === "sqlite" && to.type === "sqlite") return copyFile(from.file, to.file);
  if (from.type !== "mysql" || to.type !== "mysql") throw new Error("they are on different kinds of databases");
  const source = new URL(from.url).pathname.slice(1);
  const connection = await createConnection({ uri: to.url, multipleStatements: true });
  const [tables] = await connection.query<never[]>({ sql: `SHOW TABLES FROM ${source}`, rowsAsArray: true });
  const copied = (table: string) =>
    `CREATE TABLE \`${table}\` LIKE ${source}.\`${table}\`; INSERT INTO \`${table}\` SELECT * FROM ${source}.\`${table}\``;
  await connection.query(tables.flat().map(copied).join("; "));
  await connection.end();
}
