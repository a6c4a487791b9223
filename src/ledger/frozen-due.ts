import { addedDue, dueOf, type FrozenDue } from "../domain/counting/frozen-due.js";
import { datedObligations } from "../domain/figures/judged-until.js";
import { inStretches, mapInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { type VintageCell } from "../domain/analysis/vintage-content.js";
import { cellsOf } from "./posting.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** Until which days the units were judged whose dossiers each cell adds up, by its key. */
export async function dueOfCells(rows: readonly DossierRow[], pause: Stores["pause"]): Promise<Map<string, FrozenDue>> {
  const parts = new Map<string, FrozenDue[]>();
  const add = (row: DossierRow) => {
    const due = dueOf(row.tally, row.due, datedObligations);
    for (const cell of cellsOf(row)) if (!parts.get(cellKey(cell))?.push(due)) parts.set(cellKey(cell), [due]);
  };
  await inStretches(rows, add, pause);
  return new Map(await mapInStretches([...parts], ([key, all]) => [key, addedDue(all)] as const, pause));
}

export const cellKey = ({ unitId, schoolLevel, ownership }: Pick<VintageCell, "unitId" | "schoolLevel" | "ownership">) =>
  [unitId, schoolLevel, ownership].join(" ");
