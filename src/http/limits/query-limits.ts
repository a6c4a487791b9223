import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { DOCUMENT_LIMITS, MOST_COST } from "../../domain/ground/limits.js";
import { type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { rowsThatFit } from "../../graphql/cost/fitting-rows.js";
import { costOf } from "../../graphql/cost/query-cost.js";
import { pauseWhereDue } from "../../stretches.js";
import { documentCheck, tooMany } from "./document-limits.js";
import { statusOfRefusal } from "../edge/answer-type.js";
import { refuseWithCost, spent, tooDear } from "./cost-refusal.js";
import { type Metered } from "./metered.js";
import { requestBehind } from "../operations/request-log.js";
import { faultOfVariables } from "./variable-limits.js";

/** Refuses, before anything is parsed, a document or variables that are too long, too deep or too wide. */
export function documentLimits() {
  const excessOf = documentCheck();
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const { text, variables } = questionOf(request);
    const excess = text === null ? null : excessOf(text);
    // The body was read in this turn.
    await pauseWhereDue();
    const found = excess === null ? await faultOfVariables(variables) : { code: "QUERY_TOO_LARGE" as const, message: excess };
    if (found) return refuseWithCost(request, reply, statusOfRefusal(request.headers.accept), found.code, found.message);
  };
}

/**
 * Refuses an operation before it runs when it costs too much, for one request or for what its caller has left. What it costs is reserved by
 * the size of the caller's branch and settled by the processor time that it took; every answer tells both. What changes do to whole branches
 * never makes a request too dear, as who has to do it could not otherwise: it is reserved up to the limit, and what it takes beyond is owed.
 */
export function costLimits(): ApolloServerPlugin<Metered> {
  return {
    async requestDidStart({ contextValue, schema }) {
      const bill = requestBehind(contextValue)!.bill!;
      let leave = () => {};
      let isAnswered = false;
      contextValue.meter.resume();
      return {
        async parsingDidStart({ source }) {
          bill.parse(costOfDocument(source));
          await pauseWhereDue();
        },
        validationDidStart: () => pauseWhereDue(),
        async didResolveOperation({ document, operation, request, response, source }) {
          if (!operation) return;
          await pauseWhereDue();
          const asked = { schema, document, operation, variables: request.variables ?? {} };
          const { cost, scans, branches, depth } = costOf(asked);
          bill.ask(costOfDocument(source), cost);
          if (depth > DOCUMENT_LIMITS.depth)
            throw refusal(400, "QUERY_TOO_LARGE", tooMany(DOCUMENT_LIMITS.depth, "fields inside each other"));
          if (scans > 0 && bill.whole <= MOST_COST)
            bill.ask(costOfDocument(source), cost + Math.ceil(scans * (await contextValue.branchSize())));
          if (bill.whole > MOST_COST)
            throw refusal(400, "QUERY_TOO_LARGE", tooDear(bill.whole, rowsThatFit(asked, { ...bill.parts, characters: source.length })));
          if (branches.size > 0) {
            const points = Math.ceil(await contextValue.branchPoints(branches));
            bill.ask(costOfDocument(source), bill.parts.operation + Math.min(points, MOST_COST - bill.whole));
          }
          // All plugins are asked at once: another may have refused it meanwhile.
          if (isAnswered) return;
          const seconds = bill.perform();
          if (seconds !== null) {
            response.http.headers.set("retry-after", String(seconds));
            throw refusal(429, "RATE_LIMITED", spent(seconds));
          }
          if (bill.whole < LONG_COST) return;
          leave = await contextValue.longTurn();
          if (isAnswered) leave();
        },
        async willSendResponse({ response: { body } }) {
          isAnswered = true;
          leave();
          bill.settle(Math.ceil(contextValue.meter.wholeMs * POINTS_OF_A_MILLISECOND));
          if (body.kind === "single") body.singleResult.extensions = { ...body.singleResult.extensions, cost: bill.told() };
        },
      };
    },
  };
}

const POINTS_OF_A_MILLISECOND = 100;

/** Operations that are so dear take turns. */
const LONG_COST = 300 * POINTS_OF_A_MILLISECOND;

const costOfDocument = (source: string) => Math.ceil(source.length / DOCUMENT_LIMITS.charactersPerPoint);

function refusal(status: number, code: RequestErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

/** The document and the variables that Apollo will read: of the body, or of the address where there is none. */
function questionOf({ method, body, url }: FastifyRequest): { text: string | null; variables: unknown } {
  const given = method === "GET" ? Object.fromEntries(new URL(url, "http://hub").searchParams) : (body as Record<string, unknown> | null);
  const { query, variables } = given ?? {};
  return { text: typeof query === "string" ? query : null, variables: method === "GET" ? parsed(variables) : variables };
}

/** Variables of an address are JSON; where they are none Apollo says so. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}
