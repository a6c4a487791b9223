import { Argument, Command, CommanderError } from "commander";
import { SEEDS, SETTINGS, type SeedName } from "../config.js";
import { sentenceOf } from "../fault.js";
import { backupCommand } from "./backup.js";
import { findingsCommand } from "./findings.js";
import { ledgerCommand } from "./ledger.js";
import { Failure, type Terminal, table } from "./terminal.js";
import { tokenCommand } from "./token.js";
import { vintageCommand } from "./vintage.js";
import { withHub } from "./with-hub.js";

/** Runs one command line and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = programOn(terminal);
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    // Commander has said what it had to say.
    if (error instanceof CommanderError) return error.exitCode;
    terminal.err(`${error instanceof Failure ? error.message : sentenceOf(error)}\n`);
    return 1;
  }
}

function programOn(terminal: Terminal): Command {
  const program = new Command("tonghop").description(
    "The Tonghop hub from a terminal. It works on the database that the settings name, also while the server runs.",
  );
  const settings = table(Object.entries(SETTINGS).map(([name, meaning]) => [`  ${name}`, meaning]));
  program.addHelpText("after", `\nSettings (environment variables, the same as the server's):\n${settings}`);

  program
    .command("seed")
    .description("load a seed; loading it again changes nothing")
    .addArgument(
      new Argument("<seed>", `demo: ${SEEDS.demo}; documents: ${SEEDS.documents}`).choices(
        Object.keys(SEEDS).filter((name) => name !== "none"),
      ),
    )
    .action((name: Exclude<SeedName, "none">) =>
      withHub(terminal, async (hub) => {
        const { loadSeed } = await import("../seeding/load.js");
        await loadSeed(hub.database, name, hub.clock());
        terminal.out(`Loaded the seed "${name}".\n`);
      }),
    );
  program.addCommand(tokenCommand(terminal));
  program.addCommand(ledgerCommand(terminal));
  program.addCommand(findingsCommand(terminal));
  program.addCommand(backupCommand(terminal));
  program.addCommand(vintageCommand(terminal));
  const schema = program.command("schema").description("the schema of the API");
  schema
    .command("print")
    .description("print the schema in GraphQL's schema language")
    .action(async () => {
      const { printedSchema } = await import("../graphql/schema.js");
      terminal.out(printedSchema());
    });
  program
    .command("migrate")
    .description("bring the tables of the database to the state that this version needs; the server does so at its start, too")
    .action(() => withHub(terminal, async () => terminal.out("The tables are as this version needs them.\n")));

  speakThrough(program, terminal);
  return program;
}

/** Commander's settings hold for one command only: without this, a sub-command's fault would end the process. */
function speakThrough(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err }).showHelpAfterError("(--help tells more)");
  command.commands.forEach((child) => speakThrough(child, terminal));
}
