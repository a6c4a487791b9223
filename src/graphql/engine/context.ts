import { type Caller } from "../../domain/ground/caller.js";
import { type Day, dayInVietnam } from "../../domain/ground/day.js";
import { type Change, changeBy } from "../../work/change.js";
import type { Database } from "../../storage/database/database.js";
import { RequestFault } from "../../domain/ground/request-fault.js";
import { type BranchSizes } from "../cost/branch-sizes.js";
import { type BranchWorks } from "../cost/branch-work.js";
import { type Decisions } from "./decisions.js";
import { Loaders } from "../loaders/loaders.js";
import { type Meter } from "./meter.js";

/** Who hears what each field of a mutation decided. */
export interface Hearer {
  decided(decisions: Decisions): void;
}

/** What every resolver of one request shares. */
export class GraphContext {
  readonly today: Day;
  loaders: Loaders;

  constructor(
    public database: Database,
    readonly caller: Caller,
    readonly now: Date,
    readonly decided: Hearer["decided"],
    /** What the request uses; its database asks it, too. */
    readonly meter: Meter,
    private readonly sizes: BranchSizes,
    /** Waits until few other long operations run; the turn ends when the function that is returned is called, once. */
    readonly longTurn: () => Promise<() => void>,
  ) {
    this.today = dayInVietnam(now);
    this.loaders = this.fresh();
  }

  /** After a mutation nothing that was read before may answer: what it returns is read anew. `stored`: whether it changed anything. */
  renew(stored: boolean): void {
    if (stored) {
      this.database = afterChange(this.database);
      this.meter.store();
    }
    this.loaders = this.fresh();
  }

  /** Units of the caller's branch. */
  branchSize(): Promise<number> {
    return this.sizes.of(this.caller.unitId, this.today, this.now, this.database);
  }

  /** Points that changes of whole branches come to. */
  branchPoints(works: BranchWorks): Promise<number> {
    return this.sizes.pointsOf(works, this);
  }

  change(): Change {
    return changeBy(this.caller, this.now);
  }

  private fresh(): Loaders {
    return new Loaders(this.database, this.caller, this.today);
  }
}

/** After a change that was stored no failure of the database, of a reading or of a further change, means that nothing was stored. */
function afterChange(database: Database): Database {
  const telling = (message: string) => (error: unknown) => {
    // A key that came with another change is known to have changed nothing.
    if (!(error instanceof RequestFault) || error.code === "IDEMPOTENCY_KEY_REUSED") throw error;
    throw new RequestFault("OUTCOME_UNKNOWN", error.cause, `${message} ${RESOLVED_BY_KEY}`);
  };
  return {
    ...database,
    read: (work) => database.read(work).catch(telling(UNREAD)),
    write: (work) => database.write(work).catch(telling(BEHIND)),
  };
}

const UNREAD = "The change was decided, but what became of it could not be read: it may have been stored.";
const BEHIND = "A change before this one in the same request was stored; this one failed.";
const RESOLVED_BY_KEY = "Send the same request with the same idempotencyKeys again: it answers what happened, and changes nothing twice.";
