import { Command, InvalidArgumentError, Option } from "commander";
import { isLive } from "../access/access.js";
import { isSubjectId } from "../access/provider.js";
import { ROLES, type Role } from "../domain/ground/caller.js";
import { dayInVietnam } from "../domain/ground/day.js";
import type { Hub } from "../hub.js";
import { Failure, type Terminal, table } from "./terminal.js";
import { withHub } from "./with-hub.js";

/** `token issue|revoke|list`. */
export function tokenCommand(terminal: Terminal): Command {
  const token = new Command("token").description("issue, revoke and list the tokens of callers");
  const roles = Object.entries(ROLES).map(([role, meaning]) => `  ${role.toLowerCase().padEnd(14)} ${meaning}`);

  token
    .command("issue")
    .description("issue a token and print it; it is shown this once and kept nowhere")
    .addOption(
      new Option("--role <role>", "what it allows, see below")
        .makeOptionMandatory()
        .choices(Object.keys(ROLES).map((role) => role.toLowerCase())),
    )
    .option("--unit <code>", "the unit at the top of its branch; every role but administrator needs one")
    .requiredOption("--name <name>", "whose it is: a person or an application")
    .option("--days <days>", "how long it is valid; for ever unless said", wholeDays)
    .addHelpText("after", `\nRoles:\n${roles.join("\n")}`)
    .action((options: { role: string; unit?: string; name: string; days?: number }) =>
      withHub(terminal, async (hub) => {
        const role = options.role.toUpperCase() as Role;
        const unitId = options.unit === undefined ? null : await unitIdOf(hub, options.unit);
        const issued = await hub.access.issue({ name: options.name, role, unitId, days: options.days ?? null });
        terminal.err(`Issued ${issued.id}. To revoke it: npx tonghop token revoke ${issued.id}\n`);
        terminal.out(`${issued.token}\n`);
      }),
    );

  token
    .command("revoke")
    .description("revoke a token; it is refused from the next request on")
    .argument("<id>", "its id, see: token list; or oidc:<sub> for all that a person of the OpenID Connect provider has got until now")
    .action((id: string) =>
      withHub(terminal, async (hub) => {
        if (!(await hub.access.revoke(id))) {
          const revokedAt = (await hub.access.list()).find((row) => row.id === id)?.revokedAt;
          if (!revokedAt) throw new Failure(`There is no token ${id} that could be revoked; see: npx tonghop token list`);
          return terminal.out(`${id} was revoked already, on ${day(revokedAt)}.\n`);
        }
        terminal.out(`Revoked ${id}.\n`);
        if (isSubjectId(id)) terminal.err("Whoever signs in anew gets tokens that are taken: block the person at the provider as well.\n");
      }),
    );

  token
    .command("list")
    .description("list all tokens of the hub, who has them and what they allow, and whose tokens of the provider were revoked")
    .action(() => withHub(terminal, async (hub) => terminal.out(await tokenTable(hub))));

  return token;
}

async function unitIdOf(hub: Hub, code: string): Promise<string> {
  const id = (await hub.database.read((stores) => stores.unitReader.idsByCode([code]))).get(code);
  if (id !== undefined) return id;
  const hint = (await hub.hasUnits()) ? "." : ": this hub has no units yet; begin with --role administrator.";
  throw new Failure(`There is no unit with the code "${code}"${hint}`);
}

async function tokenTable(hub: Hub): Promise<string> {
  const rows = await hub.access.list();
  const subjects = await hub.access.revokedSubjects();
  const ids = [...new Set(rows.flatMap((row) => row.unitId ?? []))];
  const units = await hub.database.read((stores) => stores.units.histories(ids));
  return table([
    ["ID", "ROLE", "UNIT", "STATE", "ISSUED", "EXPIRES", "NAME"],
    ...rows.map((row) => [
      row.id,
      row.role.toLowerCase(),
      row.unitId === null ? "-" : (units.get(row.unitId)?.unit.code ?? row.unitId),
      row.revokedAt ? "revoked" : isLive(row, hub.clock()) ? "valid" : "expired",
      day(row.issuedAt),
      day(row.expiresAt),
      row.name,
    ]),
    ...subjects.map(({ id, revokedAt }) => [
      id,
      "-",
      "-",
      "revoked",
      "-",
      "-",
      `what the provider issued until ${revokedAt.toISOString()}`,
    ]),
  ]);
}

const day = (instant: Date | null) => (instant ? dayInVietnam(instant) : "never");

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError("Expected a whole number of days, e.g. 365.");
  return Number(text);
}
