import { readyTokens } from "./access/ready-tokens.js";
import { banner } from "./banner.js";
import { readConfig, unknownSettings } from "./config.js";
import { sentenceOf } from "./fault.js";
import { openHub } from "./hub.js";
import { openServer } from "./http/server.js";
import { waitForServer } from "./storage/mysql-server.js";

async function main(): Promise<void> {
  for (const warning of unknownSettings()) say(`Warning: ${warning}`);
  const config = readConfig();
  if ("faults" in config) return fail("Tonghop cannot start: the configuration has faults.", ...config.faults);

  if (config.database.type === "mysql") await waitForServer(config.database.url, say);
  const hub = await openHub(config);
  for (const warning of await hub.database.warnings()) say(`Warning: ${warning}`);
  const tokens = config.seed === "demo" ? await readyTokens(hub.access, hub.database, hub.clock()) : null;
  const hasUnits = await hub.hasUnits();
  const server = await openServer(hub, { ...config, graphiql: config.graphiql ? { tokens } : null }).catch(async (error: unknown) => {
    await hub.close();
    throw error;
  });

  const stop = async (signal: string) => {
    process.stdout.write(`${signal}: finishing what is running.\n`);
    await server.close();
    await hub.close();
    process.exit(0);
  };
  // Once: a second signal ends the process at once, as usual.
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => stop(signal).catch((error: unknown) => fail(sentenceOf(error))));
  process.stdout.write(banner(config, server.port, tokens, hasUnits));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(...lines: string[]): never {
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
  process.exit(1);
}

main().catch((error: unknown) => fail(`Tonghop cannot start: ${sentenceOf(error)}`));
