import { grouped } from "../../domain/ground/grouped.js";
import { KnownLate, type LateFact } from "../../domain/counting/known-late.js";
import { type Problem } from "../../domain/ground/problem.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { lockOf } from "../../domain/reporting/report.js";
import { closingsOver, standingOf } from "../../domain/reporting/report-standing.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { mapInStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { DirectedYears } from "./directed-years.js";
import { HeldFiles } from "./held-files.js";
import { type Judgement } from "./judgement.js";
import { type LockedYear } from "./locked.js";
import { pastOfOthers, type UnitYear } from "./past.js";
import { type Predecessors, type ReportFacts } from "../records/predecessors.js";
import { Refusing } from "./refusing.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { holds, isDirecting, isLasting, placesOf, type RecordChange, reportsOf, yearsReached } from "../records/record-change.js";

/** A unit and a school year. */
type Place = Omit<LateFact, "factId">;

/**
 * Which records may not change: those of a time when the unit stood in a branch of others, those in a report that has been
 * accepted, and those of a period that a unit above has closed. A record without a school year counts in many, and for all
 * units that it covers: it may take back or change no figure that is locked of any of them; what it would newly add to one does not
 * count there, so that nobody has to tell another day: a locked year of others it does not touch then. A report that includes predecessors is
 * locked with theirs, as far as it changes their figures. To be read when the units' rows are locked: whoever accepts a report
 * takes the same lock, and whoever closes a period has the gate alone, so that no record slips in behind either.
 */
export class Locks {
  private constructor(
    private readonly years: readonly SchoolYear[],
    private readonly held: ReadonlyMap<string, StoredRecord[]>,
    /** Units and years of the changes that others keep, by "unit school-year". */
    private readonly foreign: ReadonlyMap<string, UnitYear>,
    /** Where the records that are to be changed do not count now. */
    private readonly marks: ReadonlyMap<string, readonly Place[]>,
    private readonly late: KnownLate,
    private readonly directed: DirectedYears,
    private readonly files: HeldFiles | null,
    private readonly asked: { stores: Stores; change: Change; predecessors: Predecessors },
  ) {}

  /**
   * The locks on some changes, in two statements; in one more where a directive or a record of many years is corrected, and in five where
   * such a record meets a year that is locked or of others.
   */
  static async on(stores: Stores, change: Change, changes: readonly RecordChange[], { years, predecessors }: ReportFacts): Promise<Locks> {
    const own = changes.flatMap(placesOf).flatMap((place) => yearsReached(place, years));
    const bound = [...own, ...changes.flatMap((one) => predecessors.places(one))];
    const units = [...new Set(bound.map(({ unitId }) => unitId))];
    const labels = [...new Set(bound.map(({ schoolYear }) => schoolYear))];
    const held = grouped(
      await stores.reports.over(units, labels),
      ({ subjectId }) => subjectId,
      ({ record }) => record,
    );
    const lines = change.caller.unitId === null ? [] : await stores.dossiers.lines(units, labels, "ONLY_COUNTED");
    const others = await pastOfOthers(
      stores,
      change,
      lines.map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] })),
    );
    const reaching = changes.flatMap(({ before }) => (before && (isLasting(before) || isDirecting(before)) ? [before.recordId] : []));
    const late = await stores.knownLate.ofFacts(reaching);
    const marks = grouped(
      late,
      ({ factId }) => factId,
      ({ factId: _, ...place }) => place,
    );
    const known = new KnownLate(late);
    const directed = await DirectedYears.on(stores, change, changes, years, marks);
    const foreign = new Map(others.map((one) => [keyOf(one), one]));
    const asked = { stores, change, predecessors };
    const locks = new Locks(years, held, foreign, marks, known, directed, null, asked);
    const subjects = changes.flatMap((one) =>
      placesOf(one).flatMap((place) => {
        const all = isLasting(place) ? subjectsOf(place) : [];
        return all.some((unitId) => years.some((year) => locks.holdsIn(one, unitId, year))) ? all : [];
      }),
    );
    if (subjects.length === 0) return locks;
    return new Locks(years, held, foreign, marks, known, directed, await HeldFiles.of(stores, [...new Set(subjects)]), asked);
  }

  /** All that keeps a record from coming to, changing in or leaving its places. */
  async judge(change: RecordChange): Promise<Judgement> {
    const marks = change.before ? this.marksOf(change.before.recordId) : [];
    const directed = await this.directed.judge(change, marks);
    const foreign = new Map(directed.foreign.map((one) => [keyOf(one), one]));
    const locked = [...directed.locked];
    const late = [...directed.late];
    for (const { place, year, periods } of reportsOf(change, this.years)) {
      // In a year that is locked as a whole a record of many years is judged by its figures (decision 032).
      if (isLasting(place) && this.holdsIn(change, place.unitId, year)) continue;
      for (const unitId of isLasting(place) ? [place.unitId] : subjectsOf(place)) {
        const others = this.othersKeep(unitId, year);
        if (others) foreign.set(keyOf(others), others);
        locked.push(...periods.flatMap((period) => this.lockOn(unitId, year, period) ?? []));
      }
    }
    const included = this.asked.predecessors.touched(change).map((one) => ({ ...one, late: false }));
    for (const { unitId, year, ...found } of [...this.inManyYears(change), ...included]) {
      const others = this.othersKeep(unitId, year);
      if (found.late) late.push({ unitId, schoolYear: year.label });
      else if (others) foreign.set(keyOf(others), others);
      else locked.push(...[this.lockOn(unitId, year) ?? []].flat());
    }
    const directs = placesOf(change).some(isDirecting);
    const lifted = directs ? directed.lifted : late.length < marks.length;
    const judged = [...directed.judged, this.asked.predecessors.places(change)];
    return { foreign: [...foreign.values()], locked, late, lifted, directs, judged, rejudged: directed.rejudged };
  }

  /** Why a change is refused: each lock once, with the units and years that it holds; of the past of others only that. */
  async problems({ foreign, locked, directs }: Judgement): Promise<Problem[]> {
    if (foreign.length + locked.length === 0) return [];
    const { stores, change } = this.asked;
    const refusing = await (directs ? Refusing.of(stores, change, foreign, locked) : (this.ofBatch ??= this.refusingAny()));
    return foreign.length > 0 ? refusing.foreign(null, foreign) : refusing.locked(null, locked);
  }

  /** Looked up once for all records of a batch. */
  private async refusingAny(): Promise<Refusing> {
    const periods = this.years.flatMap((year) => (["FIRST_HALF", "WHOLE_YEAR"] as const).map((period) => ({ year, period })));
    const locksOf = (unitId: string) => periods.flatMap(({ year, period }) => this.lockOn(unitId, year, period) ?? []);
    const { stores, change } = this.asked;
    const locked = await mapInStretches([...this.held.keys()], locksOf, stores.pause);
    return Refusing.of(stores, change, [...this.foreign.values()], locked.flat(), Infinity);
  }
  private ofBatch: Promise<Refusing> | null = null;

  /** Whether a record that is sent again as it stands counts from now on where it did not: the year has been opened again. */
  async lifts(change: RecordChange): Promise<boolean> {
    const { foreign, locked, lifted } = await this.judge(change);
    return lifted && foreign.length + locked.length === 0;
  }

  /** Where a record did not count before it was changed. */
  marksOf(recordId: string): readonly Place[] {
    return this.marks.get(recordId) ?? [];
  }

  /** Lets later changes of the same batch be judged on what this one leaves. */
  accept(change: RecordChange, record: StoredRecord, late: readonly Place[]): void {
    this.files?.accept(change, record.recordId, late);
    this.directed.accept(change, record, late);
  }

  /** The rule once more, on what came about: nothing that the rows were let do may have touched what is locked or of others. */
  async expectKept(touched: readonly Place[]): Promise<void> {
    const isBroken = ({ unitId, schoolYear }: Place) => {
      const year = this.years.find(({ label }) => label === schoolYear);
      return year !== undefined && this.isHeld(unitId, year);
    };
    const broken = touched.find(isBroken) ?? (await this.directed.kept(touched));
    if (broken) throw new Error(`figures of ${broken.unitId} in ${broken.schoolYear} were touched, which nobody may`);
  }

  /** What a record of many years meets in the locked ones, and in those of others, of all units that it covers. */
  private inManyYears(change: RecordChange): { unitId: string; year: SchoolYear; late: boolean }[] {
    const { files } = this;
    const { before, after } = change;
    const places = placesOf(change);
    if (!files || !places.some(isLasting)) return [];
    return [...new Set(places.flatMap(subjectsOf))].flatMap((unitId) =>
      this.years.flatMap((year) => {
        if (!this.isHeld(unitId, year)) return [];
        const wasLate = this.isLate(before, unitId, year);
        if (wasLate) return holds(after, unitId) ? [{ unitId, year, late: true }] : [];
        const effect = files.effect(change, unitId, year);
        if (!effect.changes) return [];
        const isNew = !effect.counted && holds(after, unitId);
        return [{ unitId, year, late: isNew && this.lockOn(unitId, year) !== null }];
      }),
    );
  }

  private holdsIn({ before }: RecordChange, unitId: string, year: SchoolYear): boolean {
    return this.isHeld(unitId, year) || this.isLate(before, unitId, year);
  }

  private isHeld(unitId: string, year: SchoolYear): boolean {
    return this.lockOn(unitId, year) !== null || this.othersKeep(unitId, year) !== null;
  }

  private isLate(before: StoredRecord | null, unitId: string, { label }: SchoolYear): boolean {
    return before !== null && this.late.has({ factId: before.recordId, unitId, schoolYear: label });
  }

  private othersKeep(unitId: string, { label }: SchoolYear): UnitYear | null {
    return this.foreign.get(keyOf({ unitId, schoolYear: label })) ?? null;
  }

  private lockOn(unitId: string, year: SchoolYear, period: ReportingPeriod = "WHOLE_YEAR"): LockedYear | null {
    const standing = standingOf({ unitId, hasSuperior: true, counted: true }, year, period, this.held.get(unitId) ?? []);
    const closed = closingsOver(standing).length > 0;
    return lockOf(standing) ? { unitId, schoolYear: year.label, standing, closed } : null;
  }
}

const keyOf = ({ unitId, schoolYear }: Place) => `${unitId} ${schoolYear}`;
