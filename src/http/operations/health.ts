import type { FastifyInstance } from "fastify";
import { RequestFault } from "../../domain/ground/request-fault.js";

/** How long the database may take to say that it is there. */
const PATIENCE_MS = 2_000;

/**
 * `/livez`: the process runs. `/readyz`: it can also answer, because its database does, and goes on doing so, because it has
 * not been told to end. Neither needs a token.
 */
export function serveHealth(app: FastifyInstance, ping: () => Promise<void>, isEnding: () => boolean): void {
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", async (request, reply) => {
    if (isEnding()) return reply.code(503).send({ status: "unavailable", reason: "The hub is ending." });
    try {
      await inTime(ping());
      return { status: "ok" };
    } catch (error) {
      request.log.warn({ error: error instanceof Error ? error.message : String(error) }, "the database does not answer");
      const reason = error instanceof RequestFault ? error.message : "The database does not answer.";
      return reply.code(503).send({ status: "unavailable", reason });
    }
  });
}

/** What the database answers, or a failure when it takes too long. */
export function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
