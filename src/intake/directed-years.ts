import { type LateFact } from "../domain/known-late.js";
import { directive, indexSettings, type SettingInForce, settingsInForce } from "../domain/records/directive.js";
import { kindOf } from "../domain/records/kinds.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/school-year.js";
import { settingsOf } from "../ledger/assess.js";
import type { Line } from "../storage/ledger.store.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { lockedAmong, type LockedYear } from "./locked.js";
import { pastOfOthers, type UnitYear } from "./past.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";

/** What the directives of a federation meet in a school year among the units that stood under it. */
interface Reach {
  /** Some of them stood in a branch of others. */
  foreign: boolean;
  locked: readonly (LockedYear & { line: Line })[];
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
    /** All settings that stand above the accepted reports, row after row. */
    private settings: readonly SettingInForce[],
  ) {
    const locked = [...reaches.values()].flatMap((reach) => reach.locked);
    this.closed = new Set(locked.flatMap((one) => (one.closed ? [`${one.unitId} ${one.schoolYear}`] : [])));
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
    for (const [unitId, labels] of labelsOf) {
      const lines = await stores.dossiers.lines(await stores.units.branchEver(unitId), [...labels]);
      const directed = lines.filter(({ line }) => Object.values(line).includes(unitId));
      const below = directed.map((row): UnitYear => ({ ...row, lines: [row.line] }));
      const foreign = new Set((await pastOfOthers(stores, change, below)).map(({ schoolYear }) => schoolYear));
      const lineOf = new Map(directed.map((row) => [`${row.unitId} ${row.schoolYear}`, row.line]));
      const locked = (await lockedAmong(stores, below, years)).map((one) => ({
        ...one,
        line: lineOf.get(`${one.unitId} ${one.schoolYear}`)!,
      }));
      for (const label of labels)
        reaches.set(`${unitId} ${label}`, {
          foreign: foreign.has(label),
          locked: locked.filter(({ schoolYear }) => schoolYear === label),
        });
    }
    const accepted = [...reaches.values()].flatMap(({ locked }) => locked.filter(({ closed }) => !closed));
    const above = [...new Set(accepted.flatMap(({ line }) => upwards(line)))];
    return new DirectedYears(reaches, marks, (await stores.records.reportedBy(above, directive.key)).flatMap(settingsOf));
  }

  judge(change: RecordChange): Directed {
    const { before, after } = change;
    const result: Directed = { foreign: null, sentences: [], late: [], rejudged: 0 };
    const marks = (before && this.marks.get(before.recordId)) ?? [];
    for (const place of placesOf(change, this.marks)) {
      const { schoolYear } = place;
      const { foreign = false, locked = [] } = this.reaches.get(`${place.unitId} ${schoolYear}`) ?? {};
      const differs = said(before, schoolYear) !== said(after, schoolYear);
      const [saidBefore, saysNow] = [before, after].map((one) => settingsIn(one).some((setting) => setting.schoolYear === schoolYear));
      if (differs && foreign) result.foreign ??= schoolYear;
      const marked = new Set(marks.filter((mark) => mark.schoolYear === schoolYear).map(({ unitId }) => unitId));
      if (foreign && saysNow) result.late.push(...[...marked].map((unitId) => ({ unitId, schoolYear })));
      const closed = locked.filter((one) => one.closed);
      for (const { unitId, lock } of closed) {
        if (!marked.has(unitId) && differs && saidBefore) result.sentences.push(lock.words.en);
        else if (saysNow && !foreign && (marked.has(unitId) || differs)) result.late.push({ unitId, schoolYear });
      }
      const accepted = locked.filter((one) => !one.closed);
      result.rejudged += this.judgedOtherwise(change, accepted, marked);
    }
    return result;
  }

  /** Whether a year is closed over a unit that some of the directives reach. */
  keeps(unitId: string, schoolYear: string): boolean {
    return this.closed.has(`${unitId} ${schoolYear}`);
  }

  /** Lets later rows of the same batch be judged on what this one leaves. */
  accept({ before, after }: RecordChange, record: StoredRecord): void {
    if (!after || kindOf(after.kind).touches !== "BRANCH" || this.settings.length === 0) return;
    this.settings = [...this.settings.filter(({ recordId }) => recordId !== before?.recordId), ...settingsOf(record)];
  }

  /** Of how many of these units the change has another deadline, target, term or set in force. `marked`: for those it did not count. */
  private judgedOtherwise({ before, after }: RecordChange, units: readonly (LockedYear & { line: Line })[], marked: ReadonlySet<string>) {
    const [first] = units;
    if (!first) return 0;
    const label = first.schoolYear;
    const others = this.settings.filter(({ recordId, schoolYear }) => recordId !== before?.recordId && schoolYear === label);
    const withOne = (one: RecordPlace | null) =>
      indexSettings([...others, ...(one ? settingsOf({ ...UNSTORED, ...one }).filter(({ schoolYear }) => schoolYear === label) : [])]);
    const [none, then, now] = [withOne(null), withOne(before), withOne(after)];
    const known = new Map<string, boolean>();
    return units.filter(({ unitId, line }) => {
      const above = upwards(line);
      const key = `${above.join()} ${marked.has(unitId)}`;
      const was = marked.has(unitId) ? none : then;
      const differs = known.get(key) ?? inForce(was, above, label) !== inForce(now, above, label);
      known.set(key, differs);
      return differs;
    }).length;
  }
}

/** What the settings of a directive that is not stored yet do not rest on. */
const UNSTORED: Pick<StoredRecord, "recordId" | "version" | "state" | "provenance" | "recordedAt" | "recordedBy" | "reason" | "key"> = {
  ...{
    recordId: "",
    version: 0,
    state: "STANDING",
    provenance: "REPORTED",
    recordedAt: new Date(0),
    recordedBy: "",
    reason: null,
    key: "",
  },
};

/** The federations of a line, nearest first: those that may direct. */
const upwards = ({ DISTRICT, PROVINCE, CONFEDERATION }: Line) => [DISTRICT, PROVINCE, CONFEDERATION].flatMap((id) => id ?? []);

/** By what units of a line are judged, as one text to compare. */
function inForce(index: ReturnType<typeof indexSettings>, line: readonly string[], label: string): string {
  const { deadlines, targets, demands } = settingsInForce(index, line, label);
  const sorted = <T>(map: ReadonlyMap<string, T>, valueOf: (entry: T) => unknown) =>
    [...map].map(([key, entry]) => [key, valueOf(entry)]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return JSON.stringify([
    sorted(deadlines, ({ deadline }) => deadline),
    sorted(targets, ({ target }) => target),
    sorted(demands, (demand) => demand),
  ]);
}

/** The school years for which a change of a directive sets something else, or in which it did not count everywhere. */
function placesOf({ before, after }: RecordChange, marks: ReadonlyMap<string, readonly Place[]>): Place[] {
  const place = after ?? before;
  if (!place || kindOf(place.kind).touches !== "BRANCH") return [];
  const labels = new Set([before, after].flatMap(settingsIn).map(({ schoolYear }) => schoolYear));
  const late = new Set((marks.get(before?.recordId ?? "") ?? []).map(({ schoolYear }) => schoolYear));
  return [...labels]
    .filter((label) => late.has(label) || said(before, label) !== said(after, label))
    .map((schoolYear) => ({ unitId: place.unitId, schoolYear }));
}

function said(one: RecordPlace | null, label: string): string {
  const settings = settingsIn(one).filter(({ schoolYear }) => schoolYear === label);
  return settings.length === 0 ? "" : JSON.stringify([one?.content.issuedOn, settings]);
}

function settingsIn(place: RecordPlace | null): { schoolYear: string }[] {
  return (place?.content.settings ?? []) as unknown as { schoolYear: string }[];
}
