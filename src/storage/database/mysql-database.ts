import { DataSource, type DataSourceOptions } from "typeorm";
import { type Base, driftOf, type Limits, migrate, retrying } from "./connecting.js";
import type { Asked, Database } from "./database.js";
import { type Dialect, galera, mysql } from "./dialect.js";
import { type Deadline, timed } from "./deadline.js";
import { isDoneByAnother } from "./failure.js";
import { type Connection, inTime, type Lent, ping, readingByColumns, type SetUp, setUpConnections } from "./mysql-connections.js";
import { isCluster, proveAccount, serverType, stopStatement, warningsOf } from "./mysql-server.js";
import { type Runner, Sql } from "./sql.js";
import { type Stores, storesOn } from "../stores/stores.js";
import { inTransaction } from "./transaction.js";
import { Turns } from "./turns.js";

const CONNECTIONS = 20;
/** Units of work wait for each other's locks; readers find connections beside them. More gain nothing: see the bench. */
const WRITING_AT_ONCE = 16;
/** How long the server may take to let a connection in. */
const CONNECT_MS = 4_000;
/** How long it may take to answer the first questions. */
const OPEN_MS = 30_000;
/** How long a statement of a migration may take: it may copy a large table. */
const MIGRATION_SILENCE_MS = 30 * 60_000;
/** How long the connections may take to end in good order. */
const CLOSE_MS = 2_000;

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
  await inTime(source.initialize(), OPEN_MS);
  const setUp: SetUp = { silenceMs: MIGRATION_SILENCE_MS, settings: session(limits, mysql) };
  const open = await setUpConnections(source, setUp);
  const close = () => inTime(source.destroy(), CLOSE_MS).catch(() => open.forEach((connection) => connection.destroy()));
  await migrate(source, isDoneByAnother);
  await proveAccount(source).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const dialect = (await isCluster(source)) ? galera : mysql;
  Object.assign(setUp, { silenceMs: limits.silenceMs, settings: session(limits, dialect) });
  for (const connection of open) connection.destroy();

  const connections = new Turns(CONNECTIONS, limits);
  const writers = new Turns(WRITING_AT_ONCE, limits);
  let retries = 0;
  const trying = <T>(work: () => Promise<T>) => retrying(dialect, limits, () => (retries += 1), work);

  /** Lends a connection. One that broke is not given back. */
  const lend = async <T>(work: (runner: Lent, drop: () => void) => Promise<T>, deadline?: Deadline): Promise<T> => {
    deadline?.check();
    const runner = source.createQueryRunner();
    const connection = (await runner.connect()) as Connection;
    try {
      return await work(readingByColumns(runner, connection), () => connection.destroy());
    } catch (error) {
      if (dialect.failureOf(error) === "UNAVAILABLE") connection.destroy();
      throw error;
    } finally {
      await runner.release();
    }
  };
  const onConnection: typeof lend = (work, deadline) => connections.run(() => lend(work, deadline), deadline);
  /** The answer for all that ask at the same time: they never need more than the one connection. */
  let pinging: Promise<void> | null = null;
  /**
   * A connection whose statements end with the time of a request: the server is told to stop the one that runs; where it
   * cannot be told, the connection is cut.
   */
  const limited = (runner: Lent, deadline?: Deadline): Runner => {
    if (!deadline) return runner;
    return {
      check: () => deadline.check(),
      query: async (...statement) => {
        const { threadId, stream } = (await runner.connect()) as Connection;
        const cut = () => void stream.destroy();
        return deadline.during(
          () => runner.query(...statement),
          () => stopStatement(url, threadId).catch(cut),
          cut,
        );
      },
    };
  };
  /** A connection for COMMIT and ROLLBACK, which the time of a request does not end but the database not answering does. */
  const ending = (runner: Lent, deadline?: Deadline): Runner => {
    if (!deadline) return runner;
    return {
      query: async (...statement) => {
        const { stream } = (await runner.connect()) as Connection;
        return deadline.atLast(
          () => runner.query(...statement),
          () => stream.destroy(),
        );
      },
    };
  };
  // Each statement of a reader on whichever connection is free.
  const reading = ({ deadline, turns }: Asked): Runner => {
    const send: Runner["query"] = async (...statement) => {
      deadline?.check();
      return onConnection((runner) => limited(runner, deadline).query(...statement), deadline);
    };
    const check = () => deadline?.check();
    return { check, query: turns ? (...statement) => turns.run(() => send(...statement), deadline) : send };
  };

  return {
    dialect,
    read: (work, asked = {}) => trying(() => work(storesOn(new Sql(reading(asked), dialect, asked.heard)))),
    write: (work, { heard, deadline } = {}) =>
      trying(() =>
        writers.run(
          () =>
            onConnection(
              (runner, drop) =>
                inTransaction(ending(runner, deadline), dialect, ["START TRANSACTION"], (stores) => sealed(stores, timed(work, deadline)), {
                  ...{ drop, heard, limited: limited(runner, deadline) },
                }),
              deadline,
            ),
          deadline,
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
    close,
  };
}

async function sealed<T>(stores: Stores, work: (stores: Stores) => Promise<T>): Promise<T> {
  const result = await work(stores);
  await stores.gate.seal();
  return result;
}
