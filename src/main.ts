import { banner } from "./banner.js";
import { readConfig, unknownSettings } from "./config.js";
import { lackOfOpenFiles, sentenceOf } from "./fault.js";
import { byTenths, Output } from "./output.js";

const out = new Output(process.stdout);
const err = new Output(process.stderr);
/** How long whoever reads the output may take to get the last lines. */
const FLUSH_MS = 1_000;
/** A signal that comes again later than this is meant: npm hands on what the terminal has sent to the hub already. */
const SAME_SIGNAL_MS = 1_000;

async function main(): Promise<void> {
  for (const warning of unknownSettings()) say(`Warning: ${warning}`);
  const config = readConfig();
  if ("faults" in config) return fail("Tonghop cannot start: the configuration has faults.", ...config.faults);

  const lack = lackOfOpenFiles();
  if (lack !== null) return fail(`Tonghop cannot start: ${lack}`);
  const { readyTokens } = await import("./access/ready-tokens.js");
  const { openHub } = await import("./hub.js");
  const { LONGEST_REQUEST_MS, openServer } = await import("./http/edge/server.js");
  const { waitForServer } = await import("./storage/database/mysql-server.js");

  if (config.database.type === "mysql")
    await waitForServer(config.database.url, (host, why) => say(`Waiting for the database at ${host}: ${sentenceOf(why)}`));
  const anew = byTenths((percent) => say(`Working all figures out anew, by the edition of this version: ${percent} %`));
  const hub = await openHub(config, undefined, undefined, anew);
  for (const warning of await hub.database.warnings()) say(`Warning: ${warning}`);
  const tokens = config.seed === "demo" ? await readyTokens(hub.access, hub.database, hub.clock()) : null;
  const hasUnits = await hub.hasUnits();
  const options = { ...config, output: err, graphiql: config.graphiql ? { tokens } : null };
  const server = await openServer(hub, options).catch(async (error: unknown) => {
    await hub.close();
    throw error;
  });

  const stop = async (signal: string) => {
    // Only a balancer that asks /readyz needs to be told beforehand. Who types Ctrl-C waits for nothing.
    const delayMs = signal === "SIGTERM" ? config.shutdownDelaySeconds * 1_000 : 0;
    setTimeout(() => void fail(`${signal}: not everything has ended in time; the rest is cut off.`), delayMs + LONGEST_REQUEST_MS);
    out.write(`${signal}: finishing what is running.\n`);
    await server.close(delayMs);
    await hub.close();
    return exit(0);
  };
  let stoppedAt: number | null = null;
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.on(signal, () => {
      if (stoppedAt === null) {
        stoppedAt = performance.now();
        stop(signal).catch((error: unknown) => fail(sentenceOf(error)));
      } else if (performance.now() - stoppedAt > SAME_SIGNAL_MS) void fail(`${signal}: ended at once.`);
    });
  out.write(banner(config, server.port, tokens, hasUnits));
}

function say(line: string): void {
  err.write(`${line}\n`);
}

async function fail(...lines: string[]): Promise<never> {
  for (const line of lines) say(line);
  return exit(1);
}

async function exit(code: number): Promise<never> {
  await Promise.all([out.flushed(FLUSH_MS), err.flushed(FLUSH_MS)]);
  process.exit(code);
}

main().catch((error: unknown) => fail(`Tonghop cannot start: ${sentenceOf(error)}`));
