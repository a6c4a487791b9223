import { type Caller } from "../domain/caller.js";
import { type Day, dayInVietnam } from "../domain/day.js";
import { type Change, changeBy } from "../intake/change.js";
import type { Database } from "../storage/database.js";
import { Loaders } from "./loaders.js";

/** What every resolver of one request shares. */
export class GraphContext {
  readonly today: Day;
  loaders: Loaders;

  constructor(
    readonly database: Database,
    readonly caller: Caller,
    readonly now: Date,
  ) {
    this.today = dayInVietnam(now);
    this.loaders = this.fresh();
  }

  /** After a mutation nothing that was read before may answer: what it returns is read anew. */
  renew(): void {
    this.loaders = this.fresh();
  }

  change(): Change {
    return changeBy(this.caller, this.now);
  }

  private fresh(): Loaders {
    return new Loaders(this.database, this.caller, this.today);
  }
}
