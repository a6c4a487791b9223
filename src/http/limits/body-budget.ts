import type { FastifyReply, FastifyRequest } from "fastify";
import { BODY_LIMITS, REQUEST_COST } from "../../domain/ground/limits.js";
import { Bill } from "./bill.js";
import { type Budgets } from "./budget.js";
import { refuseUnpaid } from "./cost-refusal.js";

declare module "fastify" {
  interface FastifyRequest {
    /** What the caller pays; null where nothing is asked of GraphQL. */
    bill: Bill | null;
  }
}

const costOf = (bytes: number) => REQUEST_COST + Math.ceil(Math.min(bytes, BODY_LIMITS.bytes) / BODY_LIMITS.bytesPerPoint);

/**
 * Takes what a request with its body costs before a byte of the body is read: bodies that one caller begins and does not end
 * would fill the memory. A body that does not tell its length pays for the longest, and is given back what it did not need.
 */
export function bodyBudget(budgets: Budgets) {
  const begun = new WeakMap<FastifyRequest, number>();
  return {
    async take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
      const { "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
      request.bill = new Bill(budgets, request.caller!.tokenId, costOf(encoding === undefined ? Number(length) : BODY_LIMITS.bytes));
      const seconds = request.bill.begin();
      if (seconds !== null) return refuseUnpaid(request, reply, seconds);
      if (encoding !== undefined) begun.set(request, request.socket.bytesRead);
    },
    async giveBack(request: FastifyRequest): Promise<void> {
      const from = begun.get(request);
      if (from !== undefined) request.bill!.read(costOf(request.socket.bytesRead - from));
    },
  };
}
