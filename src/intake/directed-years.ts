import { grouped } from "../domain/grouped.js";
import { type LateFact } from "../domain/known-late.js";
import { type DirectiveSetting } from "../domain/records/directive.js";
import { kindOf } from "../domain/records/kinds.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/school-year.js";
import type { Line } from "../storage/dossier.row.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { DirectedSettings } from "./directed-settings.js";
import { lockedAmong, type LockedYear } from "./locked.js";
import { pastOfOthers, type UnitYear } from "./past.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";

/** What the directives of a federation meet in a school year among the units that stood under it. */
interface Reach {
  /** Some of them stood in a branch of others. */
  foreign: boolean;
  closed: readonly LockedYear[];
  accepted: readonly Accepted[];
}

/** Units whose reports are accepted in a year that is not closed, under the same federations. */
interface Accepted {
  /** The federations between them and the one that directs. */
  nearer: readonly string[];
  unitIds: string[];
}

/** What a directive's change comes to in the years for which it sets something else. */
export interface Directed {
  /** A year in which it would judge units of others. */
  foreign: string | null;
  /** Why it may not change what it set for a closed year. */
  sentences: string[];
  /** Where it does not count: what it newly sets for a closed year. */
  late: Place[];
  /** Of how many accepted reports, in years that are not closed, it changes the deadline, target, term or set. */
  rejudged: number;
}

type Place = Omit<LateFact, "factId">;

/**
 * What directives may set for years that are over. One that newly says something for a closed year does not count there; what
 * it said while the year was open stays. Where reports are only accepted it judges them anew. Read once for all rows of a batch.
 */
export class DirectedYears {
  private readonly closed: ReadonlySet<string>;

  private constructor(
    private readonly reaches: ReadonlyMap<string, Reach>,
    private readonly marks: ReadonlyMap<string, readonly Place[]>,
    /** What stands above the accepted reports; `null` where there are none. */
    private readonly settings: DirectedSettings | null,
  ) {
    const closed = [...reaches.values()].flatMap((reach) => reach.closed);
    this.closed = new Set(closed.map(({ unitId, schoolYear }) => `${unitId} ${schoolYear}`));
  }

  /** `marks`: where the records that are to be changed do not count now. */
  static async on(
    stores: Stores,
    change: Change,
    changes: readonly RecordChange[],
    years: readonly SchoolYear[],
    marks: ReadonlyMap<string, readonly Place[]>,
  ): Promise<DirectedYears> {
    const labelsOf = new Map<string, Set<string>>();
    for (const one of changes)
      for (const { unitId, schoolYear } of placesOf(one, marks)) labelsOf.set(unitId, (labelsOf.get(unitId) ?? new Set()).add(schoolYear));
    const reaches = new Map<string, Reach>();
    const above = new Set<string>();
    for (const [unitId, labels] of labelsOf) {
      const lines = await stores.dossiers.lines(await stores.units.branchEver(unitId), [...labels]);
      const directed = lines.filter(({ line }) => Object.values(line).includes(unitId));
      const below = directed.map((row): UnitYear => ({ ...row, lines: [row.line] }));
      const foreign = new Set((await pastOfOthers(stores, change, below)).map(({ schoolYear }) => schoolYear));
      const lineOf = new Map(directed.map((row) => [`${row.unitId} ${row.schoolYear}`, upwards(row.line)]));
      const locked = new Map<string, { closed: LockedYear[]; accepted: Map<string, Accepted> }>(
        [...labels].map((label) => [label, { closed: [], accepted: new Map() }]),
      );
      for (const one of await lockedAmong(stores, below, years)) {
        const { closed, accepted } = locked.get(one.schoolYear)!;
        if (one.closed) closed.push(one);
        else {
          const line = lineOf.get(`${one.unitId} ${one.schoolYear}`)!;
          for (const id of line) above.add(id);
          const nearer = line.slice(0, line.indexOf(unitId));
          const group = accepted.get(nearer.join()) ?? { nearer, unitIds: [] };
          group.unitIds.push(one.unitId);
          accepted.set(nearer.join(), group);
        }
      }
      for (const [label, { closed, accepted }] of locked)
        reaches.set(`${unitId} ${label}`, { foreign: foreign.has(label), closed, accepted: [...accepted.values()] });
    }
    return new DirectedYears(reaches, marks, above.size === 0 ? null : await DirectedSettings.of(stores, [...above]));
  }

  judge(change: RecordChange): Directed {
    const { before, after } = change;
    const result: Directed = { foreign: null, sentences: [], late: [], rejudged: 0 };
    const marks = (before && this.marks.get(before.recordId)) ?? [];
    const [then, now] = [said(before), said(after)];
    for (const { unitId: top, schoolYear } of placesOf(change, this.marks)) {
      const { foreign = false, closed = [], accepted = [] } = this.reaches.get(`${top} ${schoolYear}`) ?? {};
      const [saidBefore, saysNow] = [then.has(schoolYear), now.has(schoolYear)];
      const differs = then.get(schoolYear) !== now.get(schoolYear);
      if (differs && foreign) result.foreign ??= schoolYear;
      const marked = new Set(marks.filter((mark) => mark.schoolYear === schoolYear).map(({ unitId }) => unitId));
      if (foreign && saysNow) for (const unitId of marked) result.late.push({ unitId, schoolYear });
      for (const { unitId, lock } of closed) {
        if (!marked.has(unitId) && differs && saidBefore) result.sentences.push(lock.words.en);
        else if (saysNow && !foreign && (marked.has(unitId) || differs)) result.late.push({ unitId, schoolYear });
      }
      result.rejudged += this.judgedOtherwise(change, schoolYear, accepted, marked);
    }
    return result;
  }

  /** Whether a year is closed over a unit that some of the directives reach. */
  keeps(unitId: string, schoolYear: string): boolean {
    return this.closed.has(`${unitId} ${schoolYear}`);
  }

  /** Lets later rows of the same batch be judged on what this one leaves. */
  accept(change: RecordChange, record: StoredRecord): void {
    const { after } = change;
    if (after && kindOf(after.kind).touches === "BRANCH") this.settings?.accept(change, record);
  }

  /** Of how many units the change has another deadline, target, term or set in force. `marked`: for those it did not count. */
  private judgedOtherwise(change: RecordChange, schoolYear: string, accepted: readonly Accepted[], marked: ReadonlySet<string>): number {
    const { settings } = this;
    if (!settings || accepted.length === 0) return 0;
    const { counted, uncounted } = settings.changed(change, schoolYear);
    return accepted.reduce((count, { nearer, unitIds }) => {
      const isMarked = marked.size === 0 ? [] : unitIds.filter((id) => marked.has(id));
      const others = unitIds.length - isMarked.length;
      return (
        count +
        (settings.reaches(counted, schoolYear, nearer) ? others : 0) +
        (isMarked.length > 0 && settings.reaches(uncounted, schoolYear, nearer) ? isMarked.length : 0)
      );
    }, 0);
  }
}

/** The federations of a line, nearest first: those that may direct. */
const upwards = ({ DISTRICT, PROVINCE, CONFEDERATION }: Line) => [DISTRICT, PROVINCE, CONFEDERATION].flatMap((id) => id ?? []);

/** The school years for which a change of a directive sets something else, or in which it did not count everywhere. */
function placesOf({ before, after }: RecordChange, marks: ReadonlyMap<string, readonly Place[]>): Place[] {
  const place = after ?? before;
  if (!place || kindOf(place.kind).touches !== "BRANCH") return [];
  const [then, now] = [said(before), said(after)];
  const late = new Set((marks.get(before?.recordId ?? "") ?? []).map(({ schoolYear }) => schoolYear));
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((label) => late.has(label) || then.get(label) !== now.get(label))
    .map((schoolYear) => ({ unitId: place.unitId, schoolYear }));
}

/** What a directive says, by school year, each as a text to compare. */
function said(one: RecordPlace | null): ReadonlyMap<string, string> {
  const settings = (one?.content.settings ?? []) as unknown as DirectiveSetting[];
  const byYear = grouped(
    settings,
    ({ schoolYear }) => schoolYear,
    (setting) => setting,
  );
  return new Map([...byYear].map(([label, of]) => [label, JSON.stringify([one?.content.issuedOn, of])]));
}
