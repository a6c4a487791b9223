import { addedDue, type FrozenDue } from "../domain/counting/frozen-due.js";
import { sum } from "../domain/counting/tally.js";
import { type Level, isFederation } from "../domain/tree/unit.js";
import { cellKey } from "../ledger/frozen-due.js";
import { inStretches, mapInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { type VintageContent } from "../domain/analysis/vintage-content.js";
import { type Counted, type Compared } from "./counted.js";
import { type Ground } from "./vintage-beside.js";
import { dueIn, tallyIn } from "./vintages.js";
import { UNFILTERED, type Where } from "../domain/tree/filter.js";

/** One figure holder: a unit under a filter, with its tallies. `null`: not counted. */
export interface Place {
  of: Counted;
  where: Where;
  published: Summed | null;
  live: Summed | null;
}

/** What dossiers come to together. */
type Summed = Pick<Ground, "tally" | "due">;
/** Of no dossiers, as far as the vintage kept it. */
const nothingIn = ({ due }: Counted): Summed => ({ tally: {}, due: due && {} });

export async function federationPlaces(
  stores: Stores,
  { published, live, schoolYear }: Compared,
  { cells }: VintageContent,
  due: ReadonlyMap<string, FrozenDue>,
): Promise<Place[]> {
  const federations = unitsOf({ published, live }, (level) => isFederation(level));
  const now = await stores.scopes.cells(
    federations.map(({ unitId }) => unitId),
    schoolYear,
  );
  const name = (row: { unitId: string; schoolLevel: string; ownership: string }) => [row.unitId, row.schoolLevel, row.ownership].join("|");
  const then = new Map(cells.map((row) => [name(row), { tally: tallyIn(row), due: row.due === null ? null : dueIn(row) }]));
  const today = new Map(now.map((row) => [name(row), { tally: row.tally, due: due.get(cellKey(row)) ?? {} }]));
  const byId = new Map(federations.map((of) => [of.unitId, of]));
  const all = new Map([...cells, ...now].map((row) => [name(row), row]));
  return [...all].flatMap(([key, { unitId, schoolLevel, ownership }]) => {
    const of = byId.get(unitId);
    if (!of) return [];
    const where = { schoolLevel: schoolLevel === "ALL" ? null : schoolLevel, ownership: ownership === "ALL" ? null : ownership };
    return [
      {
        ...{ of, where },
        published: published.has(unitId) ? (then.get(key) ?? nothingIn(published.get(unitId)!)) : null,
        live: live.has(unitId) ? (today.get(key) ?? { tally: {}, due: {} }) : null,
      },
    ];
  });
}

function summed(parts: readonly Summed[]): Summed {
  const days = parts.flatMap(({ due }) => (due === null ? [] : [due]));
  return { tally: parts.reduce((total, { tally }) => sum(total, tally), {}), due: days.length === parts.length ? addedDue(days) : null };
}

export async function unionPlaces({ pause }: Stores, { published, live }: Compared): Promise<Place[]> {
  const unions = unitsOf({ published, live }, (level) => level === "GRASSROOTS");
  const totals = async (dossiers: ReadonlyMap<string, Counted>) => {
    const byUnion = new Map<string, Summed[]>(
      unions.flatMap(({ unitId }) => (dossiers.has(unitId) ? [[unitId, [nothingIn(dossiers.get(unitId)!)]]] : [])),
    );
    const add = (dossier: Counted) => {
      for (const unitId of dossier.line) byUnion.get(unitId)?.push(dossier);
    };
    await inStretches(dossiers.values(), add, pause);
    return new Map(await mapInStretches([...byUnion], ([unitId, parts]) => [unitId, summed(parts)] as const, pause));
  };
  const [then, today] = [await totals(published), await totals(live)];
  return unions.map((of) => ({
    ...{ of, where: UNFILTERED },
    published: then.get(of.unitId) ?? null,
    live: today.get(of.unitId) ?? null,
  }));
}

export function schoolPlaces({ published, live }: Compared): Place[] {
  return unitsOf({ published, live }, (level) => level === "SCHOOL").map((of) => ({
    ...{ of, where: UNFILTERED },
    published: published.get(of.unitId) ?? null,
    live: live.get(of.unitId) ?? null,
  }));
}

function unitsOf({ published, live }: Pick<Compared, "published" | "live">, at: (level: Level) => boolean): Counted[] {
  return [...new Map([...live, ...published]).values()].filter(({ level }) => at(level));
}
