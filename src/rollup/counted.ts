import { type SchoolYear } from "../domain/school-year.js";
import { type Tally } from "../domain/tally.js";
import { type Level } from "../domain/unit.js";
import { mapInStretches } from "../stretches.js";
import type { DossierRow } from "../storage/dossier.row.js";
import type { Where } from "../storage/ledger.store.js";
import type { Stores } from "../storage/stores.js";

/** A unit's own dossier of the school year, as published or as it is now. */
export interface Counted {
  unitId: string;
  unitVersion: number;
  level: Level;
  code: string;
  /** The unit and everything above it in the tree of the school year. */
  line: readonly string[];
  schoolLevel: Where["schoolLevel"];
  ownership: "COMMUNITY" | "PRIVATE" | "PUBLIC" | null;
  tally: Tally;
}

/** Whether a unit counts where it counted. */
export const samePlace = (a: Counted, b: Counted) => a.line.join() === b.line.join() && sameStratum(a, b);

/** The same of a school under filters, whatever its branch. */
export const sameStratum = (a: Counted, b: Counted) => a.schoolLevel === b.schoolLevel && a.ownership === b.ownership;

/** Branches as they are now, each read once for all vintages that are compared with it. */
export class LiveBranches {
  private readonly read = new Map<string, Promise<ReadonlyMap<string, Counted>>>();

  constructor(private readonly stores: Stores) {}

  /** The dossiers of a branch in the tree of the year. */
  dossiers(unitId: string, year: SchoolYear): Promise<ReadonlyMap<string, Counted>> {
    const name = `${unitId} ${year.label} ${year.referenceDate}`;
    let found = this.read.get(name);
    if (!found) this.read.set(name, (found = liveDossiers(this.stores, unitId, year)));
    return found;
  }
}

async function liveDossiers(
  stores: Stores,
  unitId: string,
  { label: schoolYear, referenceDate: on }: SchoolYear,
): Promise<Map<string, Counted>> {
  const level = (await stores.unitReader.levels([unitId])).get(unitId);
  const ids = level ? await stores.scopes.addingBelow(level, unitId, schoolYear) : [];
  const views = await stores.unitReader.views(ids, on);
  const rows = await stores.ledger.dossiers(ids, [schoolYear]);
  const counted = ({ unitId: of, level: at, stratum, line, tally }: DossierRow): [string, Counted] => [
    of,
    {
      ...{ unitId: of, level: at, code: views.get(of)?.code ?? "", unitVersion: views.get(of)?.version ?? 0 },
      line: [...new Set([of, line.GRASSROOTS, line.DISTRICT, line.PROVINCE, line.CONFEDERATION].flatMap((id) => id ?? []))],
      ...{ schoolLevel: stratum?.schoolLevel ?? null, ownership: stratum?.ownership ?? null, tally },
    },
  ];
  return new Map(await mapInStretches(rows, counted, stores.pause));
}
