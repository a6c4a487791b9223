import { Command } from "commander";
import { verifyVintage } from "../ledger/vintage.js";
import { Failure, type Terminal } from "./terminal.js";
import { withHub } from "./with-hub.js";

/** `vintage verify`. */
export function vintageCommand(terminal: Terminal): Command {
  const vintage = new Command("vintage").description("prove published vintages");
  vintage
    .command("verify")
    .description("compute the digest of a published vintage anew; ends with 1 where it is not the published one")
    .argument("<id>", 'what it is cited by, e.g. "CB-2022-2023-1"')
    .action((id: string) =>
      withHub(terminal, async (hub) => {
        const verified = await hub.database.snapshot((stores) => verifyVintage(stores, id));
        if (!verified) throw new Failure(`There is no vintage "${id}"; unit.vintages in the API lists them.`);
        const { vintage: published, found, dossiers, cells } = verified;
        if (found !== published.digest)
          throw new Failure(
            `Vintage ${id} is not what was published: its digest was ${published.digest}, what is stored now gives ${found}. Somebody changed the tables past the hub.`,
          );
        terminal.out(
          `Vintage ${id} is as published on ${published.publishedAt.toISOString()} by ${published.publishedBy}: ${dossiers} dossiers and ${cells} cells, SHA-256 ${found}.\n`,
        );
      }),
    );
  return vintage;
}
