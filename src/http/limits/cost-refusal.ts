import type { FastifyReply, FastifyRequest } from "fastify";
import { MOST_COST } from "../../domain/ground/limits.js";
import { type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { answerType } from "../edge/answer-type.js";
import { requestError } from "../edge/errors.js";
import { unresolved } from "../operations/request-log.js";

/** The answer to a request that is refused before GraphQL begins, with its cost as in every answer. */
export function refuseWithCost(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: RequestErrorCode,
  message: string,
): FastifyReply {
  request.operation = { ...unresolved(), code };
  return reply
    .code(status)
    .type(answerType(request.headers.accept))
    .send({ ...requestError(code, message), extensions: { cost: request.bill!.told() } });
}

/** The answer to a request that its caller cannot pay before it is read. */
export function refuseUnpaid(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  return refuseWithCost(request, reply.header("retry-after", String(seconds)), 429, "RATE_LIMITED", spent(seconds));
}

/** `rows`: of a batch, how many of its rows fit into one request. */
export function tooDear(cost: number, rows: number | null): string {
  const advice =
    rows === null
      ? "Ask for smaller pages (first), or for fewer lists inside lists"
      : `Send its rows in several requests, up to ${rows} in each`;
  return `The request costs ${cost} points; expected at most ${MOST_COST}. ${advice}; the query limits tells what fits.`;
}

export function spent(seconds: number): string {
  return `Your budget of cost does not suffice for this request; try again in ${seconds} seconds.`;
}
