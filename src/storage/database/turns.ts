import { RequestFault } from "../../domain/ground/request-fault.js";
import type { Deadline } from "./deadline.js";

/**
 * Lets a number of works run at a time; a limited number more waits for its turn, for a limited time. Beyond: OVERLOADED. Where works have
 * owners each owner waits in a row of his own, and the rows take turns: nobody waits for all that another one has sent.
 */
export class Turns {
  private taken = 0;
  /** By owner, whose turn comes next first; none is empty. */
  private readonly rows = new Map<string, Set<() => void>>();

  constructor(
    private readonly atOnce: number,
    /** `waiting`: works that wait, of all owners; `waitingOfOwner`: of one, as many unless given. */
    private readonly limits: { readonly waiting: number; readonly waitingOfOwner?: number; readonly waitMs: number },
  ) {}

  get running(): number {
    return this.taken;
  }

  get waiting(): number {
    return [...this.rows.values()].reduce((sum, { size }) => sum + size, 0);
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
  async enter(deadline?: Deadline, owner = ""): Promise<() => void> {
    if (this.taken < this.atOnce) this.taken += 1;
    else await this.turn(deadline, owner);
    return () => {
      const [row] = this.rows.values();
      const [next] = row ?? [];
      if (next) next();
      else this.taken -= 1;
    };
  }

  private turn(deadline: Deadline | undefined, owner: string): Promise<void> {
    const row = this.rows.get(owner) ?? new Set();
    const { waiting, waitingOfOwner = waiting } = this.limits;
    if (row.size >= waitingOfOwner || this.waiting >= waiting)
      throw new RequestFault("OVERLOADED", new Error(`${this.waiting} wait already, ${row.size} of this owner`));
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        forget?.();
        row.delete(begin);
        if (row.size === 0) this.rows.delete(owner);
      };
      const begin = () => {
        leave();
        // The other owners come before his next one.
        if (this.rows.delete(owner)) this.rows.set(owner, row);
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
      this.rows.set(owner, row.add(begin));
    });
  }
}
