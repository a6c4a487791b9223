import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { type Caller } from "../domain/caller.js";
import { type RequestErrorCode } from "../domain/request-fault.js";
import { costOf } from "../graphql/query-cost.js";
import { type Budgets } from "./budget.js";
import { documentCheck } from "./document-limits.js";
import { requestError } from "./errors.js";
import { statusOfRefusal, answerType } from "./answer-type.js";

/** Fields inside each other, fragments looked through: from the confederation to a school and back are twenty. */
const MOST_DEPTH = 40;
/** Eight seconds of one processor, if every page were full: the largest batch fits in. */
const MOST_COST = 800_000;
/** What every request costs, before anybody knows what it asks. */
const REQUEST = 50;
/** What reading and checking a document costs that the hub does not know yet, for each character. */
const CHARACTER = 0.1;

/** Refuses, before anything is parsed, a caller without budget and a document that is too long, too deep or too wide. */
export function documentLimits(budgets: Budgets) {
  const excessOf = documentCheck();
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const caller = request.caller!.tokenId;
    const { accept } = request.headers;
    const refuse = (status: number, code: RequestErrorCode, message: string) =>
      reply
        .code(status)
        .type(answerType(accept))
        .send({ ...requestError(code, message), extensions: { cost: costTold(budgets, caller, REQUEST) } });
    if (!budgets.take(caller, REQUEST)) {
      const seconds = budgets.secondsUntil(caller, REQUEST);
      void reply.header("retry-after", String(seconds));
      return refuse(429, "RATE_LIMITED", spent(seconds));
    }
    const text = documentOf(request);
    const excess = text === null ? null : excessOf(text);
    if (excess !== null) return refuse(statusOfRefusal(accept), "QUERY_TOO_LARGE", excess);
  };
}

/** Refuses an operation before it runs when it costs too much, for one request or for what its caller has left; tells the cost in every answer. */
export function costLimits(budgets: Budgets): ApolloServerPlugin<{ caller: Caller }> {
  return {
    async requestDidStart({ contextValue, schema }) {
      const caller = contextValue.caller.tokenId;
      let requested = REQUEST;
      return {
        async parsingDidStart({ source }) {
          budgets.charge(caller, source.length * CHARACTER);
        },
        async didResolveOperation({ document, operation, request, response }) {
          if (!operation) return;
          const { cost, depth } = costOf({ schema, document, operation, variables: request.variables ?? {} });
          requested += cost;
          if (depth > MOST_DEPTH)
            throw refusal(
              400,
              "QUERY_TOO_LARGE",
              `The document has more than ${MOST_DEPTH} fields inside each other; that is the most for one request.`,
            );
          if (requested > MOST_COST)
            throw refusal(
              400,
              "QUERY_TOO_LARGE",
              `The request costs ${requested} points; expected at most ${MOST_COST}. Ask for smaller pages (first), or for fewer lists inside lists.`,
            );
          if (budgets.take(caller, cost)) return;
          const seconds = budgets.secondsUntil(caller, requested);
          response.http.headers.set("retry-after", String(seconds));
          throw refusal(429, "RATE_LIMITED", spent(seconds));
        },
        async willSendResponse({ response: { body } }) {
          if (body.kind !== "single") return;
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: costTold(budgets, caller, requested) };
        },
      };
    },
  };
}

function costTold(budgets: Budgets, caller: string, requested: number) {
  return { requested, remaining: Math.floor(budgets.remaining(caller)), ...budgets.budget };
}

function refusal(status: number, code: RequestErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

function spent(seconds: number): string {
  return `Your budget of cost does not suffice for this request; try again in ${seconds} seconds.`;
}

/** The text that Apollo will read: of the body, or of the address where there is none. */
function documentOf({ method, body, url }: FastifyRequest): string | null {
  const text = method === "GET" ? new URL(url, "http://hub").searchParams.get("query") : (body as { query?: unknown } | null)?.query;
  return typeof text === "string" ? text : null;
}
