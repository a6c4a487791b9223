import type { Database } from "../storage/database/database.js";
import type { Stores } from "../storage/stores/stores.js";

class Undone<T> {
  constructor(readonly result: T) {}
}

/** Thrown where what a change did turns out to be refused: all of it is undone, and it answers this. */
export class Refused {
  constructor(readonly result: unknown) {}
}

/** What some work comes to, made into an answer; also where all of it is undone. */
export async function answering<T, A>(work: () => Promise<T>, answer: (result: T) => A | Promise<A>): Promise<A> {
  let result: T;
  try {
    result = await work();
  } catch (thrown) {
    throw thrown instanceof Refused ? new Refused(await answer(thrown.result as T)) : thrown;
  }
  return answer(result);
}

/** One unit of work. A dry run does all of it, answers the same and then undoes it. */
export async function inUnitOfWork<T>(
  database: Pick<Database, "write">,
  dryRun: boolean,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  try {
    return await database.write(async (stores) => {
      const result = await work(stores);
      if (dryRun) throw new Undone(result);
      return result;
    });
  } catch (thrown) {
    if (thrown instanceof Undone || thrown instanceof Refused) return thrown.result as T;
    throw thrown;
  }
}
