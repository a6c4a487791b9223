import { type Day } from "../domain/day.js";
import type { Database } from "../storage/database.js";

/** How long a size is believed, in milliseconds; branches change slowly, and it is an estimate. */
const KEPT_MS = 10 * 60 * 1_000;
const MOST_KEPT = 1_000;

/** How many units the branches of callers hold, counted now and then: what looks through a branch is priced by it. */
export class BranchSizes {
  private readonly kept = new Map<string | null, { size: Promise<number>; until: number }>();

  /** Of the branch of a unit, or (null) of everything, as it stands on a day. */
  of(unitId: string | null, today: Day, now: Date, database: Pick<Database, "read">): Promise<number> {
    const before = this.kept.get(unitId);
    if (before && before.until > now.getTime()) return before.size;
    const size = database.read(({ unitReader }) => unitReader.count({ branch: unitId, on: today, today }));
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(unitId, { size, until: now.getTime() + KEPT_MS });
    size.catch(() => this.kept.delete(unitId));
    return size;
  }
}
