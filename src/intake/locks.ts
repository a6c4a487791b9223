import { grouped } from "../domain/grouped.js";
import { KnownLate, type LateFact } from "../domain/known-late.js";
import { type Problem, problem } from "../domain/problem.js";
import { type StoredRecord } from "../domain/records/record.js";
import { kindOf } from "../domain/records/kinds.js";
import { lockOf } from "../domain/report.js";
import { standingOf } from "../domain/report-standing.js";
import { reportedIn, type ReportedIn, type ReportingPeriod } from "../domain/reporting-period.js";
import { type SchoolYear } from "../domain/school-year.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { DirectedYears } from "./directed-years.js";
import { HeldFiles } from "./held-files.js";
import { pastOfOthers } from "./past.js";
import { holds, type RecordChange, type RecordPlace, subjectsOf } from "./record-change.js";

/** A unit and a school year. */
type Place = Omit<LateFact, "factId">;

/** What the locks say to a change of a record. */
export interface Judgement {
  problems: Problem[];
  /** Where the record does not count from now on, because it became known when the year was locked. */
  late: Place[];
  /** Of a directive: how many accepted reports it judges anew. */
  rejudged: number;
}

/**
 * Which records may not change: those of a time when the unit stood in a branch of others, those in a report that has been
 * accepted, and those of a period that a unit above has closed. A record without a school year counts in many, and for all
 * units that it covers: it may take back or change no figure that is locked of any of them; what it would newly add to one does not
 * count there, so that nobody has to tell another day. To be read when the units' rows are locked: whoever accepts a report
 * takes the same lock, and whoever closes a period has the gate alone, so that no record slips in behind either.
 */
export class Locks {
  private constructor(
    private readonly years: readonly SchoolYear[],
    private readonly held: ReadonlyMap<string, StoredRecord[]>,
    /** Units and years of the changes that others keep: "unit school-year". */
    private readonly foreign: ReadonlySet<string>,
    /** Where the records that are to be changed do not count now. */
    private readonly marks: ReadonlyMap<string, readonly Place[]>,
    private readonly late: KnownLate,
    private readonly directed: DirectedYears,
    private readonly files: HeldFiles | null,
  ) {}

  /**
   * The locks on some changes, in two statements; in one more where a directive or a record of many years is corrected, and in five where
   * such a record meets a year that is locked or of others.
   */
  static async on(stores: Stores, change: Change, changes: readonly RecordChange[], years: readonly SchoolYear[]): Promise<Locks> {
    const bound = changes.flatMap(placesOf).flatMap((place) => {
      const within = reportOf(place, years);
      const labels = isLasting(place) ? years.map(({ label }) => label) : within ? [within.schoolYear] : [];
      return subjectsOf(place).flatMap((unitId) => labels.map((schoolYear) => ({ unitId, schoolYear })));
    });
    const units = [...new Set(bound.map(({ unitId }) => unitId))];
    const labels = [...new Set(bound.map(({ schoolYear }) => schoolYear))];
    const held = grouped(
      await stores.reports.over(units, labels),
      ({ subjectId }) => subjectId,
      ({ record }) => record,
    );
    const lines = change.caller.unitId === null ? [] : await stores.dossiers.lines(units, labels);
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
      ({ unitId, schoolYear }) => ({ unitId, schoolYear }),
    );
    const known = new KnownLate(late);
    const directed = await DirectedYears.on(stores, change, changes, years, marks);
    const locks = new Locks(years, held, new Set(others.map(keyOf)), marks, known, directed, null);
    const subjects = changes.flatMap((one) =>
      placesOf(one).flatMap((place) => {
        const all = isLasting(place) ? subjectsOf(place) : [];
        return all.some((unitId) => years.some((year) => locks.holdsIn(one, unitId, year))) ? all : [];
      }),
    );
    if (subjects.length === 0) return locks;
    return new Locks(years, held, locks.foreign, marks, known, directed, await HeldFiles.of(stores, [...new Set(subjects)]));
  }

  /** Every lock that keeps a record from coming to, changing in or leaving its places, each said once; of the past of others only that. */
  judge(change: RecordChange): Judgement {
    const directed = this.directed.judge(change);
    const foreign: string[] = directed.foreign === null ? [] : [directed.foreign];
    const { late, rejudged } = directed;
    const sentences = [...directed.sentences];
    for (const { place, year, periods } of this.reportsOf(change)) {
      // In a year that is locked as a whole a record of many years is judged by its figures.
      if (isLasting(place) && this.holdsIn(change, place.unitId, year)) continue;
      if (this.isForeign(place.unitId, year)) foreign.push(year.label);
      sentences.push(...periods.flatMap((period) => this.sentenceOn(place.unitId, year, period) ?? []));
    }
    for (const { unitId, year, ...found } of this.inManyYears(change)) {
      if (found.late) late.push({ unitId, schoolYear: year.label });
      else if (this.isForeign(unitId, year)) foreign.push(year.label);
      else sentences.push(this.sentenceOn(unitId, year) ?? "");
    }
    const [label] = foreign;
    if (label !== undefined) return { problems: [pastOfOthersKept(label)], late: [], rejudged: 0 };
    return { problems: [...new Set(sentences)].map((sentence) => problem("PERIOD_LOCKED", null, sentence)), late, rejudged };
  }

  /** Whether a record that is sent again as it stands counts from now on where it did not: the year has been opened again. */
  lifts(change: RecordChange): boolean {
    const marks = change.before ? this.marksOf(change.before.recordId).length : 0;
    if (marks === 0) return false;
    const { problems, late } = this.judge(change);
    return problems.length === 0 && late.length < marks;
  }

  /** Where a record did not count before it was changed. */
  marksOf(recordId: string): readonly Place[] {
    return this.marks.get(recordId) ?? [];
  }

  /** Lets later changes of the same batch be judged on what this one leaves. */
  accept(change: RecordChange, record: StoredRecord, late: readonly Place[]): void {
    this.files?.accept(change, record.recordId, late);
    this.directed.accept(change, record);
  }

  /** The rule once more, on what came about: nothing that the rows were let do may have touched what is locked or of others. */
  expectKept(touched: readonly Place[]): void {
    for (const { unitId, schoolYear } of touched) {
      const year = this.years.find(({ label }) => label === schoolYear);
      const broken = year && (this.sentenceOn(unitId, year) !== null || this.isForeign(unitId, year));
      if (broken || this.directed.keeps(unitId, schoolYear))
        throw new Error(`figures of ${unitId} in ${schoolYear} were touched, which nobody may`);
    }
  }

  /** What a record of many years meets in the locked ones, and in those of others, of all units that it covers. */
  private inManyYears(change: RecordChange): { unitId: string; year: SchoolYear; late: boolean }[] {
    const { files } = this;
    const { before, after } = change;
    const places = placesOf(change);
    if (!files || !places.some(isLasting)) return [];
    const reports = this.reportsOf(change);
    return [...new Set(places.flatMap(subjectsOf))].flatMap((unitId) =>
      this.years.flatMap((year) => {
        if (!this.sentenceOn(unitId, year) && !this.isForeign(unitId, year)) return [];
        const wasLate = this.isLate(before, unitId, year);
        if (wasLate) return holds(after, unitId) ? [{ unitId, year, late: true }] : [];
        const standsIn = (one: RecordPlace | null) =>
          reports.some(({ place, year: { label } }) => place === one && one.unitId === unitId && label === year.label);
        const effect = files.effect(change, unitId, year);
        if (!effect.changes && !standsIn(before) && !standsIn(after)) return [];
        const isNew = !standsIn(before) && !effect.counted && holds(after, unitId);
        return [{ unitId, year, late: isNew && !this.isForeign(unitId, year) }];
      }),
    );
  }

  /** In which reports a record stands before and after a change. */
  private reportsOf(change: RecordChange): { place: RecordPlace; year: SchoolYear; periods: readonly ReportingPeriod[] }[] {
    return placesOf(change).flatMap((place) => {
      const within = reportOf(place, this.years);
      const year = this.years.find(({ label }) => label === within?.schoolYear);
      return within && year ? [{ place, year, periods: within.periods }] : [];
    });
  }

  private holdsIn({ before }: RecordChange, unitId: string, year: SchoolYear): boolean {
    return this.sentenceOn(unitId, year) !== null || this.isForeign(unitId, year) || this.isLate(before, unitId, year);
  }

  private isLate(before: StoredRecord | null, unitId: string, { label }: SchoolYear): boolean {
    return before !== null && this.late.has({ factId: before.recordId, unitId, schoolYear: label });
  }

  private isForeign(unitId: string, { label }: SchoolYear): boolean {
    return this.foreign.has(keyOf({ unitId, schoolYear: label }));
  }

  private sentenceOn(unitId: string, year: SchoolYear, period: ReportingPeriod = "WHOLE_YEAR"): string | null {
    const unit = { unitId, hasSuperior: true, counted: true };
    return lockOf(standingOf(unit, year, period, this.held.get(unitId) ?? []))?.words.en ?? null;
  }
}

const keyOf = ({ unitId, schoolYear }: Place) => `${unitId} ${schoolYear}`;

function pastOfOthersKept(label: string): Problem {
  return problem(
    "FORBIDDEN",
    null,
    `This would change figures of ${label}, when the unit, or a school that the record covers, did not stand in your branch. Whoever kept them then, or an administrator, changes that time.`,
  );
}

function placesOf({ before, after }: RecordChange): RecordPlace[] {
  return [before, after].flatMap((place) => (place ? [place] : []));
}

/** Whether a record counts by its own days, in as many school years as they reach. */
function isLasting({ kind, schoolYear }: RecordPlace): boolean {
  return schoolYear === null && kindOf(kind).belongsToReport;
}

const isDirecting = ({ kind }: RecordPlace) => kindOf(kind).touches === "BRANCH";

/** In which reports of its unit a record stands; in none where its kind belongs to none. */
function reportOf({ kind, schoolYear, content }: RecordPlace, years: readonly SchoolYear[]): ReportedIn | null {
  const { belongsToReport, day } = kindOf(kind);
  return belongsToReport ? reportedIn(schoolYear, day(content), years) : null;
}
