import type { Database } from "../storage/database/database.js";
import type { Stores } from "../storage/stores/stores.js";
import { type Change, type Result } from "./change.js";
import { withEffects } from "./effects.js";
import { keyedChange, once, type Performed } from "./once.js";
import { type Instants } from "./stored-answer.js";
import { toldOf, type ToldOutcomes } from "./told.js";
import { answering, inUnitOfWork, Refused } from "./unit-of-work.js";

/** How a change is asked for. */
export interface Asked {
  /** What is asked for, in words that are the same whenever it is asked for again: its idempotency key stands for them. */
  words: unknown;
  idempotencyKey: string | null;
  /** Only tried: it answers the same, and nothing is changed. */
  dryRun: boolean;
  /** Whether it is told what it does to the figures, and which deadlines judge these. */
  effects: boolean;
  judging: boolean;
}

/** The answer to a change, result by result, as its caller may see it. */
export type Answer<T extends Result> = ToldOutcomes<T> & { replayed: boolean };

/**
 * Makes a change: one unit of work, exactly once for its key, and what the caller is told of it. `instants`: those that a result holds. Made
 * before under the same key, it is not made again, and tells what it came to then, whatever role the caller has now: nothing is
 * changed by it.
 */
export async function perform<T extends Result>(
  database: Pick<Database, "write">,
  { caller, now, today }: Pick<Change, "caller" | "now" | "today">,
  { words, idempotencyKey, dryRun, effects, judging }: Asked,
  instants: NoInfer<Instants<T>>,
  work: (stores: Stores) => Promise<T | readonly T[]>,
): Promise<Answer<T>> {
  const keyed = idempotencyKey === null ? null : keyedChange(caller, idempotencyKey, words);
  const withItsEffects = async (stores: Stores): Promise<Performed<T>> => {
    try {
      if (effects) return { ...(await withEffects(stores, { caller, today, judging }, work)), replayed: false };
      return { result: await work(stores), changes: null, replayed: false };
    } catch (thrown) {
      throw thrown instanceof Refused
        ? new Refused({ result: thrown.result, changes: effects ? [] : null, replayed: false } as Performed<T>)
        : thrown;
    }
  };
  return inUnitOfWork(database, dryRun, (stores) =>
    answering(
      // What is only tried leaves no key, and is tried whatever was done under it.
      () => (keyed && !dryRun ? once(stores, keyed, now, instants, () => withItsEffects(stores)) : withItsEffects(stores)),
      async ({ replayed, ...done }) => ({ ...(await toldOf(stores, { caller, today }, done)), replayed }),
    ),
  );
}
