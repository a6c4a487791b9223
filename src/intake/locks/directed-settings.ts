import { hasOwnTarget } from "../../domain/figures/catalogue.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { newestFirst, type SettingInForce } from "../../domain/records/kinds/settings-in-force.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { settingsOf } from "../../ledger/grounds.js";
import { inStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type RecordChange, type RecordPlace } from "../records/record-change.js";

const targetOf = ({ target }: SettingInForce) => target;

/** What a setting may say, each part for itself: below a unit that says it holds until a nearer one says another; but the target of a count holds for the unit alone. */
const PARTS: readonly ((setting: SettingInForce) => string | number | null)[] = [
  ({ deadline }) => deadline,
  targetOf,
  ({ term }) => term,
  ({ requiredRegulations }) => (requiredRegulations.length > 0 ? requiredRegulations.join() : null),
];

/** A part of what is said of an indicator that a change of a directive makes another. */
interface ChangedPart {
  indicator: string;
  part: (typeof PARTS)[number];
}

/** The steps of a change of a directive, and what each makes other in a school year at the directing unit. */
interface ChangedParts {
  /** From what the directive said to what it says. */
  changed: readonly ChangedPart[];
  /** From nothing to what it says: where it did not count before. */
  added: readonly ChangedPart[];
  /** From nothing to what it said: what counts already. */
  present: readonly ChangedPart[];
}

/** Directives that do not count. */
type Late = ReadonlySet<string>;

/** The settings of the directives of some federations, row after row of a batch. */
export class DirectedSettings {
  /** By unit, school year and indicator: the latest issued first. */
  private readonly said = new Map<string, SettingInForce[]>();
  private readonly directives = new Set<string>();

  static async of(stores: Stores, unitIds: readonly string[]): Promise<DirectedSettings> {
    const directed = new DirectedSettings();
    await inStretches(await stores.records.reportedBy(unitIds, directive.key), (record) => directed.add(record), stores.pause);
    return directed;
  }

  /** The directives that are among the late facts. */
  among(late: Late): string[] {
    return [...late].filter((id) => this.directives.has(id));
  }

  /** What a change makes other at the directing unit. `above`: the federations above it that year, nearest first; `late`: other directives. */
  changed({ before, after }: RecordChange, schoolYear: string, above: readonly string[], late: Late): ChangedParts {
    const [then, now] = [before, after].map((one) => byIndicator(one, schoolYear));
    const changes: { [step in keyof ChangedParts]: ChangedPart[] } = { changed: [], added: [], present: [] };
    const unitId = (after ?? before)?.unitId ?? "";
    for (const indicator of new Set([...then!.keys(), ...now!.keys()])) {
      const others = this.of(unitId, schoolYear, indicator, late).filter(({ recordId }) => recordId !== before?.recordId);
      const inherited = above.map((id) => this.of(id, schoolYear, indicator, late));
      for (const part of PARTS) {
        const fallback = isOwn({ indicator, part }) ? null : (inherited.flat().map(part).find(isSaid) ?? null);
        const holding = (own: SettingInForce | undefined) => holdingAmong(others, own, part) ?? fallback;
        const [none, was, is] = [holding(undefined), holding(then!.get(indicator)), holding(now!.get(indicator))];
        if (was !== is) changes.changed.push({ indicator, part });
        if (none !== is) changes.added.push({ indicator, part });
        if (none !== was) changes.present.push({ indicator, part });
      }
    }
    return changes;
  }

  /** Whether something of it reaches the directing unit itself (`isTop`), or what stands below it and these nearer ones. */
  reaches(changes: readonly ChangedPart[], schoolYear: string, nearer: readonly string[], late: Late, isTop: boolean): boolean {
    const isSaidNearer = ({ indicator, part }: ChangedPart) =>
      nearer.some((unitId) => this.of(unitId, schoolYear, indicator, late).map(part).some(isSaid));
    return changes.some((changed) => isTop || !(isOwn(changed) || isSaidNearer(changed)));
  }

  /** Lets later rows of the same batch be judged on what this one leaves. */
  accept({ before, after }: RecordChange, record: StoredRecord): void {
    for (const { unitId, schoolYear, indicator } of before ? settingsOf(before) : []) {
      const key = keyOf(unitId, schoolYear, indicator);
      this.said.set(
        key,
        this.of(unitId, schoolYear, indicator).filter(({ recordId }) => recordId !== before?.recordId),
      );
    }
    if (after) this.add(record);
  }

  /** Adds what a directive says, in the order of each list. */
  private add(record: StoredRecord): void {
    this.directives.add(record.recordId);
    for (const setting of settingsOf(record)) {
      const key = keyOf(setting.unitId, setting.schoolYear, setting.indicator);
      const list = this.said.get(key) ?? [];
      list.splice(placeIn(list, setting), 0, setting);
      this.said.set(key, list);
    }
  }

  private of(unitId: string, schoolYear: string, indicator: string, late: Late = NONE): readonly SettingInForce[] {
    const said = this.said.get(keyOf(unitId, schoolYear, indicator)) ?? [];
    return late.size === 0 ? said : said.filter(({ recordId }) => !late.has(recordId));
  }
}

/** Before which of those that stand in order, the latest issued first, a setting belongs. */
function placeIn(list: readonly SettingInForce[], setting: SettingInForce): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (newestFirst(list[middle]!, setting) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

const NONE: Late = new Set();
const isOwn = ({ indicator, part }: ChangedPart) => part === targetOf && hasOwnTarget(indicator);
const isSaid = (value: string | number | null) => value !== null;
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
