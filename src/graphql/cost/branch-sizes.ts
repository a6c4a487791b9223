import { type Caller } from "../../domain/ground/caller.js";
import { type Day } from "../../domain/ground/day.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { References } from "../../work/references.js";
import type { Database } from "../../storage/database/database.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type BranchWork, type BranchWorks, ofDirectives, type UnitWork } from "./branch-work.js";

/** How long a size is believed, in milliseconds; branches change slowly, and it is an estimate. */
const KEPT_MS = 10 * 60 * 1_000;
const MOST_KEPT = 1_000;

/** Who asks, and when. */
interface Asker {
  caller: Caller;
  today: Day;
  now: Date;
  database: Pick<Database, "read">;
}

/** How many units branches hold, counted now and then: what looks through a branch, or changes it, is priced by it. */
export class BranchSizes {
  private readonly today = new Kept<string | null, Promise<number>>();
  private readonly ever = new Kept<string, number>();

  /** Of the branch of a unit, or (null) of everything, as it stands on a day. */
  of(unitId: string | null, today: Day, now: Date, database: Pick<Database, "read">): Promise<number> {
    const before = this.today.get(unitId, now);
    if (before) return before;
    const size = database.read(({ unitReader }) => unitReader.count({ branch: unitId, on: today, today }));
    this.today.set(unitId, size, now);
    size.catch(() => this.today.forget(unitId));
    return size;
  }

  /**
   * Points that changes of whole branches come to: for each unit that ever stood there, as changes reach back. What the caller may
   * not see costs nothing, as nothing is done to it: nobody learns its size.
   */
  async pointsOf(works: BranchWorks, { caller, today, now, database }: Asker): Promise<number> {
    const asked = [...works.values()];
    const own = asked.some((work) => "unit" in work && work.unit === null) ? await this.of(caller.unitId, today, now, database) : 0;
    return database.read(async (stores) => {
      const all = [...asked.flatMap((work) => ("unit" in work ? [work] : [])), ...(await withdrawalsAmong(stores, asked))];
      const named = all.flatMap(({ unit }) => unit ?? []);
      const references = await References.find(stores, { caller, today }, named);
      const sizes = await this.everIn(
        stores,
        named.flatMap((unit) => references.id(unit) ?? []),
        now,
      );
      const years = all.some(({ yearly }) => yearly > 0) ? (await stores.schoolYears.all()).length : 0;
      const sizeOf = (unit: string | null) => (unit === null ? own : (sizes.get(references.id(unit) ?? "") ?? 0));
      return all.reduce((sum, { unit, once, yearly }) => sum + sizeOf(unit) * (once + yearly * years), 0);
    });
  }

  /** Units that ever stood in the branches of some. */
  private async everIn(stores: Stores, unitIds: readonly string[], now: Date): Promise<Map<string, number>> {
    const known = new Map(unitIds.map((id) => [id, this.ever.get(id, now)]));
    const unknown = [...known].flatMap(([id, size]) => (size === undefined ? [id] : []));
    const counted = await stores.units.branchSizes(unknown);
    // What is believed may be forgotten meanwhile.
    for (const [id, size] of counted) this.ever.set(id, size, now);
    return new Map([...known].map(([id, size]) => [id, size ?? counted.get(id) ?? 0]));
  }
}

/** What the withdrawal of directives does. */
async function withdrawalsAmong({ records }: Stores, asked: readonly BranchWork[]): Promise<UnitWork[]> {
  const ids = asked.flatMap((work) => ("directive" in work ? [work.directive] : []));
  const withdrawn = [...(await records.byIds(ids)).values()].filter(({ kind }) => kind === directive.key);
  return withdrawn.flatMap(({ unitId, content }) => ofDirectives([{ unit: unitId, settings: content.settings }]));
}

/** What is believed for a while. */
class Kept<K, V> {
  private readonly known = new Map<K, { value: V; until: number }>();

  get(key: K, now: Date): V | undefined {
    const found = this.known.get(key);
    return found && found.until > now.getTime() ? found.value : undefined;
  }

  set(key: K, value: V, now: Date): void {
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(key, { value, until: now.getTime() + KEPT_MS });
  }

  forget(key: K): void {
    this.known.delete(key);
  }
}
