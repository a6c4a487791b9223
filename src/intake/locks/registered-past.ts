import { type Day } from "../../domain/ground/day.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { type LateFact } from "../../domain/counting/known-late.js";
import { type Problem } from "../../domain/ground/problem.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { closedOver, lockedAmong } from "./locked.js";
import { pastOfOthers, pastUnder, type UnitYear } from "./past.js";
import { Refusing } from "./refusing.js";

/** The units that a batch names, and all school years. */
interface Asked {
  parents: readonly UnitHistory[];
  /** Ids of units that are registered already. */
  existing: readonly string[];
  years: readonly SchoolYear[];
  histories: ReadonlyMap<string, UnitHistory>;
}

/** The school years into which units are registered: those of others, and those that are closed. Read once for all rows of a batch. */
export class RegisteredPast {
  /** In which years units of the batch, or those registered again, do not count. */
  readonly marks: LateFact[] = [];
  /** By parent, also one of the batch itself: the closed years. */
  private readonly closed = new Map<string, SchoolYear[]>();

  private constructor(
    /** By parent the years of others. */
    private readonly others: readonly UnitYear[],
    private readonly refusing: Refusing | null,
    private readonly years: readonly SchoolYear[],
    closed: readonly UnitYear[],
    /** By unit that is registered already: its marks, and those that stay. */
    private readonly known: ReadonlyMap<string, { now: readonly LateFact[]; kept: readonly LateFact[] }>,
  ) {
    for (const { unitId, schoolYear } of closed)
      this.closed.set(unitId, [...(this.closed.get(unitId) ?? []), ...years.filter(({ label }) => label === schoolYear)]);
  }

  static async of(stores: Stores, change: Change, { parents, existing, years, histories }: Asked): Promise<RegisteredPast> {
    const under = new Map(parents.map((parent) => [parent.unit.id, pastUnder(parent, years, histories)]));
    const all = [...under.values()].flat();
    const foreign = await pastOfOthers(stores, change, all);
    const marks = (await stores.knownLate.ofFacts(existing)).filter(({ factId, unitId }) => factId === unitId);
    const kept = await stillLate(stores, change, marks, years);
    const known = new Map<string, { now: LateFact[]; kept: LateFact[] }>();
    for (const mark of marks) {
      const { now, kept: stay } = known.get(mark.unitId) ?? { now: [], kept: [] };
      known.set(mark.unitId, { now: [...now, mark], kept: kept.includes(mark) ? [...stay, mark] : stay });
    }
    const refusing = foreign.length === 0 ? null : await Refusing.of(stores, change, foreign, []);
    return new RegisteredPast(foreign, refusing, years, await closedOver(stores, all), known);
  }

  /** Why a unit that opens on a day may not come under a parent; only where it would count in a past of others: in a closed year it does not. */
  async foreign({ unit }: UnitHistory, openedOn: Day): Promise<Problem[]> {
    const closed = this.closed.get(unit.id) ?? [];
    const counted = new Set(
      this.years.filter((year) => openedOn <= year.referenceDate && !closed.includes(year)).map(({ label }) => label),
    );
    const foreign = this.others.filter(({ unitId, schoolYear }) => unitId === unit.id && counted.has(schoolYear));
    return (await this.refusing?.foreign("openedOn", foreign)) ?? [];
  }

  /** Takes in a unit of the batch, under which others of it may stand. */
  add(unitId: string, parentId: string, openedOn: Day): void {
    const late = (this.closed.get(parentId) ?? []).filter(({ referenceDate }) => openedOn <= referenceDate);
    this.closed.set(unitId, late);
    this.marks.push(...late.map(({ label }) => ({ factId: unitId, unitId, schoolYear: label })));
  }

  /** Lets a unit that is registered again as it is count from now on in the years that were opened again; false where there are none. */
  lift(unitId: string): boolean {
    const { now, kept } = this.known.get(unitId) ?? { now: [], kept: [] };
    if (now.length === kept.length) return false;
    this.marks.push(...kept);
    return true;
  }
}

/** The marks of units in years that are locked still, or of others. */
async function stillLate(stores: Stores, change: Change, marks: readonly LateFact[], years: readonly SchoolYear[]): Promise<LateFact[]> {
  const units = [...new Set(marks.map(({ unitId }) => unitId))];
  const labels = [...new Set(marks.map(({ schoolYear }) => schoolYear))];
  const lines = units.length === 0 ? [] : await stores.dossiers.lines(units, labels);
  const places = lines.map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] }));
  const kept = [...(await pastOfOthers(stores, change, places)), ...(await lockedAmong(stores, places, years))];
  const keys = new Set(kept.map(({ unitId, schoolYear }) => `${unitId} ${schoolYear}`));
  return marks.filter(({ unitId, schoolYear }) => keys.has(`${unitId} ${schoolYear}`));
}
