import { type Caller } from "../domain/caller.js";
import { type Day, dayInVietnam } from "../domain/day.js";
import { type Change, changeBy } from "../intake/change.js";
import type { Database } from "../storage/database.js";
import { RequestFault } from "../domain/request-fault.js";
import { Loaders } from "./loaders.js";

/** What every resolver of one request shares. */
export class GraphContext {
  readonly today: Day;
  loaders: Loaders;

  constructor(
    public database: Database,
    readonly caller: Caller,
    readonly now: Date,
  ) {
    this.today = dayInVietnam(now);
    this.loaders = this.fresh();
  }

  /** After a mutation nothing that was read before may answer: what it returns is read anew. `stored`: whether it changed anything. */
  renew(stored: boolean): void {
    if (stored) this.database = afterChange(this.database);
    this.loaders = this.fresh();
  }

  change(): Change {
    return changeBy(this.caller, this.now);
  }

  private fresh(): Loaders {
    return new Loaders(this.database, this.caller, this.today);
  }
}

/** What is read of a change when it has been made: that it cannot be read does not mean that nothing was stored. */
function afterChange(database: Database): Database {
  return {
    ...database,
    read: (work) =>
      database.read(work).catch((error: unknown) => {
        throw error instanceof RequestFault ? new RequestFault("OUTCOME_UNKNOWN", error.cause, UNREAD) : error;
      }),
  };
}

const UNREAD =
  "The change was decided, but what became of it could not be read: it may have been stored. Send the same change with the same idempotencyKey again: it answers what happened, and changes nothing twice.";
