import { performance } from "node:perf_hooks";

/**
 * Processor time that one operation uses of the hub's one thread. Whatever the thread does is done for the operation that was
 * heard of last: it says so at each of its fields and statements. Waiting is nobody's.
 */
export class ThreadTime {
  private static working: ThreadTime | null = null;
  private static since = now();
  private busy = 0;
  private processors = 0;

  /** From now on the thread works for this operation. */
  work(): void {
    if (ThreadTime.working === this) return;
    ThreadTime.settle();
    ThreadTime.working = this;
  }

  /**
   * Milliseconds so far. The thread also counts as busy while the machine does something else, and the processors also work on
   * statements and garbage: the smaller of both is the nearest to its own time.
   */
  used(): number {
    if (ThreadTime.working === this) ThreadTime.settle();
    return Math.min(this.busy, this.processors);
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
