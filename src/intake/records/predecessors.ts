import { grouped } from "../../domain/ground/grouped.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { KnownLate } from "../../domain/counting/known-late.js";
import { type Succession, tookOverIn } from "../../domain/tree/lineage.js";
import { account } from "../../domain/counting/measures.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type Followed, FOLLOWED_NONE, includesPredecessors, mayInclude, type ToldUnits } from "../../domain/records/predecessors.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { difference, isZero } from "../../domain/counting/tally.js";
import { DOSSIER_KINDS, dossierOf, heldIn } from "../../ledger/assess.js";
import { type Grounds, groundsOf } from "../../ledger/grounds.js";
import { Including, reportsNow } from "../../ledger/including.js";
import { figures } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { codesSeen } from "../hints.js";
import { type Reading } from "./reading.js";
import { type RecordChange, type RecordPlace } from "./record-change.js";
import { type FiledRecord } from "../../domain/findings/unit-file.js";

/** What reports are judged by besides themselves. */
export interface ReportFacts {
  years: readonly SchoolYear[];
  predecessors: Predecessors;
}

/** The units that followed a unit, or that a unit followed, with the day. */
type ByUnit = ReadonlyMap<string, readonly Succession[]>;

/** The dossiers of the predecessors, with which it is worked out what a report that includes them takes out of the figures. */
interface Files {
  grounds: Grounds;
  records: ReadonlyMap<string, readonly FiledRecord[]>;
}

/**
 * What reports say of the units that ended in their school year and that their units followed: whether they include them, and what that does
 * to the figures of these. What is found in the reports of all who followed a unit rests on its own, and on each other's. To be asked before units
 * are locked for those that are to be locked, too (`ids`), then read.
 */
export class Predecessors {
  private files: Files | null = null;
  private including = new Including([]);
  /** Unions that count ended units in a report of theirs, by unit, kind and school year. */
  private unions: ReadonlyMap<string, string> = new Map();
  /** Of those that the caller sees. */
  private codes: ReadonlyMap<string, string> = new Map();

  private constructor(
    private readonly years: readonly SchoolYear[],
    /** By successor, those that took over from one that ended in a school year. */
    private readonly before: ByUnit,
    /** By predecessor, all that followed these, and those that followed a unit that reports. */
    private readonly followers: ByUnit,
    private readonly histories: ReadonlyMap<string, UnitHistory>,
    private readonly late: KnownLate,
  ) {}

  /** For records that are not judged by what they say of predecessors. */
  static readonly none = new Predecessors([], new Map(), new Map(), new Map(), new KnownLate([]));

  /** Those of the units that report in one of the kinds that may include others: in one statement where nobody followed anybody. */
  static async of(stores: Stores, readings: readonly Reading[], years: readonly SchoolYear[]): Promise<Predecessors> {
    const reporting = readings.flatMap(({ kind, unitId, year }) => (mayInclude(kind) && unitId && year ? [unitId] : []));
    const followed = await stores.lineage.around([...new Set(reporting)]);
    const histories = await stores.units.histories([...new Set(followed.map(({ predecessorId }) => predecessorId))]);
    const took = followed.filter((one) => years.some((year) => isEndOf(year, one, histories)));
    const ids = [...new Set(took.map(({ successorId }) => successorId))];
    const late = new KnownLate(ids.length > 0 ? await stores.knownLate.ofUnits(ids) : []);
    const own = new Set(reporting);
    const before = took.filter(({ successorId }) => own.has(successorId));
    const after = took.filter(({ predecessorId }) => own.has(predecessorId));
    const siblings = await stores.lineage.outOf([...new Set(before.map(({ predecessorId }) => predecessorId))]);
    return new Predecessors(years, by("successorId", before), by("predecessorId", [...siblings, ...after]), histories, late);
  }

  /** The units that ended, since whoever says that a report includes one of them changes its figures; and all that followed. */
  get ids(): string[] {
    return [...new Set([...this.ended, ...this.successors])];
  }

  private get ended(): string[] {
    return [...new Set([...this.before.values()].flat().map(({ predecessorId }) => predecessorId))];
  }

  private get successors(): string[] {
    return [...new Set([...this.followers.values()].flat().map(({ successorId }) => successorId))];
  }

  /** Reads, behind the locks, what others say of them and what they reported themselves. */
  async read(stores: Stores, change: Change): Promise<void> {
    const ids = this.ended;
    if (ids.length === 0) return;
    this.including = new Including(await reportsNow(stores)(this.successors));
    const held = await stores.records.heldBy(ids, DOSSIER_KINDS);
    const ofUnions = held.filter(({ subjectId, record }) => record.unitId !== subjectId && kindOf(record.kind).countsPeople);
    this.unions = new Map(ofUnions.map(({ subjectId, record }) => [reportOf(subjectId, record), record.unitId]));
    this.codes = await codesSeen(stores, change, [...new Set([...this.ids, ...this.unions.values()])]);
    const records = grouped(
      held,
      ({ subjectId }) => subjectId,
      ({ subjectId, record }) => heldIn(subjectId, record),
    );
    this.files = { grounds: await groundsOf(stores, ids), records };
  }

  /** What the rules of a record may look at. */
  followed(place: Pick<RecordPlace, "kind" | "unitId" | "schoolYear">): Followed {
    const predecessors = this.of(place);
    if (predecessors.length === 0) return FOLLOWED_NONE;
    const others = predecessors.flatMap((predecessor) => this.othersIncluding(predecessor, place));
    const unions = predecessors.flatMap(({ unit }) => this.unions.get(reportOf(unit.id, place)) ?? []);
    return {
      predecessors: this.told(predecessors.map(({ unit }) => unit.id)),
      includedBy: this.told([...new Set(others)]),
      countedBy: this.told([...new Set(unions)]),
    };
  }

  /** The units whose own reports a report says that it includes. */
  included(place: RecordPlace): string[] {
    return includesPredecessors(place.content) ? this.of(place).map(({ unit }) => unit.id) : [];
  }

  /** Other units in which a change of a report makes the dossier of a school year, or what is found in it, anew. */
  places({ before, after }: RecordChange): { unitId: string; schoolYear: string }[] {
    const place = after ?? before;
    const schoolYear = place?.schoolYear ?? null;
    if (!place || schoolYear === null || !mayInclude(kindOf(place.kind))) return [];
    const ended = this.of(place).map(({ unit }) => unit.id);
    const followers = [place.unitId, ...ended].flatMap((id) => this.followers.get(id) ?? []).map(({ successorId }) => successorId);
    return [...new Set([...ended, ...followers])].filter((id) => id !== place.unitId).map((unitId) => ({ unitId, schoolYear }));
  }

  /** Of these, those whose figures it changes: they count no more in their own report, or again. */
  touched(change: RecordChange): { unitId: string; year: SchoolYear }[] {
    const { before, after } = change;
    const place = after ?? before;
    const year = this.years.find(({ label }) => label === place?.schoolYear);
    const [was, is] = [before, after].map((one) => one !== null && mayInclude(kindOf(one.kind)) && includesPredecessors(one.content));
    if (!place || !year || was === is) return [];
    const alone = this.of(place).filter((predecessor) => this.othersIncluding(predecessor, place).length === 0);
    return alone.filter((predecessor) => this.reports(predecessor, place.kind, year)).map(({ unit }) => ({ unitId: unit.id, year }));
  }

  /** Lets later reports of the same batch be judged on what this one leaves. */
  accept({ after }: RecordChange, place: RecordPlace): void {
    if (this.of(place).length > 0) this.including.put(place, after);
  }

  /** The units that ended in the school year of a record and that its unit followed, where its kind may include them. */
  private of({ kind, unitId, schoolYear }: Pick<RecordPlace, "kind" | "unitId" | "schoolYear">): UnitHistory[] {
    const year = this.years.find(({ label }) => label === schoolYear);
    const followed = this.before.get(unitId);
    if (!year || !followed || !mayInclude(kindOf(kind)) || this.late.in(unitId, year.label).has(unitId)) return [];
    const ended = followed.filter((one) => isEndOf(year, one, this.histories));
    return [...new Set(ended.map(({ predecessorId }) => this.histories.get(predecessorId)!))];
  }

  /** Others that follow a unit and say that they include it. */
  private othersIncluding(predecessor: UnitHistory, { kind, unitId, schoolYear }: Pick<RecordPlace, "kind" | "unitId" | "schoolYear">) {
    const year = this.years.find(({ label }) => label === schoolYear);
    const others = (this.followers.get(predecessor.unit.id) ?? []).filter(
      (one) => one.successorId !== unitId && year !== undefined && isEndOf(year, one, this.histories),
    );
    return others.map(({ successorId }) => successorId).filter((id) => this.including.has({ unitId: id, kind, schoolYear }));
  }

  /** Whether a unit that ended has a figure in a kind of report. */
  private reports(predecessor: UnitHistory, kind: string, year: SchoolYear): boolean {
    const { grounds, records } = this.files!;
    const dossier = dossierOf(predecessor, year, grounds, records.get(predecessor.unit.id) ?? []);
    if (!dossier) return false;
    const others = dossier.inSuccessors.filter((one) => one !== kind);
    const tally = (inSuccessors: readonly string[]) => figures(account({ ...dossier, inSuccessors }).tally);
    return !isZero(difference(tally(others), tally([...others, kind])));
  }

  private told(ids: readonly string[]): ToldUnits {
    return { count: ids.length, codes: ids.flatMap((id) => this.codes.get(id) ?? []).sort() };
  }
}

const reportOf = (unitId: string, { kind, schoolYear }: Pick<RecordPlace, "kind" | "schoolYear">) => `${unitId} ${kind} ${schoolYear}`;

const by = (key: "predecessorId" | "successorId", successions: readonly Succession[]): ByUnit =>
  grouped(
    successions,
    (one) => one[key],
    (one) => one,
  );

function isEndOf(year: SchoolYear, succession: Succession, histories: ReadonlyMap<string, UnitHistory>): boolean {
  const predecessor = histories.get(succession.predecessorId);
  return predecessor !== undefined && tookOverIn(year, predecessor, succession);
}
