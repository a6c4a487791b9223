import type { Deadline } from "./deadline.js";
import type { Dialect } from "./dialect.js";
import type { Heard } from "./sql.js";
import type { Stores } from "../stores/stores.js";
import type { Turns } from "./turns.js";

/** Works that have a connection, works that wait for one, and how often work was tried again since the start. */
export interface DatabaseStats {
  connections: number;
  waiting: number;
  retries: number;
}

/**
 * The request for which something is read or changed: what hears of each statement, when its time is over, and how many
 * connections it takes at a time.
 */
export interface Asked {
  heard?: Heard;
  deadline?: Deadline;
  turns?: Turns;
}

/**
 * The hub's database. All writes go through `write`, one unit of work each; reads see only what has been committed. What
 * fails because of the database fails with a RequestFault: UNAVAILABLE, OVERLOADED, READ_ONLY or OUTCOME_UNKNOWN.
 */
export interface Database {
  readonly dialect: Dialect;
  /** Runs reads on a connection that cannot see unfinished work. */
  read<T>(work: (stores: Stores) => Promise<T>, asked?: Asked): Promise<T>;
  /**
   * Runs a unit of work in one transaction; the whole of it is tried again after a deadlock or on a broken connection.
   * Throwing rolls it back, and so does the deadline, until the commit begins.
   */
  write<T>(work: (stores: Stores) => Promise<T>, asked?: Asked): Promise<T>;
  /** Runs reads that all see the database as it is at the first of them, and hinder no writer: for an audit. */
  snapshot<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Fails when the database does not answer. */
  ping(): Promise<void>;
  stats(): DatabaseStats;
  /** What is set so that the database may lose changes: sentences for whoever runs it. */
  warnings(): Promise<string[]>;
  close(): Promise<void>;
  /** SQL that would make the tables what the code says; empty when they are. */
  drift(): Promise<string[]>;
}

/** What hears every statement, for tests and benchmarks. */
export type OnStatement = (sql: string, values?: readonly unknown[]) => void;
