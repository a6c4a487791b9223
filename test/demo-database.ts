import { copyFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { type Config, readConfig } from "../src/config.js";
import { openHub } from "../src/hub.js";
import { newPlace } from "./database.js";
import { noon, TODAY } from "./desk.js";
import { type DatabaseOptions } from "../src/storage/database/open-database.js";

/** Fills a place with the demonstration. It is loaded once in a run of the tests, by whoever asks first, and then copied. */
export async function fillWithDemo(empty: DatabaseOptions): Promise<void> {
  await copy(await demonstration(), empty);
}

async function demonstration(): Promise<DatabaseOptions> {
  const run = process.env.TONGHOP_TEST_RUN!;
  const answer = join(run, "loaded.json");
  const isFirst = await mkdir(join(run, "claimed")).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const written = await load(run).catch((error: unknown) => ({ failed: String(error) }));
    await writeFile(`${answer}.new`, JSON.stringify(written));
    await rename(`${answer}.new`, answer);
  }
  for (;;) {
    const text = await readFile(answer, "utf8").catch(() => null);
    if (text === null) await new Promise((resolve) => setTimeout(resolve, 50));
    else {
      const found = JSON.parse(text) as DatabaseOptions & { failed?: string };
      if (found.failed) throw new Error(`the demonstration could not be loaded: ${found.failed}`);
      return found;
    }
  }
}

async function load(folder: string): Promise<DatabaseOptions> {
  const { options } = await newPlace(folder);
  const given = readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" }) as Config;
  const hub = await openHub({ ...given, database: options as Config["database"], seed: "demo" }, () => noon(TODAY));
  await hub.close();
  return options;
}

async function copy(from: DatabaseOptions, to: DatabaseOptions): Promise<void> {
  if (from.type === "sqlite" && to.type === "sqlite") return copyFile(from.file, to.file);
  if (from.type !== "mysql" || to.type !== "mysql") throw new Error("the demonstration is on another kind of database");
  const source = new URL(from.url).pathname.slice(1);
  const connection = await createConnection(to.url);
  const [tables] = await connection.query<never[]>({ sql: `SHOW TABLES FROM ${source}`, rowsAsArray: true });
  for (const [table] of tables as string[][]) {
    await connection.query(`CREATE TABLE \`${table}\` LIKE ${source}.\`${table}\``);
    await connection.query(`INSERT INTO \`${table}\` SELECT * FROM ${source}.\`${table}\``);
  }
  await connection.end();
}
