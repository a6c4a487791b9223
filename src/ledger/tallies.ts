import { type Level } from "../domain/tree/unit.js";
import { inStretches } from "../stretches.js";
import type { SumRow } from "../storage/stores/ledger.store.js";
import type { Stores } from "../storage/stores/stores.js";
import type { Where } from "../domain/tree/filter.js";

/** A unit and of which level it is. */
export interface LeveledUnit {
  unitId: string;
  level: Level;
}

/** What units and all below them come to in the trees of school years: cells of the ledger, and sums of dossiers for unions and schools, which have none. */
export async function talliesOfTheYear(
  stores: Stores,
  units: readonly LeveledUnit[],
  schoolYears: readonly string[],
  where: Where,
  measures: readonly string[],
): Promise<SumRow[]> {
  const [federations, unions, schools] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const sort = ({ unitId, level }: LeveledUnit) =>
    void (level === "SCHOOL" ? schools : level === "GRASSROOTS" ? unions : federations).add(unitId);
  await inStretches(units, sort, stores.pause);
  const cells =
    federations.size > 0
      ? await stores.ledger.cells([...federations], schoolYears, where.schoolLevel ?? "ALL", where.ownership ?? "ALL", measures)
      : [];
  return [...cells, ...(await stores.dossiers.sums([...unions], [...schools], schoolYears, where, measures))];
}
