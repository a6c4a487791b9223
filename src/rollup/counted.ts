import { dueOf, type FrozenDue } from "../domain/counting/frozen-due.js";
import { datedObligations } from "../domain/figures/judged-until.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { type Tally } from "../domain/counting/tally.js";
import { type Level } from "../domain/tree/unit.js";
import { dueOfCells } from "../ledger/frozen-due.js";
import { mapInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { type Standards, standards } from "./standards.js";
import { type FrozenDefinitions } from "../domain/analysis/vintage.js";
import type { Where } from "../domain/tree/filter.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** A unit's own dossier of the school year, as published or as it is now. */
export interface Counted {
  unitId: string;
  unitVersion: number;
  level: Level;
  code: string;
  /** The unit and everything above it in the tree of the school year. */
  line: readonly [string, ...string[]];
  schoolLevel: Where["schoolLevel"];
  ownership: "COMMUNITY" | "PRIVATE" | "PUBLIC" | null;
  tally: Tally;
  /** `null`: the vintage did not keep it. */
  due: FrozenDue | null;
}

/** A school year of a unit's branch as published and as it is now. */
export interface Compared {
  vintageId: string;
  schoolYear: string;
  definitions: FrozenDefinitions;
  published: ReadonlyMap<string, Counted>;
  live: ReadonlyMap<string, Counted>;
}

/** The dossiers of a branch, and until which days the units were judged that each cell of its federations adds up. */
export interface LiveBranch {
  dossiers: ReadonlyMap<string, Counted>;
  due: ReadonlyMap<string, FrozenDue>;
  /** By unit. */
  standards: ReadonlyMap<string, Standards>;
}

/** Whether a unit counts where it counted. */
export const samePlace = (a: Counted, b: Counted) => a.line.join() === b.line.join() && sameStratum(a, b);

/** The same of a school under filters, whatever its branch. */
export const sameStratum = (a: Counted, b: Counted) => a.schoolLevel === b.schoolLevel && a.ownership === b.ownership;

/** Branches as they are now, each read once for all vintages that are compared with it. */
export class LiveBranches {
  private readonly read = new Map<string, Promise<LiveBranch>>();

  constructor(private readonly stores: Stores) {}

  /** The dossiers of a branch in the tree of the year. */
  of(unitId: string, year: SchoolYear): Promise<LiveBranch> {
    const name = `${unitId} ${year.label} ${year.referenceDate}`;
    let found = this.read.get(name);
    if (!found) this.read.set(name, (found = liveDossiers(this.stores, unitId, year)));
    return found;
  }
}

async function liveDossiers(stores: Stores, unitId: string, year: SchoolYear): Promise<LiveBranch> {
  const { label: schoolYear, referenceDate: on } = year;
  const level = (await stores.unitReader.levels([unitId])).get(unitId);
  const ids = level ? await stores.scopes.addingBelow(level, unitId, schoolYear) : [];
  const views = await stores.unitReader.views(ids, on);
  const rows = await stores.ledger.dossiers(ids, [schoolYear]);
  const counted = ({ unitId: of, level: at, stratum, line, tally, due }: DossierRow): [string, Counted] => [
    of,
    {
      ...{ unitId: of, level: at, code: views.get(of)?.code ?? "", unitVersion: views.get(of)?.version ?? 0 },
      line: [
        of,
        ...[line.GRASSROOTS, line.DISTRICT, line.PROVINCE, line.CONFEDERATION].flatMap((id) => (id === null || id === of ? [] : [id])),
      ],
      ...{ schoolLevel: stratum?.schoolLevel ?? null, ownership: stratum?.ownership ?? null, tally },
      due: dueOf(tally, due, datedObligations),
    },
  ];
  const held = await standards(
    stores,
    ids.map((id) => ({ unitId: id, schoolYear: year })),
  );
  return {
    dossiers: new Map(await mapInStretches(rows, counted, stores.pause)),
    due: await dueOfCells(rows, stores.pause),
    standards: new Map(ids.map((id, index) => [id, held[index]!])),
  };
}
