import type { FastifyReply, FastifyRequest } from "fastify";
import { type RequestErrorCode } from "../domain/request-fault.js";
import { answerType } from "./answer-type.js";
import { type Budgets } from "./budget.js";
import { requestError } from "./errors.js";
import { unresolved } from "./request-log.js";

/** The answer to a request that is refused before GraphQL begins, with its cost as in every answer. */
export function refuseWithCost(
  budgets: Budgets,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: RequestErrorCode,
  message: string,
): FastifyReply {
  request.operation = { ...unresolved(), code };
  const extensions = { cost: costTold(budgets, request.caller!.tokenId, request.paid) };
  return reply
    .code(status)
    .type(answerType(request.headers.accept))
    .send({ ...requestError(code, message), extensions });
}

export function costTold(budgets: Budgets, caller: string, requested: number) {
  return { requested, remaining: Math.floor(budgets.remaining(caller)), ...budgets.budget };
}

export function spent(seconds: number): string {
  return `Your budget of cost does not suffice for this request; try again in ${seconds} seconds.`;
}
