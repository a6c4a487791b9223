import type { FastifyReply, FastifyRequest } from "fastify";
import { type Budgets } from "./budget.js";
import { refuseWithCost, spent } from "./cost-refusal.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Points that the caller has paid for the request and its body. */
    paid: number;
  }
}

/** What every request costs, before anybody knows what it asks. */
const REQUEST = 50;
/** What reading a body costs, for each byte: five megabytes of the dearest JSON take a second. */
const BYTE = 0.02;

/**
 * Takes what a request with its body costs before a byte of the body is read: bodies that one caller begins and does not end
 * would fill the memory. A body that does not tell its length pays for the longest, and is given back what it did not need.
 */
export function bodyBudget(budgets: Budgets, longest: number) {
  const begun = new WeakMap<FastifyRequest, number>();
  const costOf = (bytes: number) => REQUEST + Math.ceil(Math.min(bytes, longest) * BYTE);
  return {
    async take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
      const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
      const caller = request.caller!.tokenId;
      request.paid = costOf(encoding === undefined ? Number(length) : longest);
      if (!budgets.take(caller, request.paid)) {
        const seconds = budgets.secondsUntil(caller, request.paid);
        return refuseWithCost(budgets, request, reply.header("retry-after", String(seconds)), 429, "RATE_LIMITED", spent(seconds));
      }
      if (encoding !== undefined) begun.set(request, request.socket.bytesRead);
    },
    async giveBack(request: FastifyRequest): Promise<void> {
      const from = begun.get(request);
      if (from === undefined) return;
      const cost = costOf(request.socket.bytesRead - from);
      budgets.charge(request.caller!.tokenId, cost - request.paid);
      request.paid = cost;
    },
  };
}
