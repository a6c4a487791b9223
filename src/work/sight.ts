import { type Caller, inBranch } from "../domain/ground/caller.js";
import { type VintageRow } from "../domain/analysis/vintage.js";
import { directive } from "../domain/records/kinds/directive.js";
import { type StoredRecord } from "../domain/records/record.js";
import { subjectsOf } from "../domain/records/subjects.js";
import { type UnitView } from "../domain/tree/unit-view.js";
import { type VoidUnit } from "../domain/tree/unit-version.js";

/** A unit with its line as it stands today. */
interface Standing {
  id: string;
  ancestorIds: readonly string[];
}

/** Whether a caller may see a unit: asked before anything is told of it, by queries and of what comes of changes alike. */
export function sees(caller: Caller, { id, ancestorIds }: Standing): boolean {
  return inBranch(caller, [id, ...ancestorIds]);
}

/** What has to be known before something is told. Asked for one thing at a time: who answers may read many at once. */
export interface Known {
  /** Any unit as it stands today, also outside the caller's branch. */
  unit(id: string): Promise<UnitView | null>;
  /** A unit that was made void. */
  voidUnit(id: string): Promise<VoidUnit | null>;
  /** Whether a vintage holds figures of a unit. */
  isFrozen(vintageId: string, unitId: string): Promise<boolean>;
}

/** Who may see what: whatever the hub tells a caller was asked here, or by `sees` where the units are at hand. */
export class Sight {
  constructor(
    private readonly caller: Caller,
    private readonly known: Known,
  ) {}

  /** A unit of the caller's branch; `null` for any other, as if there were none. */
  async unit(id: string): Promise<UnitView | null> {
    return this.visible(await this.known.unit(id));
  }

  /** The unit where the caller sees it. */
  visible(view: UnitView | null): UnitView | null {
    return view && sees(this.caller, view) ? view : null;
  }

  /** A record of a unit of the branch, also of a void one, one that covers such a unit, or a directive from above it. */
  async seesRecord(record: StoredRecord): Promise<boolean> {
    const units = await Promise.all(subjectsOf(record).map((id) => this.unit(id)));
    if (units.some(Boolean)) return true;
    const { unitId } = this.caller;
    const top = record.kind === directive.key && unitId ? await this.unit(unitId) : null;
    return top?.ancestorIds.includes(record.unitId) || this.seesVoid(record.unitId);
  }

  /** What there was of a unit that was made void: whoever sees the unit under which it last stood; under none, administrators. */
  async seesVoid(id: string): Promise<boolean> {
    const unit = await this.known.voidUnit(id);
    if (!unit) return false;
    if (unit.parentId === null) return inBranch(this.caller, []);
    return (await this.unit(unit.parentId)) !== null || this.seesVoid(unit.parentId);
  }

  /** Whoever has the unit of a vintage in the branch may read it, and whoever's branch it holds figures of. */
  async seesVintage({ id, unitId }: VintageRow): Promise<boolean> {
    if (await this.unit(unitId)) return true;
    return this.caller.unitId !== null && this.known.isFrozen(id, this.caller.unitId);
  }
}
