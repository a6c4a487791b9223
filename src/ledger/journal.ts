import { isZero, type Tally } from "../domain/counting/tally.js";
import { type CellTally } from "../domain/counting/cell.js";
import type { Stores } from "../storage/stores/stores.js";
import { addTo } from "./posting.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** What a unit of work added to the figures of one unit and school year, all schools together. */
export interface Posted {
  unitId: string;
  schoolYear: string;
  amount: Tally;
}

/**
 * Remembers what is posted while a unit of work runs, so that its effect can be told without asking twice: the amounts of
 * the unfiltered cells of the ledger, and for unions and schools, which have no cells, the differences of dossiers. Amounts
 * add up, however often the work re-posts.
 */
export class Journal {
  private readonly amounts = new Map<string, Posted & { amount: Record<string, number> }>();

  /** The stores for the work that is to be remembered. */
  watch(stores: Stores): Stores {
    const { ledger } = stores;
    return stores.withLedger({
      ...ledger,
      saveDossiers: async (dossiers) => {
        for (const { row, before } of dossiers) {
          if (before) this.dossier(before, -1);
          this.dossier(row, 1);
        }
        await ledger.saveDossiers(dossiers);
      },
      removeDossiers: async (dossiers) => {
        for (const row of dossiers) this.dossier(row, -1);
        await ledger.removeDossiers(dossiers);
      },
      add: async (amount, cells) => {
        for (const cell of cells) this.cell({ ...cell, tally: amount });
        await ledger.add(amount, cells);
      },
      addEach: async (cells) => {
        for (const cell of cells) this.cell(cell);
        await ledger.addEach(cells);
      },
    });
  }

  /** What was posted and is not nothing. */
  posted(): Posted[] {
    return [...this.amounts.values()].filter(({ amount }) => !isZero(amount));
  }

  private cell({ unitId, schoolYear, schoolLevel, ownership, tally }: CellTally): void {
    if (schoolLevel === "ALL" && ownership === "ALL") this.note(unitId, schoolYear, tally);
  }

  private dossier({ unitId, schoolYear, level, line, tally }: DossierRow, sign: 1 | -1): void {
    const amount = Object.fromEntries(Object.entries(tally).map(([measure, count]) => [measure, sign * count]));
    if (level === "SCHOOL") this.note(unitId, schoolYear, amount);
    if (line.GRASSROOTS) this.note(line.GRASSROOTS, schoolYear, amount);
  }

  private note(unitId: string, schoolYear: string, amount: Tally): void {
    const key = `${unitId} ${schoolYear}`;
    const present = this.amounts.get(key);
    if (present) addTo(present.amount, amount);
    else this.amounts.set(key, { unitId, schoolYear, amount: { ...amount } });
  }
}
