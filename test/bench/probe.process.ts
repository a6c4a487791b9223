import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { serveParent } from "./child.js";

/** How often it asks. */
const EVERY_MS = 20;

/** The longest that an answer took since it was told last, in milliseconds, how many were no 200, and how many have not come yet. */
export interface Waits {
  hub: number;
  idle: number;
  failed: number;
  open: number;
}

/** Asks /livez of the hub, and an idle process, every 20 ms, whether or not the answer before has come; whoever asks it hears the longest wait. */
serveParent(async ({ hub, idle }: { hub: number; idle: number }) => {
  const agent = new Agent({ keepAlive: true });
  const since = { hub: 0, idle: 0, failed: 0 };
  /** When those were sent that have not been answered. */
  const open = { hub: new Set<number>(), idle: new Set<number>() };
  const ask = (of: "hub" | "idle", port: number) => {
    const sent = performance.now();
    open[of].add(sent);
    const done = (ok: boolean) => {
      open[of].delete(sent);
      since[of] = Math.max(since[of], performance.now() - sent);
      if (!ok) since.failed++;
    };
    get({ host: "127.0.0.1", port, path: "/livez", agent }, (response) => {
      response.resume().on("end", () => done(response.statusCode === 200));
    }).on("error", () => done(false));
  };
  const timer = setInterval(() => {
    ask("hub", hub);
    ask("idle", idle);
  }, EVERY_MS);
  const server = createServer((_request, response) => {
    for (const of of ["hub", "idle"] as const) for (const sent of open[of]) since[of] = Math.max(since[of], performance.now() - sent);
    response.end(JSON.stringify({ ...since, open: open.hub.size } satisfies Waits));
    Object.assign(since, { hub: 0, idle: 0, failed: 0 });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      clearInterval(timer);
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
});
