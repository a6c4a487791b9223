import { resolve } from "node:path";
import { Command } from "commander";
import { Failure, type Terminal } from "./terminal.js";
import { configOf } from "./with-hub.js";

/** `backup`: works on the file itself, so that nothing is migrated before it is in safety. */
export function backupCommand(terminal: Terminal): Command {
  return new Command("backup")
    .description("copy the embedded database, also while the server writes into it; the copy is checked, and replaces nothing")
    .argument("<file>", "what the copy is called, e.g. backup-2026-11-22.sqlite")
    .action(async (file: string) => {
      const { database } = configOf(terminal);
      if (database.type !== "sqlite")
        throw new Failure(
          "This copies the embedded database. On MariaDB or MySQL: mariadb-dump --single-transaction --no-tablespaces <database>, see README.md.",
        );
      const { copySqlite } = await import("../hub.js");
      await copySqlite(database.file, resolve(file));
      terminal.out(`Copied ${database.file} to ${file}. The secret is not in it: keep a copy of it elsewhere.\n`);
    });
}
