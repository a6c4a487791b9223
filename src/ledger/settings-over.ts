import { KnownLate, type LateFact, TimelySettings } from "../domain/counting/known-late.js";
import { directive } from "../domain/records/kinds/directive.js";
import { type SettingsIndex } from "../domain/records/kinds/settings-in-force.js";
import type { Stores } from "../storage/stores/stores.js";
import { inStretches, mapInStretches } from "../stretches.js";
import { type StoredRecord } from "../domain/records/record.js";
import { settingsOf } from "./grounds.js";
import type { Line } from "../domain/tree/line.js";

/** What directives set that may hold for a unit in a school year, and its line, the unit itself first. */
export interface SettingsOver {
  settings: SettingsIndex;
  line: [string, ...string[]];
}

/** A unit and a school year. */
type Place = Omit<LateFact, "factId">;

/** The directives over some units in some years, as they stand, or are about to. */
export class DirectivesOver {
  private sorted: TimelySettings | null = null;

  private constructor(
    /** By "unit school-year". */
    private readonly lines: ReadonlyMap<string, [string, ...string[]]>,
    /** By their ids. */
    private readonly directives: Map<string, StoredRecord>,
    private readonly late: KnownLate,
  ) {}

  /** In three statements. */
  static async of(stores: Stores, places: readonly Place[]): Promise<DirectivesOver> {
    const labels = [...new Set(places.map(({ schoolYear }) => schoolYear))];
    const units = [...new Set(places.map(({ unitId }) => unitId))];
    const lines = await stores.dossiers.lines(units, labels);
    const lineOf = new Map<string, [string, ...string[]]>();
    await inStretches(lines, (of) => void lineOf.set(keyOf(of), upwards(of.unitId, of.line)), stores.pause);
    const above = [...new Set([...lineOf.values()].flat())];
    const directives = await stores.records.reportedBy(above, directive.key);
    const late = new KnownLate(await stores.knownLate.ofUnits([...new Set([...units, ...above])]));
    return new DirectivesOver(lineOf, new Map(directives.map((record) => [record.recordId, record])), late);
  }

  at(place: Place): SettingsOver {
    const line = this.lines.get(keyOf(place)) ?? [place.unitId];
    this.sorted ??= new TimelySettings([...this.directives.values()].flatMap(settingsOf));
    return { settings: this.sorted.without(this.late.over(line, place.schoolYear)), line };
  }

  /** Takes a directive that is about to be recorded, corrected or withdrawn. `late`: where it does not count from now on. */
  accept(record: StoredRecord, late: readonly Place[]): void {
    if (record.state === "STANDING") this.directives.set(record.recordId, record);
    else this.directives.delete(record.recordId);
    this.late.replace(record.recordId, late);
    this.sorted = null;
  }
}

/** The settings over many units and years, in three statements. */
export async function settingsOver(stores: Stores, places: readonly Place[]): Promise<SettingsOver[]> {
  const directives = await DirectivesOver.of(stores, places);
  return mapInStretches(places, (place) => directives.at(place), stores.pause);
}

const keyOf = ({ unitId, schoolYear }: Place) => `${unitId} ${schoolYear}`;

function upwards(unitId: string, line: Line): [string, ...string[]] {
  const above = [line.GRASSROOTS, line.DISTRICT, line.PROVINCE, line.CONFEDERATION].flatMap((id) => id ?? []);
  return [unitId, ...above.filter((id) => id !== unitId)];
}
