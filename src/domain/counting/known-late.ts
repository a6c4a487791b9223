import { indexSettings, type SettingInForce, type SettingsIndex } from "../records/kinds/settings-in-force.js";

/**
 * A fact that became known when a school year was locked for a unit: a record, a directive, or the unit itself. It does not
 * count there in that year, so that what was closed stays as it was told; it counts from the first year that was not locked.
 */
export interface LateFact {
  /** Id of the record, of the directive, or of the unit. */
  factId: string;
  unitId: string;
  schoolYear: string;
  /** Of a directive: nor for any unit that stands below this one in that year. */
  withBelow?: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Marks by unit, by school year. */
type Marks = Map<string, Map<string, Set<string>>>;

/** What became known too late, by unit and school year. */
export class KnownLate {
  private readonly own: Marks = new Map();
  /** With all below. */
  private readonly branches: Marks = new Map();
  /** The sets of ids in which a fact is. */
  private readonly marking = new Map<string, Set<string>[]>();

  constructor(facts: readonly LateFact[]) {
    for (const fact of facts) this.add(fact);
  }

  /** Ids of the facts that do not count for a unit in a school year; directives only as far as they are marked for it alone. */
  in(unitId: string, schoolYear: string): ReadonlySet<string> {
    return this.own.get(unitId)?.get(schoolYear) ?? NOTHING;
  }

  /** Ids of the directives that do not count in a school year for anybody below one of these units. */
  below(unitIds: readonly string[], schoolYear: string): ReadonlySet<string> {
    const found = this.branches.size === 0 ? [] : unitIds.flatMap((unitId) => this.branches.get(unitId)?.get(schoolYear) ?? []);
    return found.length === 0 ? NOTHING : new Set(found.flatMap((facts) => [...facts]));
  }

  /** Ids of the directives that do not count for a unit in a school year, and its own facts. `line`: the unit and all above it in that year. */
  over(line: readonly [string, ...string[]], schoolYear: string): ReadonlySet<string> {
    const [own, below] = [this.in(line[0], schoolYear), this.below(line, schoolYear)];
    return below.size === 0 ? own : new Set([...own, ...below]);
  }

  /** Marks a fact in these places, and in no others. */
  replace(factId: string, places: readonly Omit<LateFact, "factId">[]): void {
    for (const facts of this.marking.get(factId) ?? []) facts.delete(factId);
    this.marking.delete(factId);
    for (const place of places) this.add({ factId, ...place });
  }

  has({ factId, unitId, schoolYear }: LateFact): boolean {
    return this.in(unitId, schoolYear).has(factId);
  }

  private add({ factId, unitId, schoolYear, withBelow }: LateFact): void {
    const marks = withBelow ? this.branches : this.own;
    const ofUnit = marks.get(unitId) ?? new Map<string, Set<string>>();
    const facts = ofUnit.get(schoolYear) ?? new Set();
    marks.set(unitId, ofUnit.set(schoolYear, facts.add(factId)));
    if (!this.marking.get(factId)?.push(facts)) this.marking.set(factId, [facts]);
  }
}

/** The settings of directives for units of which not all know the same in time: sorted once for each set of late ones. */
export class TimelySettings {
  private readonly sorted = new Map<string, SettingsIndex>();
  private readonly directives: readonly string[];

  constructor(private readonly all: readonly SettingInForce[]) {
    this.directives = [...new Set(all.map(({ recordId }) => recordId))];
  }

  /** The directives that are among the late facts. */
  among(late: ReadonlySet<string>): string[] {
    return late.size === 0 ? [] : this.directives.filter((id) => late.has(id));
  }

  /** Those of directives that are not among the late facts. */
  without(late: ReadonlySet<string>): SettingsIndex {
    const left = this.among(late);
    const key = left.join();
    const index =
      this.sorted.get(key) ?? indexSettings(left.length === 0 ? this.all : this.all.filter(({ recordId }) => !late.has(recordId)));
    this.sorted.set(key, index);
    return index;
  }
}
