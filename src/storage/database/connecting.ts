import { type DataSource, type DataSourceOptions, MigrationExecutor } from "typeorm";
import { RequestFault } from "../../domain/ground/request-fault.js";
import type { Dialect } from "./dialect.js";
import { fitMeasureColumns } from "./measure-columns.js";

/** What both databases are opened with. */
export type Base = Pick<DataSourceOptions, "entities" | "migrations" | "migrationsTransactionMode" | "logger" | "logging">;

/** How much may wait, and for how long. */
export const LIMITS = {
  /** Works that wait for a connection: half a second of small changes. */
  waiting: 500,
  /** How long they wait. */
  waitMs: 20_000,
  /** How long a statement waits for what others have locked: a batch of thousands of rows takes some ten seconds. */
  lockSeconds: 20,
  /** For how long a unit of work is begun again when others were in its way. */
  conflictMs: 40_000,
  /** How long a connection may be silent; then it is taken for dead. */
  silenceMs: 120_000,
};
export type Limits = typeof LIMITS;

/** How often work is tried on another connection when one broke. */
const CONNECTIONS_TRIED = 3;

/**
 * Runs a unit of work, and the whole of it again when others were in its way or its connection broke before it could be
 * committed. What then still fails for a reason of the database is told as a RequestFault.
 */
export async function retrying<T>(dialect: Dialect, { conflictMs }: Limits, onRetry: () => void, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + conflictMs;
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (error instanceof RequestFault) throw error;
      const failure = dialect.failureOf(error);
      if (failure === null) throw error;
      if (failure === "READ_ONLY") throw new RequestFault(failure, error);
      const late = performance.now() > end;
      if (failure === "UNAVAILABLE" && (late || attempt >= CONNECTIONS_TRIED)) throw new RequestFault(failure, error);
      if (late) throw new RequestFault("OVERLOADED", error, "Others are changing the same units; nothing was stored. Try again later.");
      onRetry();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** Math.min(attempt, 7)));
    }
}

/** How often a start that meets others goes on from what they have made. */
const STARTS_TRIED = 20;

/**
 * Makes the tables what the code says. On SQLite a start that is broken off leaves them as they were; on MySQL the next one
 * goes on, and so does this one where another hub that starts at the same time was first (`isDoneByAnother`).
 */
export async function migrate(source: DataSource, isDoneByAnother: (error: unknown) => boolean = () => false): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await refuseNewer(source);
      await source.runMigrations();
      await source.transaction(async ({ queryRunner }) => {
        if (queryRunner) await fitMeasureColumns(queryRunner);
      });
      return;
    } catch (error) {
      if (attempt >= STARTS_TRIED || !isDoneByAnother(error)) {
        await source.destroy();
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400));
    }
}

/** A newer version may have changed what this one would misread. */
async function refuseNewer(source: DataSource): Promise<void> {
  const executed = await new MigrationExecutor(source).getExecutedMigrations();
  const unknown = executed.map(({ name }) => name).filter((name) => !source.migrations.some((known) => known.name === name));
  if (unknown.length > 0)
    throw new Error(
      `The database was made by a newer version of the hub (its tables have ${unknown.join(", ")}); start that version, or restore a backup from before the upgrade.`,
    );
}

/** SQL that would make the tables what the code says. */
export async function driftOf(source: DataSource): Promise<string[]> {
  const changes = await source.driver.createSchemaBuilder().log();
  return changes.upQueries.map(({ query }) => query);
}
