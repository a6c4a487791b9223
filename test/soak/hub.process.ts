import { readdirSync } from "node:fs";
import { readyTokens } from "../../src/access/ready-tokens.js";
import { type Config } from "../../src/config.js";
import { openServer } from "../../src/http/edge/server.js";
import { type Hub, openHub } from "../../src/hub.js";

/** What a hub's process holds when it has nothing to do and has collected its garbage. */
export interface Sample {
  heapMb: number;
  /** Buffers and what native code keeps. */
  externalMb: number;
  residentMb: number;
  /** Sockets, timers and requests that Node waits for. */
  handles: number;
  fileDescriptors: number;
  /** Connections of the pool that are in use, and works that wait for one. */
  busy: number;
  kinds: Record<string, number>;
}

/** The hub as main.ts runs it, without an end of the callers' budgets; it also tells its parent what it holds. */
async function serve(config: Config) {
  const hub = await openHub(config);
  const tokens = await readyTokens(hub.access, hub.database, hub.clock());
  const server = await openServer(hub, { ...config, graphiql: { tokens }, budget: { capacity: 1e12, refillPerSecond: 1e12 } });
  process.on("disconnect", () => {
    void server
      .close()
      .then(() => hub.close())
      .finally(() => process.exit(0));
  });
  process.on("message", () => process.send!(sampleOf(hub)));
  process.send!({ port: server.port, tokens });
}

function sampleOf(hub: Hub): Sample {
  // Twice: what finalizers let go of in the first is collected in the second.
  for (let round = 0; round < 2; round++) globalThis.gc!();
  const { heapUsed, external, rss } = process.memoryUsage();
  const kinds: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const { connections, waiting } = hub.database.stats();
  return {
    heapMb: heapUsed / 2 ** 20,
    externalMb: external / 2 ** 20,
    residentMb: rss / 2 ** 20,
    handles: Object.values(kinds).reduce((sum, count) => sum + count, 0),
    fileDescriptors: readdirSync("/proc/self/fd").length,
    busy: connections + waiting,
    kinds,
  };
}

process.once("message", ({ config }: { config: Config }) => {
  serve(config).catch((error: unknown) => {
    process.send!({ error: error instanceof Error ? error.stack : String(error) });
    process.disconnect();
  });
});
// Ctrl-C reaches the whole group; the parent takes its child down itself.
process.on("SIGINT", () => undefined);
