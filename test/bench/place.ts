import { randomBytes } from "node:crypto";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import type { DatabaseOptions } from "../../src/storage/database/open-database.js";

/** A database made for one run, and a copy of it for the floor, so that neither is in the other's way. */
export interface Place {
  name: "SQLite" | "MariaDB";
  /** The settings that make the hub open it. */
  environment: Record<string, string>;
  hub: DatabaseOptions;
  floor: DatabaseOptions;
  /** Copies the hub's tables to the floor. Nobody may have them open. */
  copy(): Promise<void>;
  remove(): Promise<void>;
}

export async function sqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "tonghop-bench-"));
  const [hub, floor] = [join(folder, "tonghop.sqlite"), join(folder, "floor.sqlite")];
  return {
    name: "SQLite",
    environment: { TONGHOP_HOME: folder },
    hub: { type: "sqlite", file: hub },
    floor: { type: "sqlite", file: floor },
    copy: () => copyFile(hub, floor),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Two databases on a server; fails when it does not answer. */
export async function serverPlace(server: string): Promise<Place> {
  const hub = `tonghop_bench_${randomBytes(8).toString("hex")}`;
  const floor = `${hub}_floor`;
  const urlOf = (name: string) => Object.assign(new URL(server), { pathname: name }).href;
  const run = async (...statements: string[]) => {
    const connection = await createConnection({ uri: server, connectTimeout: 3_000 });
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  };
  await run(`CREATE DATABASE ${hub}`, `CREATE DATABASE ${floor}`);
  return {
    name: "MariaDB",
    environment: { DATABASE_URL: urlOf(hub) },
    hub: { type: "mysql", url: urlOf(hub) },
    floor: { type: "mysql", url: urlOf(floor) },
    async copy() {
      const connection = await createConnection(urlOf(hub));
      const [rows] = await connection.query("SHOW TABLES");
      await connection.end();
      const tables = (rows as object[]).map((row) => `\`${String(Object.values(row)[0])}\``);
      await run(
        ...tables.flatMap((table) => [
          `CREATE TABLE ${floor}.${table} LIKE ${hub}.${table}`,
          `INSERT INTO ${floor}.${table} SELECT * FROM ${hub}.${table}`,
        ]),
      );
    },
    remove: () => run(`DROP DATABASE IF EXISTS ${hub}`, `DROP DATABASE IF EXISTS ${floor}`),
  };
}
