import { letOthersIn } from "../../stretches.js";
import type { Database } from "./database.js";
import type { Heard } from "./sql.js";
import { Turns } from "./turns.js";
import { Deadline, type TimeLimit } from "./deadline.js";

/** How many statements of a request run at a time. A page of lists asks for thousands; they may not fill everybody's queue. */
const READING_AT_ONCE = 8;
/** What waits behind them ends with the request's time, when those that run are stopped. More no timer takes. */
const ITS_OWN_QUEUE = { waiting: Infinity, waitMs: 2 ** 31 - 1 };

/** The database as a request sees it: `heard` hears of its statements, and all its reads and changes end with its time. */
export function askedBy(database: Database, heard: Heard, limit: TimeLimit, lastMs?: number): Database {
  const deadline = new Deadline(limit, lastMs);
  const turns = new Turns(READING_AT_ONCE, ITS_OWN_QUEUE);
  return {
    ...database,
    read: (work) => database.read(work, { heard, deadline, turns }).catch(inItsTurn),
    async write(work) {
      // Each change has the limit, also one that follows another whose answer is told without.
      const result = await database.write(work, { heard, deadline: new Deadline(limit, lastMs) });
      deadline.lift();
      return result;
    },
  };
}

/** Where the time of a request ends, thousands of its reads fail at once, and each has its field fail. */
async function inItsTurn(error: unknown): Promise<never> {
  await letOthersIn();
  throw error;
}
