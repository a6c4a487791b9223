import { isSameFigure } from "../domain/effect.js";
import { indicatorByKey } from "../domain/indicators/catalogue.js";
import { figures, type Indicator } from "../domain/indicators/indicator.js";
import { isSameTally, sum, type Tally } from "../domain/tally.js";
import { LEDGER_LEVELS, type Level, OWNERSHIP_FILTERS, rank, SCHOOL_LEVELS } from "../domain/unit.js";
import { type FrozenDefinitions, sameFormula, sameMissing } from "../domain/vintage.js";
import { inStretches, mapInStretches, sortInStretches } from "../stretches.js";
import type { Where } from "../storage/ledger.store.js";
import type { Stores } from "../storage/stores.js";
import type { VintageDossier } from "../storage/vintage.row.js";
import type { VintageContent } from "../storage/vintage.store.js";
import { type Counted, type LiveBranches } from "./counted.js";
import { definitionsOf, lineOf, tallyIn } from "./vintages.js";

/** A school year of a unit's branch as published and as it is now. */
export interface Compared {
  vintageId: string;
  schoolYear: string;
  definitions: FrozenDefinitions;
  published: ReadonlyMap<string, Counted>;
  live: ReadonlyMap<string, Counted>;
}

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
  /** Sorts the changes of a vintage, and tells every two apart. */
  place: readonly [level: number, code: string, filter: number, indicator: number];
}

/** The figures of a vintage that are others today; a unit that came or went has those in which it counts anything. In order: federations first, then unions, then schools, each by code. */
export interface VintageChanges {
  compared: Compared;
  changes: VintageChange[];
}

/** One figure holder: a unit under a filter, with its tallies. `null`: not counted. */
interface Place {
  of: Counted;
  where: Where;
  published: Tally | null;
  live: Tally | null;
}

const EVERYTHING: Where = { schoolLevel: null, ownership: null };

/** Compares all that a vintage holds with the live ledger, in a number of statements that does not depend on the units. */
export async function vintageChanges(stores: Stores, vintageId: string, branches: LiveBranches): Promise<VintageChanges> {
  const vintage = (await stores.vintages.byIds([vintageId])).get(vintageId);
  if (!vintage) throw new Error(`no vintage ${vintageId}`);
  const content = await stores.vintages.content(vintageId);
  const counted = (row: VintageDossier) => [row.unitId, { ...row, line: lineOf(row), tally: tallyIn(row) }] as const;
  const published = new Map(await mapInStretches(content.dossiers, counted, stores.pause));
  const definitions = await definitionsOf(stores, vintageId);
  const live = await branches.dossiers(vintage.unitId, definitions.schoolYear);
  const compared = { vintageId, schoolYear: vintage.schoolYear, definitions, published, live };
  const places = [
    ...(await federationPlaces(stores, compared, content)),
    ...(await unionPlaces(stores, compared)),
    ...schoolPlaces(compared),
  ];
  const indicators = redefinitions(definitions);
  const ordered = await sortInStretches(places, inOrder, stores.pause);
  return { compared, changes: (await mapInStretches(ordered, (place) => changesOf(place, indicators), stores.pause)).flat() };
}

function inOrder(a: Place, b: Place): number {
  return rank(a.of.level) - rank(b.of.level) || compareText(a.of.code, b.of.code) || orderOf(a.where) - orderOf(b.where);
}

async function federationPlaces(stores: Stores, { published, live, schoolYear }: Compared, { cells }: VintageContent): Promise<Place[]> {
  const federations = unitsOf({ published, live }, (level) => (LEDGER_LEVELS as readonly Level[]).includes(level));
  const now = await stores.scopes.cells(
    federations.map(({ unitId }) => unitId),
    schoolYear,
  );
  const name = (row: { unitId: string; schoolLevel: string; ownership: string }) => [row.unitId, row.schoolLevel, row.ownership].join("|");
  const [then, today] = [new Map(cells.map((row) => [name(row), tallyIn(row)])), new Map(now.map((row) => [name(row), row.tally]))];
  const byId = new Map(federations.map((of) => [of.unitId, of]));
  const all = new Map([...cells, ...now].map((row) => [name(row), row]));
  return [...all].flatMap(([key, { unitId, schoolLevel, ownership }]) => {
    const of = byId.get(unitId);
    if (!of) return [];
    const where = { schoolLevel: schoolLevel === "ALL" ? null : schoolLevel, ownership: ownership === "ALL" ? null : ownership };
    return [
      {
        ...{ of, where },
        published: published.has(unitId) ? (then.get(key) ?? {}) : null,
        live: live.has(unitId) ? (today.get(key) ?? {}) : null,
      },
    ];
  });
}

async function unionPlaces({ pause }: Stores, { published, live }: Compared): Promise<Place[]> {
  const unions = unitsOf({ published, live }, (level) => level === "GRASSROOTS");
  const totals = async (dossiers: ReadonlyMap<string, Counted>) => {
    const byUnion = new Map<string, Tally>(unions.flatMap(({ unitId }) => (dossiers.has(unitId) ? [[unitId, {}]] : [])));
    const add = ({ line, tally }: Counted) => {
      for (const unitId of line) {
        const total = byUnion.get(unitId);
        if (total) byUnion.set(unitId, sum(total, tally));
      }
    };
    await inStretches(dossiers.values(), add, pause);
    return byUnion;
  };
  const [then, today] = [await totals(published), await totals(live)];
  return unions.map((of) => ({
    ...{ of, where: EVERYTHING },
    published: then.get(of.unitId) ?? null,
    live: today.get(of.unitId) ?? null,
  }));
}

function schoolPlaces({ published, live }: Compared): Place[] {
  return unitsOf({ published, live }, (level) => level === "SCHOOL").map((of) => ({
    ...{ of, where: EVERYTHING },
    published: published.get(of.unitId)?.tally ?? null,
    live: live.get(of.unitId)?.tally ?? null,
  }));
}

function unitsOf({ published, live }: Pick<Compared, "published" | "live">, at: (level: Level) => boolean): Counted[] {
  return [...new Map([...live, ...published]).values()].filter(({ level }) => at(level));
}

/** An indicator as it was defined at the publication, and as it is now. */
interface Redefinition {
  indicator: Indicator;
  /** `null`: the hub no longer computes it. */
  current: Indicator | null;
  /** Whether both make the same figure of the same tally. */
  sameReading: boolean;
}

function redefinitions({ indicators }: FrozenDefinitions): Redefinition[] {
  return indicators.map((indicator) => {
    const current = indicatorByKey(indicator.key) ?? null;
    return { indicator, current, sameReading: current !== null && sameFormula(indicator, current) && sameMissing(indicator, current) };
  });
}

function changesOf({ of, where, published, live }: Place, indicators: readonly Redefinition[]): VintageChange[] {
  const sameTally = published !== null && live !== null && isSameTally(published, live);
  const { unitId, level, code } = of;
  return indicators.flatMap(({ indicator, current, sameReading }, index) => {
    if (sameTally && sameReading) return [];
    const then = published && figures(indicator, published);
    const now = live && current ? figures(current, live) : null;
    if (isSameFigure(then ?? nothing(current ?? indicator), now ?? nothing(indicator))) return [];
    return [{ unitId, level, code, where, indicator, published: then, live: now, place: [rank(level), code, orderOf(where), index] }];
  });
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
