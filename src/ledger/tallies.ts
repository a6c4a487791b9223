import { LEDGER_LEVELS, type Level } from "../domain/tree/unit.js";
import type { SumRow, Where } from "../storage/stores/ledger.store.js";
import type { Stores } from "../storage/stores/stores.js";

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
  const of = (levels: readonly Level[]) => [...new Set(units.flatMap(({ unitId, level }) => (levels.includes(level) ? [unitId] : [])))];
  const inLedger = of(LEDGER_LEVELS);
  const cells =
    inLedger.length > 0
      ? await stores.ledger.cells(inLedger, schoolYears, where.schoolLevel ?? "ALL", where.ownership ?? "ALL", measures)
      : [];
  return [...cells, ...(await stores.dossiers.sums(of(["GRASSROOTS"]), of(["SCHOOL"]), schoolYears, where, measures))];
}
