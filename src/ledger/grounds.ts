import { NEVER } from "../domain/ground/day.js";
import { type Dossier } from "../domain/counting/dossier.js";
import { directedTo } from "../domain/figures/directed.js";
import { grouped } from "../domain/ground/grouped.js";
import { lives, type UnitHistory } from "../domain/tree/history.js";
import { type Succession, tookOverIn } from "../domain/tree/lineage.js";
import { KnownLate, TimelySettings } from "../domain/counting/known-late.js";
import { account, type Account, INCLUDING_KINDS } from "../domain/counting/measures.js";
import { type Forest } from "../domain/tree/past.js";
import { type Content } from "../domain/records/field.js";
import { directive } from "../domain/records/kinds/directive.js";
import { type SettingInForce } from "../domain/records/kinds/settings-in-force.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { isFederation, type Unit } from "../domain/tree/unit.js";
import { inStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { Including, reportsNow } from "./including.js";

/** What dossiers rest on besides their records: the histories of units and of all above them, the directives of these, and what became known too late. */
export class Grounds {
  private readonly forests = new Map<string, Forest>();
  private readonly followers: ReadonlyMap<string, readonly Succession[]>;

  constructor(
    /** Of units and all above them; of those that follow, or stand for, what ended among them, too. */
    readonly histories: ReadonlyMap<string, UnitHistory>,
    /** Those in which something that ended is the predecessor. */
    private readonly successions: readonly Succession[],
    readonly common: CommonGrounds,
    readonly late: KnownLate,
    /** Of the units that followed those that are asked for. */
    private readonly including: Including,
  ) {
    this.followers = grouped(
      successions,
      ({ predecessorId }) => predecessorId,
      (succession) => succession,
    );
  }

  /** The units as they stand on the reference date of a school year, and who had followed them by then, known in time. */
  forestOf({ label, referenceDate: on }: SchoolYear): Forest {
    let forest = this.forests.get(label);
    if (!forest) {
      const followed = this.successions.filter((one) => one.on <= on && this.isTimely(one.successorId, label));
      const successors = new Map<string, string[]>();
      for (const { predecessorId, successorId } of followed)
        successors.set(predecessorId, [...new Set([...(successors.get(predecessorId) ?? []), successorId])]);
      this.forests.set(label, (forest = { histories: this.histories, successors, on }));
    }
    return forest;
  }

  /** The kinds of reports of a school year in which somebody who followed a unit that ended in it says that they include it. */
  inSuccessors(history: UnitHistory, year: SchoolYear): string[] {
    const followers = this.followersIn(history, year);
    return INCLUDING_KINDS.filter((kind) => this.include(followers, kind, year));
  }

  /** Who followed a unit that ended in a school year, known in time. */
  followersIn(history: UnitHistory, year: SchoolYear): string[] {
    const took = (this.followers.get(history.unit.id) ?? []).filter((one) => tookOverIn(year, history, one));
    return [...new Set(took.map(({ successorId }) => successorId))].filter((id) => this.isTimely(id, year.label));
  }

  /** Whether some of these units say in a kind of report that it includes what they followed. */
  include(unitIds: readonly string[], kind: string, { label: schoolYear }: SchoolYear): boolean {
    return unitIds.some((unitId) => this.including.has({ unitId, kind, schoolYear }));
  }

  isTimely(id: string, label: string): boolean {
    return !this.late.in(id, label).has(id);
  }
}

/** What directives say to a dossier. */
type InForce = Pick<Dossier, "deadlines" | "demands">;

/**
 * What the dossiers of many units have in common, read and worked out once for all of them: federations with their directives,
 * what of these is in force below the same federations, and what dossiers without records come to that differ in nothing that counts.
 * Holds within one transaction, in which neither federations nor directives change.
 */
export class CommonGrounds {
  private readonly federations = new Map<string, UnitHistory>();
  private readonly directives = new Map<string, StoredRecord[]>();
  private settings = new TimelySettings([]);
  private readonly all: SettingInForce[] = [];
  private readonly byLine = new Map<string, InForce>();
  private readonly accounts = new Map<string, Account>();
  /** Numbers for what is in force, to name it. */
  private readonly numbers = new Map<InForce["deadlines"], number>();

  /** The histories of units and of all above them. */
  async histories(stores: Stores, unitIds: readonly string[]): Promise<Map<string, UnitHistory>> {
    const ids = await stores.units.withAncestors(unitIds);
    const histories = await stores.units.histories(ids.filter((id) => !this.federations.has(id)));
    const fresh = [...histories.values()].filter(({ unit }) => isFederation(unit.level));
    for (const history of fresh) this.federations.set(history.unit.id, history);
    for (const id of ids) if (this.federations.has(id)) histories.set(id, this.federations.get(id)!);
    await this.readDirectives(
      stores,
      fresh.map(({ unit }) => unit.id),
    );
    return histories;
  }

  /** The directives that a unit issued. */
  directivesOf(unitId: string): readonly StoredRecord[] {
    return this.directives.get(unitId) ?? [];
  }

  /** What directives say to a unit with these ancestors in a school year, but for those that became known to it too late. */
  inForce(late: ReadonlySet<string>, line: readonly Unit[], schoolYear: string): InForce {
    const federations = line.filter(({ level }) => isFederation(level)).map(({ id }) => id);
    const key = [schoolYear, ...federations, ...this.settings.among(late)].join(" ");
    let known = this.byLine.get(key);
    if (!known) {
      known = directedTo(this.settings.without(late), federations, schoolYear);
      this.byLine.set(key, known);
      this.numbers.set(known.deadlines, this.numbers.size);
    }
    return known;
  }

  /** What a dossier comes to; without records only what the unit is makes a difference, not which it is. */
  account(dossier: Dossier): Account {
    if (dossier.records.length > 0 || dossier.inSuccessors.length > 0) return account(dossier);
    const { provenance, schoolYear, level, kind, schoolLevel, ownership, autonomyGroup, parentLevel, lastDay, openSince } = dossier;
    const facts = [provenance, level, kind, schoolLevel, ownership, autonomyGroup, parentLevel, lastDay, openSince];
    const key = [schoolYear.label, this.numbers.get(dossier.deadlines), ...facts].join("|");
    const known = this.accounts.get(key) ?? account(dossier);
    this.accounts.set(key, known);
    return known;
  }

  private async readDirectives(stores: Stores, federations: readonly string[]): Promise<void> {
    const read = await stores.records.reportedBy(federations, directive.key);
    if (read.length === 0) return;
    const index = (record: StoredRecord) => {
      if (!this.directives.get(record.unitId)?.push(record)) this.directives.set(record.unitId, [record]);
      for (const setting of settingsOf(record)) this.all.push(setting);
    };
    await inStretches(read, index, stores.pause);
    this.settings = new TimelySettings(this.all);
  }
}

/** What the dossiers of units rest on, read for all of them at once. `reportsOf`: the reports in which others may say that they include them. */
export async function groundsOf(
  stores: Stores,
  unitIds: readonly string[],
  common = new CommonGrounds(),
  reportsOf = reportsNow(stores),
): Promise<Grounds> {
  const histories = await common.histories(stores, unitIds);
  const successions: Succession[] = [];
  const ended = new Set(unitIds.filter((id) => hasEnded(histories.get(id))));
  /** Those that ended themselves, and those over which a line may lead. */
  const above = new Set(ended);
  const asked = new Set<string>();
  for (;;) {
    for (const { placements } of histories.values()) for (const { parentId } of placements) if (parentId) above.add(parentId);
    const gone = [...above].filter((id) => !asked.has(id) && hasEnded(histories.get(id)));
    if (gone.length === 0) break;
    for (const id of gone) asked.add(id);
    const followed = await stores.lineage.outOf(gone);
    successions.push(...followed);
    for (const { successorId } of followed) above.add(successorId);
    const unknown = followed.flatMap(({ successorId }) => (histories.has(successorId) ? [] : [successorId]));
    for (const [id, history] of await common.histories(stores, [...new Set(unknown)])) histories.set(id, history);
  }
  const followers = new Set(successions.flatMap(({ predecessorId, successorId }) => (ended.has(predecessorId) ? [successorId] : [])));
  const including = new Including(followers.size > 0 ? await reportsOf([...followers]) : []);
  const late = new KnownLate(await stores.knownLate.ofUnits([...histories.keys()]));
  return new Grounds(histories, successions, common, late, including);
}

/** Whether a unit was ever closed. */
function hasEnded(history: UnitHistory | undefined): boolean {
  return history !== undefined && lives(history.placements).some(({ until }) => until !== NEVER);
}

/** The settings of a directive, each as it holds. */
export function settingsOf(record: Pick<StoredRecord, "recordId" | "unitId" | "content">): SettingInForce[] {
  const content = record.content as Content<typeof directive.fields>;
  return content.settings.map((setting) => ({
    unitId: record.unitId,
    recordId: record.recordId,
    number: content.number,
    issuedOn: content.issuedOn,
    indicator: setting.indicator,
    schoolYear: setting.schoolYear,
    deadline: setting.deadline,
    target: setting.target,
    term: setting.term ?? null,
    requiredRegulations: setting.requiredRegulations ?? [],
    daysEarly: setting.daysEarly ?? null,
    twoPeople: setting.twoPeople ?? null,
  }));
}
