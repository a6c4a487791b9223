import { recordsBySource, account } from "../domain/measures.js";
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
import type { Stores } from "../storage/stores.js";

/** Where a record stands, or is about to: what decides in whose report it is. */
export type RecordPlace = Pick<StoredRecord, "kind" | "unitId" | "schoolYear" | "content">;

/** A record as it stands and as it is about to stand; `null` where it does not. */
export interface RecordChange {
  before: StoredRecord | null;
  after: RecordPlace | null;
}

/** The facts with which figures of locked years are worked out as they would be. */
interface Files {
  grounds: Grounds;
  records: ReadonlyMap<string, FiledRecord[]>;
}

/**
 * Which records may not change: those in a report that has been accepted, and those of a period that a unit above has
 * closed. A record without a school year counts in many: it may not change what any of the locked ones says, either. To be
 * read when the units' rows are locked: whoever accepts a report takes the same lock, and whoever closes a period has the
 * gate alone, so that no record slips in behind either.
 */
export class Locks {
  private constructor(
    private readonly years: readonly SchoolYear[],
    private readonly held: ReadonlyMap<string, StoredRecord[]>,
    private readonly files: Files | null,
  ) {}

  /** The locks on some changes, in one statement; in four more where a record of many years meets a locked one. */
  static async on(stores: Stores, changes: readonly RecordChange[], years: readonly SchoolYear[]): Promise<Locks> {
    const bound = changes.flatMap(placesOf).flatMap((place) => {
      const within = reportOf(place, years);
      const labels = isLasting(place) ? years.map(({ label }) => label) : within ? [within.schoolYear] : [];
      return labels.map((schoolYear) => ({ unitId: place.unitId, schoolYear }));
    });
    const held = new Map<string, StoredRecord[]>();
    for (const { subjectId, record } of await stores.reports.over(
      [...new Set(bound.map(({ unitId }) => unitId))],
      [...new Set(bound.map(({ schoolYear }) => schoolYear))],
    )) {
      const others = held.get(subjectId);
      if (others) others.push(record);
      else held.set(subjectId, [record]);
    }
    const locks = new Locks(years, held, null);
    const subjects = changes.flatMap((change) =>
      placesOf(change).flatMap((place) =>
        isLasting(place) && years.some((year) => locks.sentenceOn(place.unitId, year))
          ? [place.unitId, ...kindOf(place.kind).covered(place.content)]
          : [],
      ),
    );
    return subjects.length === 0 ? locks : new Locks(years, held, await filesOf(stores, [...new Set(subjects)]));
  }

  /** Every lock that keeps a record from coming to, changing in or leaving its places, each said once. */
  problems(change: RecordChange): Problem[] {
    const places = placesOf(change);
    const sentences = places.flatMap((place) => {
      const within = reportOf(place, this.years);
      const year = this.years.find(({ label }) => label === within?.schoolYear);
      return within && year ? within.periods.flatMap((period) => this.sentenceOn(place.unitId, year, period) ?? []) : [];
    });
    if (places.some(isLasting)) sentences.push(...this.sentencesOnFigures(change, places));
    return [...new Set(sentences)].map((sentence) => problem("PERIOD_LOCKED", null, sentence));
  }

  private sentenceOn(unitId: string, year: SchoolYear, period: "FIRST_HALF" | "WHOLE_YEAR" = "WHOLE_YEAR"): string | null {
    const unit = { unitId, hasSuperior: true, counted: true };
    return lockOf(standingOf(unit, year, period, this.held.get(unitId) ?? []))?.words.en ?? null;
  }

  /** The locks on school years of which the change would make another figure. */
  private sentencesOnFigures({ before, after }: RecordChange, places: readonly RecordPlace[]): string[] {
    const { files } = this;
    if (!files) return [];
    const subjects = new Set(places.flatMap((place) => [place.unitId, ...kindOf(place.kind).covered(place.content)]));
    const holds = (record: RecordPlace | null, subject: string): record is RecordPlace =>
      record !== null && (record.unitId === subject || kindOf(record.kind).covered(record.content).includes(subject));
    return this.years.flatMap((year) => {
      const sentences = places.flatMap(({ unitId }) => this.sentenceOn(unitId, year) ?? []);
      if (sentences.length === 0) return [];
      const changes = [...subjects].some((subject) => {
        const others = (files.records.get(subject) ?? []).filter(({ recordId }) => recordId !== before?.recordId);
        const then = holds(before, subject) ? [...others, heldIn(subject, before)] : others;
        const now = holds(after, subject) ? [...others, heldIn(subject, { ...NEW, ...after })] : others;
        return !isZero(difference(figuresOf(files, subject, year, now), figuresOf(files, subject, year, then)));
      });
      return changes ? sentences : [];
    });
  }
}

/** What a record that is not stored yet has in no figure. */
const NEW = { recordId: "", recordedAt: new Date(0), provenance: "REPORTED" } as const;

async function filesOf(stores: Stores, subjects: readonly string[]): Promise<Files> {
  const records = new Map<string, FiledRecord[]>();
  for (const { subjectId, record } of await stores.records.heldBy(subjects, DOSSIER_KINDS))
    records.set(subjectId, [...(records.get(subjectId) ?? []), heldIn(subjectId, record)]);
  return { grounds: await groundsOf(stores, subjects), records };
}

/** What a unit adds to the figures of a school year with these records; how many records there are is no figure. */
function figuresOf({ grounds }: Files, unitId: string, year: SchoolYear, records: readonly FiledRecord[]): Tally {
  const history = grounds.histories.get(unitId);
  const dossier = history && dossierOf(history, year, grounds, records);
  const tally = dossier ? account(dossier).tally : {};
  const sources = Object.values(recordsBySource);
  return Object.fromEntries(Object.entries(tally).filter(([measure]) => !sources.includes(measure)));
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
