import { Command } from "commander";
import { sentenceOf } from "../fault.js";
import { type LedgerDifference, audit, rebuild } from "../ledger/audit.js";
import type { Hub } from "../hub.js";
import { withProgress } from "./progress.js";
import { Failure, type Terminal, table } from "./terminal.js";
import { withHub } from "./with-hub.js";

/** How many differing cells are listed; a ledger that differs in more has one cause, not a thousand. */
const LISTED = 1_000;

/** `ledger audit|rebuild`. */
export function ledgerCommand(terminal: Terminal): Command {
  const ledger = new Command("ledger").description("prove the stored rollups against the records, or make them anew");

  ledger
    .command("audit")
    .description(
      "work the ledger and the findings out anew from the records and list all that differs; ends with 1 where something differs. Changes nothing but what /metrics tells of the last audit",
    )
    .action(() =>
      withHub(terminal, async (hub) => {
        const { checked, differences } = await withProgress(terminal, "Audit", (progress) => audit(hub.database, progress));
        await hub.database
          .write((stores) => stores.audits.note({ at: hub.clock(), differences: differences.length }))
          .catch((error: unknown) => terminal.err(`This audit could not be noted for /metrics: ${sentenceOf(error)}\n`));
        const extent = `${checked.dossiers} dossiers, ${checked.cells} cells and ${checked.findings} findings`;
        if (differences.length === 0) return terminal.out(`The ledger is right: ${extent} checked.\n`);
        terminal.out(await differenceTable(hub, differences));
        throw new Failure(
          `The ledger differs from the records in ${differences.length} places (${extent} checked). To mend it: npx tonghop ledger rebuild`,
        );
      }),
    );

  ledger
    .command("rebuild")
    .description("work the ledger and the findings out anew from the records and store them")
    .action(() =>
      withHub(terminal, async (hub) => {
        await withProgress(terminal, "Rebuild", (progress) => rebuild(hub.database, progress));
        terminal.out("The ledger has been rebuilt from the records.\n");
      }),
    );

  return ledger;
}

async function differenceTable(hub: Hub, differences: readonly LedgerDifference[]): Promise<string> {
  const listed = differences.slice(0, LISTED);
  const units = await hub.database.read((stores) => stores.units.histories([...new Set(listed.map(({ unitId }) => unitId))]));
  const rows = listed.map(({ schoolYear, unitId, cell, measure, stored, expected }) => [
    schoolYear,
    units.get(unitId)?.unit.code ?? unitId,
    cell,
    measure,
    String(stored),
    String(expected),
  ]);
  const more = differences.length > LISTED ? `… and ${differences.length - LISTED} more\n` : "";
  return table([["SCHOOL YEAR", "UNIT", "CELL", "MEASURE", "STORED", "EXPECTED"], ...rows]) + more;
}
