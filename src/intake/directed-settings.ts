import { directive } from "../domain/records/directive.js";
import { newestFirst, type SettingInForce } from "../domain/records/settings-in-force.js";
import { type StoredRecord } from "../domain/records/record.js";
import { settingsOf } from "../ledger/grounds.js";
import type { Stores } from "../storage/stores.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";

/** What a setting may say, each part for itself: below a unit that says it holds until a nearer one says another. */
const PARTS: readonly ((setting: SettingInForce) => string | number | null)[] = [
  ({ deadline }) => deadline,
  ({ target }) => target,
  ({ term }) => term,
  ({ requiredRegulations }) => (requiredRegulations.length > 0 ? requiredRegulations.join() : null),
];

/** A part of what is said of an indicator that a change of a directive makes another. */
interface ChangedPart {
  indicator: string;
  part: (typeof PARTS)[number];
}

/** What a change of a directive makes other in a school year; `uncounted`: where it did not count before. */
interface ChangedParts {
  counted: readonly ChangedPart[];
  uncounted: readonly ChangedPart[];
}

/** The settings of the directives of some federations, row after row of a batch. */
export class DirectedSettings {
  /** By unit, school year and indicator: the latest issued first. */
  private readonly said = new Map<string, SettingInForce[]>();

  static async of(stores: Stores, unitIds: readonly string[]): Promise<DirectedSettings> {
    const directed = new DirectedSettings();
    for (const record of await stores.records.reportedBy(unitIds, directive.key)) directed.add(record);
    for (const list of directed.said.values()) list.sort(newestFirst);
    return directed;
  }

  /** What holds at the directing unit itself after a change and did not before. */
  changed({ before, after }: RecordChange, schoolYear: string): ChangedParts {
    const [then, now] = [before, after].map((one) => byIndicator(one, schoolYear));
    const changes: { counted: ChangedPart[]; uncounted: ChangedPart[] } = { counted: [], uncounted: [] };
    const unitId = (after ?? before)?.unitId ?? "";
    for (const indicator of new Set([...then!.keys(), ...now!.keys()])) {
      const others = this.of(unitId, schoolYear, indicator).filter(({ recordId }) => recordId !== before?.recordId);
      for (const part of PARTS) {
        const holding = (own: SettingInForce | undefined) => holdingAmong(others, own, part);
        const held = holding(now!.get(indicator));
        if (held !== holding(then!.get(indicator))) changes.counted.push({ indicator, part });
        if (held !== holding(undefined)) changes.uncounted.push({ indicator, part });
      }
    }
    return changes;
  }

  /** Whether something of it reaches what stands below a unit and these nearer ones. */
  reaches(changes: readonly ChangedPart[], schoolYear: string, nearer: readonly string[]): boolean {
    return changes.some(
      ({ indicator, part }) => !nearer.some((unitId) => this.of(unitId, schoolYear, indicator).some((setting) => part(setting) !== null)),
    );
  }

  /** Lets later rows of the same batch be judged on what this one leaves. */
  accept({ before }: RecordChange, record: StoredRecord): void {
    for (const { unitId, schoolYear, indicator } of before ? settingsOf(before) : []) {
      const key = keyOf(unitId, schoolYear, indicator);
      this.said.set(
        key,
        this.of(unitId, schoolYear, indicator).filter(({ recordId }) => recordId !== before?.recordId),
      );
    }
    for (const list of this.add(record)) list.sort(newestFirst);
  }

  /** Adds what a directive says, and answers the lists that have it now. */
  private add(record: StoredRecord): SettingInForce[][] {
    return settingsOf(record).map((setting) => {
      const key = keyOf(setting.unitId, setting.schoolYear, setting.indicator);
      const list = this.said.get(key) ?? [];
      list.push(setting);
      this.said.set(key, list);
      return list;
    });
  }

  private of(unitId: string, schoolYear: string, indicator: string): readonly SettingInForce[] {
    return this.said.get(keyOf(unitId, schoolYear, indicator)) ?? [];
  }
}

const keyOf = (...place: readonly string[]) => place.join(" ");

function byIndicator(one: RecordPlace | null, label: string): Map<string, SettingInForce> {
  const settings = one ? settingsOf({ recordId: "", ...one }) : [];
  return new Map(settings.filter(({ schoolYear }) => schoolYear === label).map((setting) => [setting.indicator, setting]));
}

/** What a part of a setting comes to with one more directive among others, the latest issued first. */
function holdingAmong(others: readonly SettingInForce[], own: SettingInForce | undefined, part: (typeof PARTS)[number]) {
  const first = others.find((setting) => part(setting) !== null);
  const isNewer = own && part(own) !== null && (!first || newestFirst(own, first) < 0);
  return isNewer ? part(own) : first ? part(first) : null;
}
