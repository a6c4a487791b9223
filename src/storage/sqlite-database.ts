import { closeSync, existsSync, openSync } from "node:fs";
import { DataSource, type DataSourceOptions } from "typeorm";
import { type Base, driftOf, type Limits, migrate, retrying } from "./connecting.js";
import type { Database } from "./database.js";
import { checked, timed } from "./deadline.js";
import { sqlite } from "./dialect.js";
import { leaveTrace, refuseToReplaceLost, watchFiles } from "./sqlite-files.js";
import { Sql } from "./sql.js";
import { storesOn } from "./stores.js";
import { inTransaction } from "./transaction.js";
import { Turns } from "./turns.js";

/**
 * SQLite has one writer: units of work queue for one connection. TypeORM would let two of them interleave on it, and a
 * rollback of one would undo the other. Readers have a connection of their own and see only what has been committed.
 */
export async function openSqlite(file: string, base: Base, limits: Limits): Promise<Database> {
  const pragmas = (database: { pragma(text: string): void }) => {
    database.pragma("busy_timeout = 5000");
    database.pragma("synchronous = FULL");
    database.pragma("cache_size = -65536");
  };
  refuseToReplaceLost(file);
  // SQLite would let everybody read it. The files beside it (-wal, -shm) get its mode.
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  const writer = await new DataSource({
    ...base,
    type: "better-sqlite3",
    database: file,
    enableWAL: true,
    prepareDatabase: pragmas,
  } as DataSourceOptions).initialize();
  await migrate(writer);
  leaveTrace(file);
  // SQLite would wait for another process without letting anybody else have a turn; units of work are tried again instead.
  await writer.query("PRAGMA busy_timeout = 50");
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
  const present = watchFiles(file);
  const writing = writer.createQueryRunner();
  const reading = reader.createQueryRunner();
  const writers = new Turns(1, limits);
  let retries = 0;
  const trying = <T>(work: () => Promise<T>) => retrying(sqlite, limits, () => (retries += 1), work);

  return {
    dialect: sqlite,
    read: (work, { heard, deadline } = {}) => trying(() => work(storesOn(new Sql(checked(reading, deadline), sqlite, heard)))),
    write: (work, { heard, deadline } = {}) =>
      writers.run(
        () =>
          othersFirst().then(() =>
            trying(async () => {
              present();
              const limited = checked(writing, deadline);
              const result = await inTransaction(writing, sqlite, ["BEGIN IMMEDIATE"], timed(work, deadline), { heard, limited });
              present("OUTCOME_UNKNOWN");
              return result;
            }),
          ),
        deadline,
      ),
    async snapshot(work) {
      const own = await openReader();
      try {
        return await inTransaction(own.createQueryRunner(), sqlite, ["BEGIN"], work);
      } finally {
        await own.destroy();
      }
    },
    async ping() {
      present();
      await reader.query("SELECT 1");
    },
    stats: () => ({ connections: writers.running, waiting: writers.waiting, retries }),
    warnings: async () => [],
    drift: () => driftOf(writer),
    async close() {
      // The last turn: after all that wait already.
      await writers.run(async () => {}).catch(() => undefined);
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** SQLite answers without waiting: a queue of writers would keep readers and sockets from their turn until it is empty. */
const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));
