import type { FastifyInstance } from "fastify";

/**
 * Makes the function that ends a server without cutting off a running request. Fastify alone would wait for every open
 * connection, also for those that browsers and balancers hold ready and on which no request ever came. `patienceMs`: as long as a
 * request may take.
 */
export function drainOf(app: FastifyInstance, patienceMs: number): () => Promise<void> {
  const running = new Set<object>();
  let closing = false;
  let wake = () => {};
  app.addHook("onRequest", async (_request, reply) => {
    running.add(reply.raw);
    reply.raw.once("close", () => {
      running.delete(reply.raw);
      if (running.size === 0) wake();
    });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
  return async () => {
    closing = true;
    const closed = app.close();
    if (running.size > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    app.server.closeAllConnections();
    await closed;
  };
}
