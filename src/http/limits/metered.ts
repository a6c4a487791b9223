import type { ApolloServerPlugin } from "@apollo/server";
import { type Caller } from "../../domain/ground/caller.js";
import { type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { type BranchWorks } from "../../graphql/cost/branch-work.js";
import { type Meter } from "../../graphql/engine/meter.js";
import { requestError } from "../edge/errors.js";

/** What the server knows of the context of a request. */
export interface Metered {
  readonly caller: Caller;
  readonly meter: Meter;
  /** Units of the caller's branch. */
  branchSize(): Promise<number>;
  /** Points that changes of whole branches come to. */
  branchPoints(works: BranchWorks): Promise<number>;
  /** Waits until few other long operations run; the turn ends when the function that is returned is called, once. */
  readonly longTurn: () => Promise<() => void>;
}

const UNKNOWN: RequestErrorCode = "OUTCOME_UNKNOWN";

/** Answers an operation that was ended past its limits with that alone: of what it had found by then nothing is told. */
export function endMetered(): ApolloServerPlugin<Metered> {
  return {
    async requestDidStart({ contextValue: { meter } }) {
      return {
        async didResolveOperation({ operation }) {
          if (operation?.operation === "mutation") meter.change();
        },
        async willSendResponse({ response: { body, http } }) {
          const { ended, stored } = meter;
          if (ended === null || body.kind !== "single") return;
          const { singleResult: answer } = body;
          delete answer.data;
          http.status = 400;
          // Of a change whose commit was lost nobody knows whether it was stored: that is told instead.
          const unknown = answer.errors?.find(({ extensions }) => extensions?.["code"] === UNKNOWN);
          answer.errors = unknown ? [unknown] : requestError("QUERY_TOO_LARGE", ended, stored ? { stored } : {}).errors;
        },
      };
    },
  };
}
