import { account } from "../domain/measures.js";
import { type Problem, problem } from "../domain/problem.js";
import { type StoredRecord } from "../domain/records/record.js";
import { kindOf } from "../domain/records/kinds.js";
import { lockOf } from "../domain/report.js";
import { standingOf } from "../domain/report-standing.js";
import { reportedIn, type ReportedIn } from "../domain/reporting-period.js";
import { type SchoolYear } from "../domain/school-year.js";
import { difference, isZero, type Tally } from "../domain/tally.js";
import type { FiledRecord } from "../domain/findings/check.js";
import { DOSSIER_KINDS, dossierOf, type Grounds, groundsOf, heldIn } from "../ledger/assess.js";
import { figures } from "../ledger/posting.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { directedIn, placeKey, directedUnits } from "./directed-years.js";
import { lockedAmong } from "./locked.js";
import { pastOfOthers } from "./past.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";

/** The facts with which figures of locked years are worked out as they would be. */
interface Files {
  grounds: Grounds;
  records: Map<string, FiledRecord[]>;
}

/**
 * Which records may not change: those of a time when the unit stood in a branch of others, those in a report that has been
 * accepted, and those of a period that a unit above has closed. A record without a school year counts in many, and for all
 * units that it covers: it may change no figure that is locked, or of others, of any of them. To be read when the units' rows are locked: whoever accepts a report takes the same lock, and whoever closes a period has the
 * gate alone, so that no record slips in behind either.
 */
export class Locks {
  private constructor(
    private readonly years: readonly SchoolYear[],
    private readonly held: ReadonlyMap<string, StoredRecord[]>,
    /** Units and years of the changes that others keep: "unit school-year"; of directives the federation and the year in which it reaches one. */
    private readonly foreign: ReadonlySet<string>,
    /** Why directives of a federation may not judge a year anew. */
    private readonly closed: ReadonlyMap<string, readonly string[]>,
    private readonly files: Files | null,
  ) {}

  /** The locks on some changes, in two statements; in four more where a record of many years meets a year that is locked or of others. */
  static async on(stores: Stores, change: Change, changes: readonly RecordChange[], years: readonly SchoolYear[]): Promise<Locks> {
    const bound = changes.flatMap(placesOf).flatMap((place) => {
      const within = reportOf(place, years);
      const labels = isLasting(place) ? years.map(({ label }) => label) : within ? [within.schoolYear] : [];
      return subjectsAt(place).flatMap((unitId) => labels.map((schoolYear) => ({ unitId, schoolYear })));
    });
    const units = [...new Set(bound.map(({ unitId }) => unitId))];
    const labels = [...new Set(bound.map(({ schoolYear }) => schoolYear))];
    const held = new Map<string, StoredRecord[]>();
    for (const { subjectId, record } of await stores.reports.over(units, labels)) {
      const others = held.get(subjectId);
      if (others) others.push(record);
      else held.set(subjectId, [record]);
    }
    const lines = change.caller.unitId === null ? [] : await stores.dossiers.lines(units, labels);
    const others = await pastOfOthers(
      stores,
      change,
      lines.map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] })),
    );
    const foreign = new Set(others.map(placeKey));
    const closed = new Map<string, string[]>();
    for (const [key, below] of await directedUnits(stores, changes)) {
      if ((await pastOfOthers(stores, change, below)).length > 0) foreign.add(key);
      const over = (await lockedAmong(stores, below, years)).filter((locked) => locked.closed);
      closed.set(key, [...new Set(over.map(({ lock }) => lock.words.en))]);
    }
    const locks = new Locks(years, held, foreign, closed, null);
    const subjects = changes.flatMap((one) =>
      placesOf(one).flatMap((place) => {
        const all = isLasting(place) ? subjectsAt(place) : [];
        return all.some((unitId) => years.some((year) => locks.sentenceOn(unitId, year) || locks.isForeign(unitId, year))) ? all : [];
      }),
    );
    return subjects.length === 0 ? locks : new Locks(years, held, foreign, closed, await filesOf(stores, [...new Set(subjects)]));
  }

  /** Every lock that keeps a record from coming to, changing in or leaving its places, each said once; of the past of others only that. */
  problems(change: RecordChange): Problem[] {
    const places = placesOf(change);
    const at = places.flatMap((place) => {
      const within = reportOf(place, this.years);
      const year = this.years.find(({ label }) => label === within?.schoolYear);
      return within && year ? [{ unitId: place.unitId, year, periods: within.periods }] : [];
    });
    const touched = places.some(isLasting) ? this.figuresTouched(change, places) : [];
    const directed = this.yearsDirected(change);
    const foreign = [...at, ...touched, ...directed].find(({ unitId, year }) => this.isForeign(unitId, year));
    if (foreign) return [pastOfOthersKept(foreign.year)];
    const sentences = [
      ...at.flatMap(({ unitId, year, periods }) => periods.flatMap((period) => this.sentenceOn(unitId, year, period) ?? [])),
      ...touched.flatMap(({ unitId, year }) => this.sentenceOn(unitId, year) ?? []),
      ...directed.flatMap(({ unitId, year }) => this.closed.get(placeKey({ unitId, schoolYear: year.label })) ?? []),
    ];
    return [...new Set(sentences)].map((sentence) => problem("PERIOD_LOCKED", null, sentence));
  }

  /** Lets later changes of the same batch be judged on what this one leaves. */
  accept({ before, after }: RecordChange, recordId: string): void {
    if (!this.files) return;
    for (const [subject, records] of this.files.records) {
      const others = records.filter((record) => record.recordId !== before?.recordId);
      this.files.records.set(subject, holds(after, subject) ? [...others, heldIn(subject, { ...NEW, ...after, recordId })] : others);
    }
  }

  /** A directive's years in which it would judge otherwise. */
  private yearsDirected(change: RecordChange): { unitId: string; year: SchoolYear }[] {
    return directedIn(change).flatMap(({ unitId, schoolYear }) => {
      const year = this.years.find(({ label }) => label === schoolYear);
      return year ? [{ unitId, year }] : [];
    });
  }

  private isForeign(unitId: string, { label }: SchoolYear): boolean {
    return this.foreign.has(placeKey({ unitId, schoolYear: label }));
  }

  private sentenceOn(unitId: string, year: SchoolYear, period: "FIRST_HALF" | "WHOLE_YEAR" = "WHOLE_YEAR"): string | null {
    const unit = { unitId, hasSuperior: true, counted: true };
    return lockOf(standingOf(unit, year, period, this.held.get(unitId) ?? []))?.words.en ?? null;
  }

  /** The locked years, and those of others, of which the change would make another figure: of the unit, or of one that the record covers. */
  private figuresTouched({ before, after }: RecordChange, places: readonly RecordPlace[]): { unitId: string; year: SchoolYear }[] {
    const { files } = this;
    if (!files) return [];
    return [...new Set(places.flatMap(subjectsAt))].flatMap((unitId) =>
      this.years.flatMap((year) => {
        if (!this.sentenceOn(unitId, year) && !this.isForeign(unitId, year)) return [];
        const others = (files.records.get(unitId) ?? []).filter(({ recordId }) => recordId !== before?.recordId);
        const then = holds(before, unitId) ? [...others, heldIn(unitId, before)] : others;
        const now = holds(after, unitId) ? [...others, heldIn(unitId, { ...NEW, ...after })] : others;
        const changes = !isZero(difference(figuresOf(files, unitId, year, now), figuresOf(files, unitId, year, then)));
        return changes ? [{ unitId, year }] : [];
      }),
    );
  }
}

/** Whether a unit's dossiers hold a record. */
function holds<R extends RecordPlace>(record: R | null, unitId: string): record is R {
  return record !== null && subjectsAt(record).includes(unitId);
}

/** The units whose dossiers hold a record. */
function subjectsAt({ kind, unitId, content }: RecordPlace): string[] {
  return [...new Set([unitId, ...kindOf(kind).covered(content)])];
}

function pastOfOthersKept({ label }: SchoolYear): Problem {
  return problem(
    "FORBIDDEN",
    null,
    `This would change figures of ${label}, when the unit, or a school that the record covers, did not stand in your branch. Whoever kept them then, or an administrator, changes that time.`,
  );
}

/** What a record that is not stored yet has in no figure. */
const NEW = { recordId: "", recordedAt: new Date(0), provenance: "REPORTED" } as const;

async function filesOf(stores: Stores, subjects: readonly string[]): Promise<Files> {
  const records = new Map<string, FiledRecord[]>(subjects.map((subject) => [subject, []]));
  for (const { subjectId, record } of await stores.records.heldBy(subjects, DOSSIER_KINDS))
    records.set(subjectId, [...(records.get(subjectId) ?? []), heldIn(subjectId, record)]);
  return { grounds: await groundsOf(stores, subjects), records };
}

/** What a unit adds to the figures of a school year with these records; how many records there are is no figure. */
function figuresOf({ grounds }: Files, unitId: string, year: SchoolYear, records: readonly FiledRecord[]): Tally {
  const history = grounds.histories.get(unitId);
  const dossier = history && dossierOf(history, year, grounds, records);
  const tally = dossier ? account(dossier).tally : {};
  return figures(tally);
}

function placesOf({ before, after }: RecordChange): RecordPlace[] {
  return [before, after].flatMap((place) => (place ? [place] : []));
}

/** Whether a record counts by its own days, in as many school years as they reach. */
function isLasting({ kind, schoolYear }: RecordPlace): boolean {
  return schoolYear === null && kindOf(kind).belongsToReport;
}

/** In which reports of its unit a record stands; in none where its kind belongs to none. */
function reportOf({ kind, schoolYear, content }: RecordPlace, years: readonly SchoolYear[]): ReportedIn | null {
  const { belongsToReport, day } = kindOf(kind);
  return belongsToReport ? reportedIn(schoolYear, day(content), years) : null;
}
