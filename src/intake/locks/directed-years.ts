import { grouped } from "../../domain/ground/grouped.js";
import { KnownLate, type LateFact } from "../../domain/counting/known-late.js";
import { type DirectiveSetting } from "../../domain/records/kinds/directive-fields.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { inStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { keyOf, type Reached, type ReachedGroup, reachOf } from "./directed-reach.js";
import { DirectedSettings } from "./directed-settings.js";
import { type Judgement } from "./judgement.js";
import { scopesOf } from "./late-scopes.js";
import { isDirecting, type RecordChange, type RecordPlace } from "../records/record-change.js";

type Place = Omit<LateFact, "factId">;

const MARKED = "the directive itself";

/** What the change of a directive comes to in the years for which it sets something else. */
export type Directed = Omit<Judgement, "directs" | "judged"> & { judged: (readonly Place[])[] };

/** Units of a group for which the same directives count. */
interface Alike {
  units: readonly Reached[];
  /** The directive did not count for them. */
  isMarked: boolean;
  /** Something else is in force on them after its change. */
  differs: boolean;
  /** It set something that was in force on them before. */
  setBefore: boolean;
}

/**
 * What directives may set for years that are over, judged by what is really in force on each unit before and after. One that newly
 * says something for a closed year does not count there; what it said while the year was open stays. Where reports are only
 * accepted it judges them anew. Read once for all rows of a batch.
 */
export class DirectedYears {
  private constructor(
    /** By directing unit and school year. */
    private readonly reaches: ReadonlyMap<string, readonly ReachedGroup[]>,
    /** What stands above units whose year is held, row after row. */
    private readonly settings: DirectedSettings,
    private readonly late: KnownLate,
    private readonly pause: () => Promise<void>,
  ) {}

  /** `marks`: where the records that are to be changed do not count now. */
  static async on(
    stores: Stores,
    change: Change,
    changes: readonly RecordChange[],
    years: readonly SchoolYear[],
    marks: ReadonlyMap<string, readonly Place[]>,
  ): Promise<DirectedYears> {
    const labelsOf = new Map<string, Set<string>>();
    const label = (one: RecordChange) => {
      for (const { unitId, schoolYear } of placesOf(one, marks.get(one.before?.recordId ?? "") ?? []))
        labelsOf.set(unitId, (labelsOf.get(unitId) ?? new Set()).add(schoolYear));
    };
    await inStretches(changes, label, stores.pause);
    const levels = await stores.unitReader.levels([...labelsOf.keys()]);
    const reaches = new Map<string, ReachedGroup[]>();
    for (const [unitId, labels] of labelsOf) {
      const lines = await stores.dossiers.linesBelow(unitId, levels.get(unitId)!, [...labels]);
      for (const [schoolYear, groups] of await reachOf(stores, change, lines, years)) reaches.set(keyOf({ unitId, schoolYear }), groups);
    }
    const held = [...reaches.values()].flat().filter(({ hold }) => hold !== null);
    const above = [...new Set(held.flatMap(({ federations }) => federations))];
    const units = new Set(above);
    const name = (group: ReachedGroup) => {
      for (const { unitId } of group.units) units.add(unitId);
    };
    await inStretches(held, name, stores.pause);
    const late = new KnownLate(held.length === 0 ? [] : await stores.knownLate.ofUnits([...units]));
    return new DirectedYears(reaches, await DirectedSettings.of(stores, above), late, stores.pause);
  }

  /** Looks through all that it reaches, in stretches. */
  async judge(change: RecordChange, marks: readonly Place[]): Promise<Directed> {
    const result: Directed = { foreign: [], locked: [], late: [], lifted: false, rejudged: 0, judged: [] };
    const marked = new KnownLate(marks.map((place) => ({ factId: MARKED, ...place })));
    const isMarked = ({ unitId, schoolYear }: Place, federations: readonly string[]) =>
      marks.length > 0 && marked.over([unitId, ...federations], schoolYear).has(MARKED);
    const saysNow = said(change.after);
    const judging = new Set([change.before, change.after].flatMap((one) => (one ? kindOf(one.kind).judgesIn(one.content) : [])));
    for (const place of placesOf(change, marks)) {
      const { unitId: top, schoolYear } = place;
      const groups = this.reaches.get(keyOf(place)) ?? [];
      const judged = (units: readonly Place[]) => judging.has(schoolYear) && result.judged.push(units);
      const late: string[] = [];
      const look = (group: ReachedGroup) => {
        const { hold, federations, units } = group;
        if (hold === null) {
          result.lifted ||= marks.length > 0 && units.some((one) => isMarked(one, federations));
          judged(units);
          return;
        }
        for (const alike of this.alike(change, place, group, isMarked)) {
          if (alike.isMarked && saysNow.has(schoolYear) && hold !== "ACCEPTED") {
            late.push(...alike.units.map(({ unitId }) => unitId));
            continue;
          }
          result.lifted ||= alike.isMarked;
          if (!alike.differs) continue;
          if (hold === "FOREIGN" || (alike.setBefore && group.isForeign)) for (const one of alike.units) result.foreign.push(one);
          else if (hold === "ACCEPTED") {
            result.rejudged += alike.units.length;
            judged(alike.units);
          } else if (alike.setBefore) for (const { locked } of alike.units) result.locked.push(locked!);
          else for (const { unitId } of alike.units) late.push(unitId);
        }
      };
      await inStretches(groups, look, this.pause);
      if (late.length === 0) continue;
      const scopes = await scopesOf(top, groups, new Set(late), this.pause);
      for (const scope of scopes) result.late.push({ ...scope, schoolYear });
    }
    return result;
  }

  /** The first of these that some of the directives reach although its year is closed over it, or of others. */
  async kept(places: readonly Place[]): Promise<Place | null> {
    const named = grouped(
      places,
      ({ schoolYear }) => schoolYear,
      ({ unitId }) => unitId,
    );
    const unitsIn = new Map([...named].map(([label, ids]) => [label, new Set(ids)]));
    let found: Place | null = null;
    const look = ({ hold, units }: ReachedGroup) => {
      if (hold !== "FOREIGN" && hold !== "CLOSED") return;
      found ??= units.find(({ unitId, schoolYear }) => unitsIn.get(schoolYear)?.has(unitId)) ?? null;
    };
    if (places.length > 0) await inStretches([...this.reaches.values()].flat(), look, this.pause);
    return found;
  }

  /** Lets later rows of the same batch be judged on what this one leaves. */
  accept(change: RecordChange, record: StoredRecord, late: readonly Place[]): void {
    if (!isDirecting(record)) return;
    this.settings.accept(change, record);
    this.late.replace(record.recordId, late);
  }

  /** The units of a group, those together for which the same directives count, with what a change does to them. */
  private alike(
    change: RecordChange,
    { unitId: top, schoolYear }: Place,
    { federations, units }: ReachedGroup,
    isMarked: (place: Place, federations: readonly string[]) => boolean,
  ): Alike[] {
    const others = (late: ReadonlySet<string>) => this.settings.among(late).filter((id) => id !== change.before?.recordId);
    const ofAll = others(this.late.below(federations, schoolYear));
    const lateOf = (unitId: string) => [...new Set([...ofAll, ...others(this.late.in(unitId, schoolYear))])];
    const usual = ofAll.join();
    const groups = grouped(
      units,
      (one) => {
        const isAlone = this.late.in(one.unitId, schoolYear).size > 0;
        return `${one.unitId === top} ${isMarked(one, federations)} ${isAlone ? lateOf(one.unitId).join() : usual}`;
      },
      (one) => one,
    );
    const at = federations.indexOf(top);
    const [nearer, above] = [federations.slice(0, at), federations.slice(at + 1)];
    return [...groups.values()].map((all) => {
      const [first] = all as [Reached];
      const late = new Set(lateOf(first.unitId));
      const { changed, added, present } = this.settings.changed(change, schoolYear, above, late);
      const wasLate = isMarked(first, federations);
      const reaches = (parts: typeof changed) => this.settings.reaches(parts, schoolYear, nearer, late, first.unitId === top);
      return { units: all, isMarked: wasLate, differs: reaches(wasLate ? added : changed), setBefore: !wasLate && reaches(present) };
    });
  }
}

/** The school years for which a change of a directive sets something else, or in which it did not count everywhere. */
function placesOf({ before, after }: RecordChange, marks: readonly Place[]): Place[] {
  const place = after ?? before;
  if (!place || !isDirecting(place)) return [];
  const [then, now] = [said(before), said(after)];
  const late = new Set(marks.map(({ schoolYear }) => schoolYear));
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
