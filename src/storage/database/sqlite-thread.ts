import { Worker } from "node:worker_threads";
import { rowsOf } from "./row-maker.js";
import type { Row, Runner } from "./sql.js";

/** Room for what a thread has just made, in MB. What it has used once is let go of when it is full: statements above all, whose own memory V8 does not count. */
const YOUNG_MB = 4;

/** What the thread sends for a statement: rows in portions, or how many it changed, or why it failed. */
interface Answer {
  id: number;
  /** With the first portion. */
  columns?: string[];
  rows?: unknown[][];
  /** There are more rows; they come when they are asked for. */
  more?: boolean;
  affected?: number;
  error?: { code?: string; message: string };
  /** How long the thread worked for it. */
  ms: number;
}

interface Waiting {
  columns: string[];
  rows: Row[];
  ms: number;
  /** Hears how long the thread worked for the statement. */
  worked: (ms: number) => void;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * A connection to an embedded database in a thread of its own. SQLite answers without waiting: on the hub's own thread a long
 * statement, or the flush of a commit, would keep everybody else from their turn. Statements run in the order in which they
 * are sent. Rows come in portions, each asked for when the one before was read, so that others have their turn in between.
 */
export class SqliteThread implements Runner {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private lost: Error | null = null;
  private lastId = 0;

  constructor(
    options: { file: string; readonly: boolean; pragmas: readonly string[] },
    private readonly onStatement: (sql: string, values?: readonly unknown[]) => void,
  ) {
    this.worker = new Worker(new URL("./sqlite-thread.worker.mjs", import.meta.url), {
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    // It keeps the process alive only while somebody waits for it.
    this.worker.unref();
    this.worker.on("message", (answer: Answer) => this.hear(answer));
    this.worker.on("error", (error: Error & { code?: string }) => this.lose(error));
    this.ended = new Promise((resolve) =>
      this.worker.once("exit", () => {
        this.lose(new Error("it ended"));
        resolve();
      }),
    );
  }

  /** Whether the thread is gone; its transaction, if there was one, is undone then. */
  get isLost(): boolean {
    return this.lost !== null;
  }

  /** Statements that are not answered yet. */
  get load(): number {
    return this.waiting.size;
  }

  /** As TypeORM's: the rows, or with `structured` how many rows a change affected. */
  query(...[sql, values = [], , worked = () => undefined]: Parameters<Runner["query"]>): Promise<unknown> {
    this.onStatement(sql, values);
    if (this.lost) return Promise.reject(this.lost);
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      this.waiting.set(id, { columns: [], rows: [], ms: 0, worked, resolve, reject });
      if (this.waiting.size === 1) this.worker.ref();
      this.worker.postMessage({ id, sql, values });
    });
  }

  /** Waits no longer for what it does; the thread itself ends when SQLite returns. */
  giveUp(): void {
    this.lose(new Error("it did not answer in time"));
    void this.worker.terminate();
  }

  /** Ends the thread when the statements that were sent before are answered. */
  async close(): Promise<void> {
    this.worker.ref();
    this.worker.postMessage({ close: true });
    await this.ended;
  }

  private hear({ id, columns, rows, more, affected, error, ms }: Answer): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    waiting.ms += ms;
    if (columns) waiting.columns = columns;
    if (rows) for (const row of rowsOf(waiting.columns, rows)) waiting.rows.push(row);
    if (more) return this.worker.postMessage({ id });
    this.waiting.delete(id);
    waiting.worked(waiting.ms);
    if (this.waiting.size === 0) this.worker.unref();
    if (error) waiting.reject(Object.assign(new Error(error.message), { code: error.code }));
    else waiting.resolve(affected === undefined ? waiting.rows : { affected });
  }

  private lose(cause: Error & { code?: string }): void {
    // Whether what it was about to do is in the file nobody knows: as after a failed write (failure.ts).
    this.lost ??= Object.assign(new Error(`The thread of the database is gone: ${cause.message}`, { cause }), {
      code: "SQLITE_IOERR_THREAD",
    });
    for (const { reject } of this.waiting.values()) reject(this.lost);
    this.waiting.clear();
  }
}
