import { closeSync, existsSync, openSync } from "node:fs";
import { DataSource, type DataSourceOptions } from "typeorm";
import { type Base, driftOf, type Limits, migrate, retrying } from "./connecting.js";
import type { Asked, Database, OnStatement } from "./database.js";
import { type Deadline, timed } from "./deadline.js";
import { sqlite } from "./dialect.js";
import { leaveTrace, refuseToReplaceLost, watchFiles } from "./sqlite-files.js";
import { type Runner, Sql } from "./sql.js";
import { SqliteThread } from "./sqlite-thread.js";
import { storesOn } from "../stores/stores.js";
import { inTransaction } from "./transaction.js";
import { Turns } from "./turns.js";

/** Connections for reading: a short statement passes by a long one, and the hub's own thread has a core beside them. */
const READERS = 2;
const PRAGMAS = ["synchronous = FULL", "cache_size = -32768", "foreign_keys = ON"];
/** SQLite would wait for another process without letting anybody else have a turn; units of work are tried again instead. */
const WRITER_PRAGMAS = [...PRAGMAS, "busy_timeout = 50"];
const PATIENT_PRAGMAS = [...PRAGMAS, "busy_timeout = 5000"];

/**
 * SQLite has one writer: units of work queue for one connection. TypeORM would let two of them interleave on it, and a
 * rollback of one would undo the other. Readers have connections of their own and see only what has been committed. Each
 * connection is in a thread; one whose thread is gone is opened anew, for the next unit of work and not within one.
 */
export async function openSqlite(file: string, base: Base, limits: Limits, onStatement: OnStatement): Promise<Database> {
  refuseToReplaceLost(file);
  // SQLite would let everybody read it. The files beside it (-wal, -shm) get its mode.
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  const prepareDatabase = (database: { pragma(text: string): void }) => PATIENT_PRAGMAS.forEach((pragma) => database.pragma(pragma));
  const options = { ...base, type: "better-sqlite3", database: file, enableWAL: true, prepareDatabase } as DataSourceOptions;
  const source = () => new DataSource(options).initialize();
  const migrating = await source();
  await migrate(migrating);
  await migrating.destroy();
  leaveTrace(file);

  const openWriter = () => new SqliteThread({ file, readonly: false, pragmas: WRITER_PRAGMAS }, onStatement);
  const openReader = () => new SqliteThread({ file, readonly: true, pragmas: PATIENT_PRAGMAS }, onStatement);
  let writer = openWriter();
  const readers = Array.from({ length: READERS }, openReader);
  /** The reader that has the least to do. */
  const reader = (): SqliteThread => {
    for (const [index, { isLost }] of readers.entries()) if (isLost) readers[index] = openReader();
    return readers.reduce((least, other) => (other.load < least.load ? other : least));
  };
  const reading = ({ deadline, turns }: Asked): Runner => {
    const send: Runner["query"] = (...statement) => limited(reader(), deadline).query(...statement);
    const check = () => deadline?.check();
    return { check, query: turns ? (...statement) => turns.run(() => send(...statement), deadline) : send };
  };
  /** The writer last: whoever is alone with the file moves into it what stands beside, which readers may not. */
  const close = async () => {
    await Promise.all(readers.map((thread) => thread.close()));
    await writer.close();
  };
  // What keeps a thread from reading the file is told now.
  await Promise.all([writer, ...readers].map((thread) => thread.query("PRAGMA schema_version"))).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const present = watchFiles(file);
  const writers = new Turns(1, limits);
  let retries = 0;
  const trying = <T>(work: () => Promise<T>) => retrying(sqlite, limits, () => (retries += 1), work);

  return {
    dialect: sqlite,
    read: (work, asked = {}) => trying(() => work(storesOn(new Sql(reading(asked), sqlite, asked.heard)))),
    write: (work, { heard, deadline } = {}) =>
      writers.run(
        () =>
          trying(async () => {
            present();
            if (writer.isLost) writer = openWriter();
            const how = { heard, limited: limited(writer, deadline) };
            const result = await inTransaction(ending(writer, deadline), sqlite, ["BEGIN IMMEDIATE"], timed(work, deadline), how);
            present("OUTCOME_UNKNOWN");
            return result;
          }),
        deadline,
      ),
    async snapshot(work) {
      const own = openReader();
      try {
        return await inTransaction(own, sqlite, ["BEGIN"], work);
      } finally {
        await own.close();
      }
    },
    async ping() {
      present();
      await reader().query("SELECT 1");
    },
    stats: () => ({ connections: writers.running, waiting: writers.waiting, retries }),
    warnings: async () => [],
    async drift() {
      const own = await source();
      return driftOf(own).finally(() => own.destroy());
    },
    async close() {
      // The last turn: after all that wait already.
      await writers.run(async () => {}).catch(() => undefined);
      await close();
    },
  };
}

/**
 * A connection whose statements end with the time of a request. SQLite cannot be told to stop one: its end is waited for, and
 * where that takes too long the thread is given up.
 */
function limited(thread: SqliteThread, deadline: Deadline | undefined): Runner {
  if (!deadline) return thread;
  return {
    check: () => deadline.check(),
    query: (...statement) =>
      deadline.during(
        () => thread.query(...statement),
        () => Promise.resolve(),
        () => thread.giveUp(),
      ),
  };
}

/** A connection for COMMIT and ROLLBACK, which the time of a request does not end but a disk that does not answer does. */
function ending(thread: SqliteThread, deadline: Deadline | undefined): Runner {
  if (!deadline) return thread;
  return {
    query: (...statement) =>
      deadline.atLast(
        () => thread.query(...statement),
        () => thread.giveUp(),
      ),
  };
}
