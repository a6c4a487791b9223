import type { Socket } from "node:net";
import { type DataSource, QueryFailedError, type QueryRunner } from "typeorm";
import { letOthersIn } from "../../stretches.js";
import { rowsOf } from "./row-maker.js";
import type { Runner } from "./sql.js";

/** Bytes of answers that a connection is read for in one go: tens of thousands of figures, about ten milliseconds. */
const PIECE = 64 * 1024;
/** How long a ping may take. */
const PING_MS = 2_000;

/** What of mysql2's connection is used beside TypeORM. */
export interface Connection {
  readonly stream: Socket;
  readonly threadId: number;
  on(event: "error", hear: (error: Error) => void): void;
  query(
    sql: string | { sql: string; values: readonly unknown[]; rowsAsArray: true },
    done: (error: Error | null, rows: unknown, columns: readonly { name: string }[] | undefined) => void,
  ): void;
  destroy(): void;
}

/** A connection while it is lent. */
export type Lent = Runner & Pick<QueryRunner, "connect">;

/** How a new connection is set up: how long it may be silent, and what it is told. */
export interface SetUp {
  silenceMs: number;
  settings: readonly string[];
}

/** Sets every connection of the pool up, and lets go of those that die. Returns those that are open. */
export async function setUpConnections(source: DataSource, setUp: SetUp): Promise<Set<Connection>> {
  const open = new Set<Connection>();
  const { pool } = source.driver as unknown as { pool: { on(event: "connection", hear: (connection: Connection) => void): void } };
  pool.on("connection", (connection) => {
    open.add(connection);
    connection.stream.once("close", () => open.delete(connection));
    // What uses the connection is told; without a listener here the process would end.
    connection.on("error", () => {});
    // A network that swallows everything is noticed by nobody else.
    connection.stream.setTimeout(setUp.silenceMs, () => connection.stream.destroy());
    readInPieces(connection.stream);
    for (const setting of setUp.settings) connection.query(setting, (error) => void (error && connection.destroy()));
  });
  // The one that was made before anybody listened.
  const runner = source.createQueryRunner();
  const first = (await runner.connect()) as Connection;
  first.destroy();
  await runner.release();
  return open;
}

/**
 * Others have their turn between two pieces of an answer. An answer of megabytes stands there faster than the driver makes rows
 * of it, and of each connection up to two megabytes would be read in one turn of the event loop.
 */
export function readInPieces(stream: Socket): void {
  let read = 0;
  stream.on("data", ({ length }: Buffer) => {
    if ((read += length) < PIECE) return;
    read = 0;
    stream.pause();
    void letOthersIn().then(() => stream.resume());
  });
}

/** A lent connection, which reads rows as lists of values: the driver would fill objects by computed names. Changes go by TypeORM. */
export function readingByColumns(runner: QueryRunner, connection: Connection): Lent {
  const { logger } = runner.dataSource;
  const select = (sql: string, values: unknown[]) =>
    new Promise((resolve, reject) => {
      logger.logQuery(sql, values, runner);
      connection.query({ sql, values, rowsAsArray: true }, (error, rows, columns) => {
        if (error) reject(new QueryFailedError(sql, values, error));
        else
          resolve(
            columns
              ? rowsOf(
                  columns.map(({ name }) => name),
                  rows as unknown[][],
                )
              : rows,
          );
      });
    });
  return {
    connect: () => runner.connect(),
    query: async (sql, values = [], structured = false) => (structured ? runner.query(sql, values, structured) : select(sql, values)),
  };
}

/** What comes of something, or a failure when it takes too long. */
export function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error(`The database did not answer in ${ms / 1_000} s.`), { code: "ETIMEDOUT" })),
      ms,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Asks for an answer; a connection that gives none in time is cut. */
export async function ping(runner: Lent): Promise<void> {
  const { stream } = (await runner.connect()) as Connection;
  const timer = setTimeout(() => stream.destroy(), PING_MS);
  try {
    await runner.query("SELECT 1");
  } finally {
    clearTimeout(timer);
  }
}
