import type { Socket } from "node:net";
import { DataSource, type DataSourceOptions, type QueryRunner } from "typeorm";
import { type Base, driftOf, type Limits, migrate, retrying } from "./connecting.js";
import type { Asked, Database } from "./database.js";
import { type Dialect, galera, mysql } from "./dialect.js";
import { type Deadline, timed } from "./deadline.js";
import { isDoneByAnother } from "./failure.js";
import { isCluster, proveAccount, serverType, stopStatement, warningsOf } from "./mysql-server.js";
import { type Runner, Sql } from "./sql.js";
import { type Stores, storesOn } from "./stores.js";
import { inTransaction } from "./transaction.js";
import { Turns } from "./turns.js";

const CONNECTIONS = 20;
/** Units of work wait for each other's locks; readers find connections beside them. More gain nothing: see the bench. */
const WRITING_AT_ONCE = 16;
/** How long the server may take to let a connection in. */
const CONNECT_MS = 5_000;
/** How long a ping may take. */
const PING_MS = 2_000;

/** What of mysql2's connection is used beside TypeORM. */
interface Connection {
  readonly stream: Socket;
  readonly threadId: number;
  on(event: "error", hear: (error: Error) => void): void;
  query(sql: string, done: (error: Error | null) => void): void;
  destroy(): void;
}

/** How every connection is set up, once. */
const session = ({ lockSeconds }: Limits, dialect: Dialect): string[] => [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
  `SET SESSION innodb_lock_wait_timeout = ${lockSeconds}, lock_wait_timeout = ${lockSeconds}`,
  // On Galera a node would otherwise answer with what was before a change that another node has acknowledged.
  ...(dialect.isCluster ? ["SET SESSION wsrep_sync_wait = 1"] : []),
];

/** A MySQL or MariaDB server: units of work and reads share a pool of connections. */
export async function openMysql(url: string, base: Base, limits: Limits): Promise<Database> {
  const source = new DataSource({
    ...base,
    type: await serverType(url),
    url,
    charset: "utf8mb4",
    timezone: "Z",
    // One more, so that /readyz hears of the database also when all others are in use.
    poolSize: CONNECTIONS + 1,
    connectTimeout: CONNECT_MS,
    // Without `trace` an error of the driver has no stack of its own; TypeORM's, which wraps it, does. Taking one for each statement is dear.
    // `disableEval`: the driver would write a function for each list of columns; with two hundred columns V8 spends minutes on optimising it.
    extra: { enableKeepAlive: true, trace: false, disableEval: true },
  } as DataSourceOptions);
  await source.initialize();
  await migrate(source, isDoneByAnother);
  await proveAccount(source).catch(async (error: unknown) => {
    await source.destroy();
    throw error;
  });
  const dialect = (await isCluster(source)) ? galera : mysql;
  await setUpConnections(source, limits, session(limits, dialect));

  const connections = new Turns(CONNECTIONS, limits);
  const writers = new Turns(WRITING_AT_ONCE, limits);
  let retries = 0;
  const trying = <T>(work: () => Promise<T>) => retrying(dialect, limits, () => (retries += 1), work);

  /** Lends a connection. One that broke is not given back. */
  const lend = async <T>(work: (runner: QueryRunner, drop: () => void) => Promise<T>): Promise<T> => {
    const runner = source.createQueryRunner();
    const connection = (await runner.connect()) as Connection;
    try {
      return await work(runner, () => connection.destroy());
    } catch (error) {
      if (dialect.failureOf(error) === "UNAVAILABLE") connection.destroy();
      throw error;
    } finally {
      await runner.release();
    }
  };
  const onConnection: typeof lend = (work) => connections.run(() => lend(work));
  /** The answer for all that ask at the same time: they never need more than the one connection. */
  let pinging: Promise<void> | null = null;
  /**
   * A connection whose statements end with the time of a request: the server is told to stop the one that runs; where it
   * cannot be told, the connection is cut.
   */
  const limited = (runner: Runner & Pick<QueryRunner, "connect">, deadline?: Deadline): Runner => {
    if (!deadline) return runner;
    return {
      query: async (...statement) => {
        const { threadId, stream } = (await runner.connect()) as Connection;
        return deadline.during(
          () => runner.query(...statement),
          () => stopStatement(url, threadId).catch(() => void stream.destroy()),
        );
      },
    };
  };
  // Each statement of a reader on whichever connection is free.
  const reading = ({ deadline, turns }: Asked): Runner => {
    const send: Runner["query"] = async (...statement) => {
      deadline?.check();
      return onConnection((runner) => limited(runner, deadline).query(...statement));
    };
    return turns ? { query: (...statement) => turns.run(() => send(...statement)) } : { query: send };
  };

  return {
    dialect,
    read: (work, asked = {}) => trying(() => work(storesOn(new Sql(reading(asked), dialect, asked.heard)))),
    write: (work, { heard, deadline } = {}) =>
      trying(() =>
        writers.run(() =>
          onConnection((runner, drop) =>
            inTransaction(runner, dialect, ["START TRANSACTION"], (stores) => sealed(stores, timed(work, deadline)), {
              ...{ drop, heard, limited: limited(runner, deadline) },
            }),
          ),
        ),
      ),
    snapshot: (work) =>
      trying(() =>
        onConnection((runner, drop) =>
          inTransaction(runner, dialect, ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION"], work, { drop }),
        ),
      ),
    ping: () => (pinging ??= lend(ping).finally(() => (pinging = null))),
    stats: () => ({ connections: connections.running, waiting: connections.waiting + writers.waiting, retries }),
    warnings: () => warningsOf(source),
    drift: () => driftOf(source),
    close: () => source.destroy(),
  };
}

async function sealed<T>(stores: Stores, work: (stores: Stores) => Promise<T>): Promise<T> {
  const result = await work(stores);
  await stores.gate.seal();
  return result;
}

/** Sets every connection of the pool up, and lets go of those that die. */
async function setUpConnections(source: DataSource, limits: Limits, settings: readonly string[]): Promise<void> {
  const { pool } = source.driver as unknown as { pool: { on(event: "connection", hear: (connection: Connection) => void): void } };
  pool.on("connection", (connection) => {
    // What uses the connection is told; without a listener here the process would end.
    connection.on("error", () => {});
    // A network that swallows everything is noticed by nobody else.
    connection.stream.setTimeout(limits.silenceMs, () => connection.stream.destroy());
    for (const setting of settings) connection.query(setting, (error) => void (error && connection.destroy()));
  });
  // The one that was made before anybody listened.
  const runner = source.createQueryRunner();
  const first = (await runner.connect()) as Connection;
  first.destroy();
  await runner.release();
}

/** Asks for an answer; a connection that gives none in time is cut. */
async function ping(runner: QueryRunner): Promise<void> {
  const { stream } = (await runner.connect()) as Connection;
  const timer = setTimeout(() => stream.destroy(), PING_MS);
  try {
    await runner.query("SELECT 1");
  } finally {
    clearTimeout(timer);
  }
}
