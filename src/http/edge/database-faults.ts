import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyBaseLogger, FastifyReply } from "fastify";
import { RequestFault, type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { requestError } from "./errors.js";

/** How long a client should wait before it tries again: what the hub itself could wait out it has. */
const RETRY_AFTER = "2";
/** Nothing was done, and the same request may succeed later. */
const PASSING: readonly unknown[] = ["UNAVAILABLE", "OVERLOADED"] satisfies RequestErrorCode[];
/** The same, where the operation had not begun: its time was over while it waited. */
const PASSING_BEFORE: readonly unknown[] = [...PASSING, "DEADLINE_EXCEEDED" satisfies RequestErrorCode];

/** Answers a request that failed before GraphQL began. */
export function refuse(reply: FastifyReply, fault: RequestFault, log: FastifyBaseLogger): FastifyReply {
  tell(log, fault);
  return reply.code(503).header("retry-after", RETRY_AFTER).send(requestError(fault.code, fault.message));
}

/** Gives answers that hold nothing but a passing fault of the database the status 503, and logs why. */
export function answerDatabaseFaults(log: FastifyBaseLogger): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors }) {
          // Many fields of one request fail for the same reason.
          const fault = errors.find(({ originalError }) => originalError instanceof RequestFault)?.originalError;
          if (fault instanceof RequestFault) tell(log, fault);
        },
        async willSendResponse({ response: { body, http } }) {
          if (body.kind !== "single") return;
          const { singleResult: answer } = body;
          const isEmpty = Object.values(answer.data ?? {}).every((value) => value === null);
          const { errors = [] } = answer;
          const passing = answer.data === undefined ? PASSING_BEFORE : PASSING;
          if (!isEmpty || errors.length === 0 || !errors.every(({ extensions }) => passing.includes(extensions?.["code"]))) return;
          http.status = 503;
          http.headers.set("retry-after", RETRY_AFTER);
        },
      };
    },
  };
}

function tell(log: FastifyBaseLogger, { code, cause }: RequestFault): void {
  if (cause !== undefined)
    log.warn({ code, cause: cause instanceof Error ? cause.message.slice(0, 500) : String(cause) }, "the database failed");
}
