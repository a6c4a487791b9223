import { performance } from "node:perf_hooks";

/** The processor time of one operation. */
export interface WorkTime {
  /** From now on the thread works for this operation. */
  work(): void;
  /** A thread of the embedded database worked for it, for so many milliseconds. */
  add(ms: number): void;
  /** Milliseconds of the hub's own thread so far. */
  used(): number;
  /** Milliseconds of all threads so far. */
  whole(): number;
}

/**
 * It is measured by turns. Whatever the hub's one thread does is done for the operation that was heard of last: it
 * says so when it begins and at each of its fields and statements. Waiting is nobody's. What other threads did for it is added.
 */
export class ThreadTime implements WorkTime {
  private static working: ThreadTime | null = null;
  private static since = now();
  private readonly began = now().processors;
  private busy = 0;
  private processors = 0;
  private elsewhere = 0;

  work(): void {
    if (ThreadTime.working === this) return;
    ThreadTime.settle();
    ThreadTime.working = this;
  }

  add(ms: number): void {
    this.elsewhere += ms;
  }

  /**
   * The thread also counts as busy while the machine does something else, and the processors also work on
   * statements and garbage: the smaller of both is the nearest to its own time.
   */
  used(): number {
    if (ThreadTime.working === this) ThreadTime.settle();
    return Math.min(this.busy, this.processors);
  }

  /** Other threads tell how long they took, pauses of the machine within; all together cannot be more than this process has had since. */
  whole(): number {
    return Math.min(this.used() + this.elsewhere, now().processors - this.began);
  }

  private static settle(): void {
    const { since, working } = ThreadTime;
    ThreadTime.since = now();
    if (!working) return;
    working.busy += ThreadTime.since.busy - since.busy;
    working.processors += ThreadTime.since.processors - since.processors;
  }
}

/** Milliseconds for which the thread has not waited, and which this process has had of all processors. */
function now(): { busy: number; processors: number } {
  const { user, system } = process.cpuUsage();
  return { busy: performance.eventLoopUtilization().active, processors: (user + system) / 1_000 };
}
