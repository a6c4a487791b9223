import { Server as NetServer } from "node:net";
import type { FastifyInstance } from "fastify";

/** How long after the last connection was let in a request that had been sent already may take to arrive. */
const ARRIVAL_MS = 500;

/** The end of a server that cuts off nobody. */
export interface Drain {
  /** Whether it has begun: the answers to come close their connections. */
  readonly begun: boolean;
  /**
   * Goes on taking requests for `delayMs`, so that balancers hear of it first; then lets no connection in, waits for what was
   * sent already, answers it, and resolves.
   */
  run(delayMs: number): Promise<void>;
}

/**
 * Fastify alone would wait for every open connection, also for those that browsers and balancers hold ready and on which no
 * request ever came, and would refuse what was sent on the others meanwhile. `patienceMs`: as long as a request may take.
 */
export function drainOf(app: FastifyInstance, patienceMs: number): Drain {
  const connections = new Set<object>();
  const running = new Set<object>();
  let begun = false;
  let wake = () => {};
  app.server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => {
      connections.delete(socket);
      wake();
    });
  });
  app.addHook("onRequest", async (_request, reply) => {
    running.add(reply.raw);
    reply.raw.once("close", () => {
      running.delete(reply.raw);
      wake();
    });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (begun) reply.header("connection", "close");
  });

  /** Waits until a set is empty, for a limited time. */
  const emptied = (set: Set<object>, ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        if (set.size > 0) return;
        clearTimeout(timer);
        resolve();
      };
      wake();
    });

  return {
    get begun() {
      return begun;
    },
    async run(delayMs) {
      begun = true;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      // The kernel resets what it has let in and nobody has taken over: right after Node has taken over all, that is nearly nothing.
      await new Promise(setImmediate);
      // Node's own http server would close at once the connections on which a request is just arriving.
      NetServer.prototype.close.call(app.server);
      await emptied(connections, ARRIVAL_MS);
      await emptied(running, patienceMs);
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
