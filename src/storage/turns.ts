import { RequestFault } from "../domain/request-fault.js";
import type { Deadline } from "./deadline.js";

/** Lets a number of works run at a time; a limited number more waits for its turn, for a limited time. Beyond: OVERLOADED. */
export class Turns {
  private taken = 0;
  private readonly queue = new Set<() => void>();

  constructor(
    private readonly atOnce: number,
    private readonly limits: { readonly waiting: number; readonly waitMs: number },
  ) {}

  get running(): number {
    return this.taken;
  }

  get waiting(): number {
    return this.queue.size;
  }

  /** `deadline`: that of the request for which it waits. */
  async run<T>(work: () => Promise<T>, deadline?: Deadline): Promise<T> {
    const leave = await this.enter(deadline);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Waits for a turn; it ends when the function that is returned is called, once. */
  async enter(deadline?: Deadline): Promise<() => void> {
    if (this.taken < this.atOnce) this.taken += 1;
    else await this.turn(deadline);
    return () => {
      const [next] = this.queue;
      if (next) next();
      else this.taken -= 1;
    };
  }

  private turn(deadline?: Deadline): Promise<void> {
    if (this.queue.size >= this.limits.waiting) throw new RequestFault("OVERLOADED", new Error(`${this.queue.size} wait already`));
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        forget?.();
        this.queue.delete(begin);
      };
      const begin = () => {
        leave();
        resolve();
      };
      const giveUp = (error: unknown) => {
        leave();
        reject(error as Error);
      };
      const timer = setTimeout(
        () => giveUp(new RequestFault("OVERLOADED", new Error(`no turn in ${this.limits.waitMs} ms`))),
        this.limits.waitMs,
      );
      const forget = deadline?.whenOver(giveUp);
      this.queue.add(begin);
    });
  }
}
