import { RequestFault } from "../../domain/ground/request-fault.js";
import type { Stores } from "../stores/stores.js";

/** How long the work of a request may take, and whether somebody still waits for it. */
export interface TimeLimit {
  /** Milliseconds since 1970. */
  until: number;
  /** Comes at that time, and earlier when the client goes away. */
  signal: AbortSignal;
  /** What else the request may use is counted there; nothing is where its caller is looked up. */
  meter?: Meter;
}

/** Counts what a request uses. */
export interface Meter {
  /** It goes on; fails when it used too much. */
  check(): void;
  /** It goes on after it waited. */
  resume(): void;
}

const OVER = "The request took longer than allowed and was stopped. Ask for less at once, or try again later.";

/**
 * How long after its time a request may yet wait for the database: to stop a statement, to hear of a COMMIT, to read what a
 * stored change answers. The server waits for the answer a little longer (`http/edge/server.ts`).
 */
const LAST_MS = 4_000;
/** More no timer takes; where nobody has set a time it is infinite. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The time limit of a request in the database: no statement begins after it, and one that runs then is stopped. */
export class Deadline {
  private lifted = false;
  /** One for all of the request that fails, as that may be thousands of reads. */
  private fault?: RequestFault;
  /** Whoever is to hear that the time is over: thousands of statements may wait. */
  private readonly listening = new Set<(fault: RequestFault) => void>();

  constructor(
    private readonly limit: TimeLimit,
    private readonly lastMs = LAST_MS,
  ) {
    const onAbort = () => {
      if (!this.lifted) for (const tell of this.listening) tell(this.over);
    };
    limit.signal.addEventListener("abort", onAbort, { once: true });
  }

  /** Fails when the time is over or the request used too much. The clock is asked: where statements follow each other without a pause no timer can come. */
  check(): void {
    this.limit.meter?.check();
    if (!this.lifted && (this.limit.signal.aborted || Date.now() >= this.limit.until)) throw this.over;
  }

  private get over(): RequestFault {
    return (this.fault ??= new RequestFault("DEADLINE_EXCEEDED", undefined, OVER));
  }

  /** A change was stored: what it answers is told, even when that takes longer. */
  lift(): void {
    this.lifted = true;
  }

  /** Tells when the time is over; the function that is returned takes that back. */
  whenOver(tell: (fault: RequestFault) => void): () => void {
    this.listening.add(tell);
    return () => void this.listening.delete(tell);
  }

  /**
   * Runs a statement; `stop` ends it in the database when the time comes, and has done so when this fails. `cut` gives the
   * connection up, where even that takes too long or a statement behind a stored change does.
   */
  async during<T>(run: () => Promise<T>, stop: () => Promise<void>, cut: () => void): Promise<T> {
    this.check();
    let stopping: Promise<void> | undefined;
    const forget = this.whenOver(() => void (stopping ??= stop()));
    let isCut = false;
    try {
      const rows = await this.atLast(run, () => {
        isCut = true;
        cut();
      });
      this.limit.meter?.resume();
      return rows;
    } catch (error) {
      throw isCut ? new RequestFault("UNAVAILABLE", error) : error;
    } finally {
      forget();
      if (stopping) {
        await stopping;
        this.check();
      }
    }
  }

  /** Runs what the time itself does not end, a COMMIT or ROLLBACK; `cut` gives the connection up where the database does not answer. */
  async atLast<T>(run: () => Promise<T>, cut: () => void): Promise<T> {
    const ms = this.limit.until + this.lastMs - Date.now();
    const timer = ms <= LONGEST_TIMER_MS ? setTimeout(cut, Math.max(ms, 0)) : undefined;
    try {
      return await run();
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Work after which the time must not be over yet: what comes next is the commit. */
export function timed<T>(work: (stores: Stores) => Promise<T>, deadline?: Deadline): (stores: Stores) => Promise<T> {
  if (!deadline) return work;
  return async (stores) => {
    const result = await work(stores);
    deadline.check();
    return result;
  };
}
