import { indexSettings, type SettingInForce, type SettingsIndex } from "./records/settings-in-force.js";

/**
 * A fact that became known when a school year was locked for a unit: a record, a directive, or the unit itself. It does not
 * count there in that year, so that what was closed stays as it was told; it counts from the first year that was not locked.
 */
export interface LateFact {
  /** Id of the record, of the directive, or of the unit. */
  factId: string;
  unitId: string;
  schoolYear: string;
}

const NOTHING: ReadonlySet<string> = new Set();

/** What became known too late, by unit and school year. */
export class KnownLate {
  /** By unit, by school year. */
  private readonly byUnit = new Map<string, Map<string, Set<string>>>();

  constructor(facts: readonly LateFact[]) {
    for (const fact of facts) this.add(fact);
  }

  /** Ids of the facts that do not count for a unit in a school year. */
  in(unitId: string, schoolYear: string): ReadonlySet<string> {
    return this.byUnit.get(unitId)?.get(schoolYear) ?? NOTHING;
  }

  /** Marks a fact for a unit in these school years, and in no others. */
  replace(factId: string, unitId: string, schoolYears: readonly string[]): void {
    for (const facts of this.byUnit.get(unitId)?.values() ?? []) facts.delete(factId);
    for (const schoolYear of schoolYears) this.add({ factId, unitId, schoolYear });
  }

  has({ factId, unitId, schoolYear }: LateFact): boolean {
    return this.in(unitId, schoolYear).has(factId);
  }

  private add({ factId, unitId, schoolYear }: LateFact): void {
    const ofUnit = this.byUnit.get(unitId) ?? new Map<string, Set<string>>();
    this.byUnit.set(unitId, ofUnit.set(schoolYear, (ofUnit.get(schoolYear) ?? new Set()).add(factId)));
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
