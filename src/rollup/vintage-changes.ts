import { dutiesDiffering } from "../domain/counting/frozen-due.js";
import { isSameFigure } from "../domain/figures/effect.js";
import { indicatorByKey } from "../domain/figures/catalogue.js";
import { figures, type Indicator, measuresOf } from "../domain/figures/indicator.js";
import { sourceMeasures } from "../domain/counting/measures.js";
import { measuresDiffering, type Tally } from "../domain/counting/tally.js";
import { type Level, OWNERSHIP_FILTERS, rank, SCHOOL_LEVELS } from "../domain/tree/unit.js";
import { type FrozenDefinitions, sameFormula, sameMissing, type VintageDifference } from "../domain/analysis/vintage.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { mapInStretches, sortInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { type VintageDossier } from "../domain/analysis/vintage-content.js";
import { type LiveBranch, type LiveBranches, type Compared } from "./counted.js";
import { NO_STANDARDS, type Standards } from "./standards.js";
import { type Beside, besideOf, differencesOf, sameStandard } from "./vintage-beside.js";
import { federationPlaces, type Place, schoolPlaces, unionPlaces } from "./vintage-places.js";
import { definitionsOf, dueIn, frozenStandards, lineOf, tallyIn } from "./vintages.js";
import type { Where } from "../domain/tree/filter.js";

/** Value, numerator and denominator of an indicator. */
export type Figures = ReturnType<typeof figures>;

/** A published figure that the hub would not publish today. */
export interface VintageChange {
  unitId: string;
  level: Level;
  code: string;
  where: Where;
  /** As it was defined when it was published. */
  indicator: Indicator;
  /** `null`: the unit was not counted at the publication. */
  published: Figures | null;
  /** `null`: the unit no longer counts in the branch in this school year, or the hub no longer computes the indicator. */
  live: Figures | null;
  /** In what the two differ. */
  differs: readonly VintageDifference[];
  /** What stands beside both; `null` where nothing but the value is another, or one of them is not there. */
  beside: { published: Beside; live: Beside } | null;
}

/** That a figure differs: there may be hundreds of thousands, of which a page is told. */
export interface ChangedFigure {
  unitId: string;
  /** Sorts the changes of a vintage, and tells every two apart. */
  place: readonly [level: number, code: string, filter: number, indicator: number];
  tell(): VintageChange;
}

/** Published figures of a unit under a filter that rest on other sources today. */
export interface SourcesChange {
  unitId: string;
  where: Where;
  published: Tally;
  live: Tally;
  /** Sorts them, and tells every two apart. */
  place: readonly [level: number, code: string, filter: number];
}

/** The figures of a vintage that are others today; a unit that came or went has those in which it counts anything. In order: federations first, then unions, then schools, each by code. */
export interface VintageChanges {
  compared: Compared;
  changes: ChangedFigure[];
  /** In the same order. */
  sources: SourcesChange[];
}

/** Compares all that a vintage holds with the live ledger, in a number of statements that does not depend on the units. */
export async function vintageChanges(stores: Stores, vintageId: string, branches: LiveBranches): Promise<VintageChanges> {
  const vintage = (await stores.vintages.byIds([vintageId])).get(vintageId);
  if (!vintage) throw new Error(`no vintage ${vintageId}`);
  const content = await stores.vintages.content(vintageId);
  const counted = (row: VintageDossier) =>
    [row.unitId, { ...row, line: lineOf(row), tally: tallyIn(row), due: row.due === null ? null : dueIn(row) }] as const;
  const published = new Map(await mapInStretches(content.dossiers, counted, stores.pause));
  const definitions = await definitionsOf(stores, vintageId);
  const { dossiers: live, due, standards } = await branches.of(vintage.unitId, definitions.schoolYear);
  const compared = { vintageId, schoolYear: vintage.schoolYear, definitions, published, live };
  const held = standardsHeld(compared, standards);
  const places = [
    ...(await federationPlaces(stores, compared, content, due)),
    ...(await unionPlaces(stores, compared)),
    ...schoolPlaces(compared),
  ];
  const indicators = redefinitions(definitions);
  const ordered = await sortInStretches(places, inOrder, stores.pause);
  const changes = (place: Place) => changesOf(place, held(place.of.unitId), indicators, definitions.schoolYear);
  return {
    compared,
    changes: (await mapInStretches(ordered, changes, stores.pause)).flat(),
    sources: (await mapInStretches(ordered, sourcesChanged, stores.pause)).flat(),
  };
}

function inOrder(a: Place, b: Place): number {
  return rank(a.of.level) - rank(b.of.level) || compareText(a.of.code, b.of.code) || orderOf(a.where) - orderOf(b.where);
}

/** What held for a unit at the publication, and what holds now. */
interface Held {
  then: Standards;
  now: Standards;
}

function standardsHeld({ definitions, published }: Compared, live: LiveBranch["standards"]): (unitId: string) => Held {
  const frozen = frozenStandards(definitions);
  return (unitId) => ({ then: frozen(published.get(unitId)?.line ?? [unitId]), now: live.get(unitId) ?? NO_STANDARDS });
}

/** An indicator as it was defined at the publication, and as it is now. */
interface Redefinition {
  indicator: Indicator;
  /** `null`: the hub no longer computes it. */
  current: Indicator | null;
  /** Whether both make the same figure of the same tally. */
  sameReading: boolean;
  /** The measures that either reads. */
  measures: readonly string[];
}

function redefinitions({ indicators }: FrozenDefinitions): Redefinition[] {
  return indicators.map((indicator) => {
    const current = indicatorByKey(indicator.key) ?? null;
    const sameReading = current !== null && sameFormula(indicator, current) && sameMissing(indicator, current);
    return { indicator, current, sameReading, measures: [...new Set([indicator, current ?? indicator].flatMap(measuresOf))] };
  });
}

function changesOf(
  { of, where, published, live }: Place,
  held: Held,
  indicators: readonly Redefinition[],
  year: SchoolYear,
): ChangedFigure[] {
  const otherMeasures = measuresDiffering(published?.tally ?? {}, live?.tally ?? {});
  const otherDuties = dutiesDiffering(published?.due ?? {}, (published?.due && live?.due) ?? {});
  const { unitId, level, code } = of;
  return indicators.flatMap(({ indicator, current, sameReading, measures }, index): ChangedFigure[] => {
    const isTouched =
      !sameReading || measures.some((measure) => otherMeasures.has(measure)) || otherDuties.has(indicator.obligation?.key ?? "");
    if (published && live && !isTouched && sameStandard(indicator, held.then, held.now)) return [];
    const then = published && figures(indicator, published.tally);
    const now = live && current ? figures(current, live.tally) : null;
    const isSame = isSameFigure(then ?? nothing(current ?? indicator), now ?? nothing(indicator));
    const others = () => {
      if (!published || !live || !current) return { beside: null, differing: [] };
      const beside = {
        published: besideOf(indicator, { ...published, standards: held.then }, year),
        live: besideOf(current, { ...live, standards: held.now }, year),
      };
      const differing = differencesOf(beside.published, beside.live);
      return { beside: differing.length > 0 ? beside : null, differing };
    };
    if (isSame && others().differing.length === 0) return [];
    const tell = (): VintageChange => {
      const { beside, differing } = others();
      const differs = [...(isSame ? [] : (["FIGURE"] as const)), ...differing];
      return { unitId, level, code, where, indicator, published: then, live: now, differs, beside };
    };
    return [{ unitId, place: [rank(level), code, orderOf(where), index], tell }];
  });
}

function sourcesChanged({ of: { unitId, level, code }, where, published, live }: Place): SourcesChange[] {
  if (!published || !live || sourceMeasures.every((measure) => (published.tally[measure] ?? 0) === (live.tally[measure] ?? 0))) return [];
  return [{ unitId, where, published: published.tally, live: live.tally, place: [rank(level), code, orderOf(where)] }];
}

/** What an indicator comes to where nothing counts. */
const nothing = (indicator: Indicator): Figures => figures(indicator, {});

const LEVEL_ORDER = Object.keys(SCHOOL_LEVELS);
const OWNER_ORDER = Object.keys(OWNERSHIP_FILTERS);

/** Unfiltered first, then by school level, then by ownership. */
function orderOf({ schoolLevel, ownership }: Where): number {
  const [level, owner] = [schoolLevel ? LEVEL_ORDER.indexOf(schoolLevel) + 1 : 0, ownership ? OWNER_ORDER.indexOf(ownership) + 1 : 0];
  return level * (OWNER_ORDER.length + 1) + owner;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
