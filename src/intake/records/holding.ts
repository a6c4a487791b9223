import { vietnameseNumber } from "../../domain/ground/words.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import type { Stores } from "../../storage/stores/stores.js";

/** A record as it is in force, or is about to be. */
type HeldRecord = Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">;

/** Where a record counts towards the most of its kind: once for each unit that holds it and each school year of which it speaks. */
interface Slot {
  unitId: string;
  kind: string;
  /** Empty for records of no school year. */
  schoolYear: string;
}

/**
 * How many records of a kind units hold in force, so that no unit's dossier grows beyond what can be worked out at once. To
 * be counted when the units' rows are locked. A correction counts only where it brings its record to another unit or school
 * year; any other passes, also in a unit that holds more than it may.
 */
export class Holding {
  private constructor(private readonly counts: Map<string, number>) {}

  /** What the units that some records are to come to hold, in one statement; in none where no record has a bound. */
  static async of(stores: Stores, records: readonly HeldRecord[]): Promise<Holding> {
    const bounded = records.filter(({ kind, content }) => kindOf(kind).most(content) !== null);
    const units = bounded.flatMap((record) => slotsOf(record).map(({ unitId }) => unitId));
    const holding = new Holding(new Map());
    if (bounded.length === 0) return holding;
    for (const { subjectId, record } of await stores.records.heldBy(units, [...new Set(bounded.map(({ kind }) => kind))]))
      for (const slot of slotsOf(record)) if (slot.unitId === subjectId && isBounded(record)) holding.add(slot);
    return holding;
  }

  /** Why a record may not come to units that hold the most of its kind already. `before`: as it is in force now, if it is. */
  problems(before: HeldRecord | null, after: HeldRecord, histories: ReadonlyMap<string, UnitHistory>): Problem[] {
    const { most, typeName, name } = kindOf(after.kind);
    const bound = most(after.content);
    if (bound === null) return [];
    return gained(before, after).flatMap((slot) => {
      if ((this.counts.get(keyOf(slot)) ?? 0) < bound) return [];
      const code = histories.get(slot.unitId)?.unit.code ?? slot.unitId;
      const ofYear = slot.schoolYear ? ` for ${slot.schoolYear}` : "";
      return [
        problem("TOO_MANY", fieldOf(slot.unitId, after), {
          en: `${code} has ${bound} records of type ${typeName}${ofYear} in force, the most that a unit may have. Correct one of them, or withdraw those that were recorded by mistake.`,
          vi: `${code} đang có ${vietnameseNumber(bound)} hồ sơ ${name.vi}${slot.schoolYear ? ` năm học ${slot.schoolYear}` : ""} có hiệu lực, là số tối đa của một đơn vị. Hãy sửa một hồ sơ đã có, hoặc rút những hồ sơ ghi nhầm.`,
        }),
      ];
    });
  }

  /** Counts a record that was accepted, or (`after` null) withdrawn, for the rows that follow it. */
  accept(before: HeldRecord | null, after: HeldRecord | null): void {
    if (after && isBounded(after)) for (const slot of gained(before, after)) this.add(slot);
    if (!after && before && isBounded(before)) for (const slot of slotsOf(before)) this.add(slot, -1);
  }

  private add(slot: Slot, records = 1): void {
    const key = keyOf(slot);
    this.counts.set(key, (this.counts.get(key) ?? 0) + records);
  }
}

const isBounded = ({ kind, content }: HeldRecord) => kindOf(kind).most(content) !== null;
const keyOf = ({ unitId, kind, schoolYear }: Slot) => [unitId, kind, schoolYear].join(" ");

function slotsOf(record: HeldRecord): Slot[] {
  const { kind, schoolYear, content } = record;
  const named = kindOf(kind).setsFor(content);
  const years = new Set(named.length > 0 ? named : [schoolYear ?? ""]);
  return subjectsOf(record).flatMap((id) => [...years].map((year) => ({ unitId: id, kind, schoolYear: year })));
}

function gained(before: HeldRecord | null, after: HeldRecord): Slot[] {
  const held = new Set(before && isBounded(before) ? slotsOf(before).map(keyOf) : []);
  return slotsOf(after).filter((slot) => !held.has(keyOf(slot)));
}

/** Where the input names a unit that is to hold the record. */
function fieldOf(unitId: string, { unitId: reporter, content }: HeldRecord): string {
  if (unitId === reporter) return "unit";
  for (const [name, value] of Object.entries(content))
    if (Array.isArray(value) && value.some((entry) => entry === unitId)) return `${name}.${value.findIndex((entry) => entry === unitId)}`;
  return "unit";
}
