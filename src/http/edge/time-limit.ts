import { setMaxListeners } from "node:events";
import type { FastifyReply } from "fastify";
import type { TimeLimit } from "../../storage/database/deadline.js";

/** The time limit of a request: so many milliseconds from now, or until its client goes away. */
export function timeLimitOf({ raw }: FastifyReply, ms: number): TimeLimit {
  const controller = new AbortController();
  // Each change of the request listens; from eleven on Node would warn on standard error.
  setMaxListeners(0, controller.signal);
  const timer = setTimeout(() => controller.abort(), ms).unref();
  raw.once("close", () => {
    clearTimeout(timer);
    if (!raw.writableFinished) controller.abort();
  });
  return { until: Date.now() + ms, signal: controller.signal };
}
