import type { FastifyReply, FastifyRequest } from "fastify";
import type { Access } from "../../access/access.js";
import { KeyNotKnownYet } from "../../access/provider-keys.js";
import { type Caller } from "../../domain/ground/caller.js";
import { RequestFault } from "../../domain/ground/request-fault.js";
import { requestError } from "./errors.js";
import { timeLimitOf } from "./time-limit.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set on every request that came past the bearer check. */
    caller: Caller | null;
  }
}

/** How long the database may take to say whose a token is. */
const PATIENCE_MS = 10_000;

/**
 * Lets only requests with a valid token through. It runs before the body is read, so that a stranger cannot make the hub
 * parse anything. Why a token was refused is told to the log only: its owner could use that, and so could a thief. One that
 * may be right, but cannot be judged yet, gets 503 and when to come again.
 */
export function bearerCheck(authenticate: Access["authenticate"], patienceMs = PATIENCE_MS) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    // A proxy in front might go by another one than Node, which takes the first.
    if ((request.raw.headersDistinct.authorization?.length ?? 0) > 1)
      return reply
        .code(400)
        .header("www-authenticate", 'Bearer error="invalid_request"')
        .send(requestError("BAD_REQUEST", "Send one header Authorization, not several."));
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
    const limit = timeLimitOf(reply, patienceMs);
    try {
      request.caller = bearer === undefined ? null : await authenticate(bearer, (level, what) => request.log[level](what), limit);
    } catch (error) {
      if (error instanceof RequestFault && error.code === "DEADLINE_EXCEEDED") throw new RequestFault("UNAVAILABLE", error);
      if (!(error instanceof KeyNotKnownYet)) throw error;
      request.log.info(`a token was refused for now: ${error.message}`);
      return reply
        .code(503)
        .header("retry-after", error.retryAfterSeconds)
        .send(requestError("UNAVAILABLE", sentenceOf(error)));
    }
    if (request.caller !== null) return;
    const message =
      bearer === undefined
        ? "A token is needed: send the header Authorization: Bearer <token>."
        : "This token is not valid: it was not issued here, has expired or was revoked.";
    return reply
      .code(401)
      .header("www-authenticate", bearer === undefined ? "Bearer" : 'Bearer error="invalid_token"')
      .send(requestError("UNAUTHENTICATED", message));
  };
}

function sentenceOf({ isProviderSilent, retryAfterSeconds: seconds }: KeyNotKnownYet): string {
  return isProviderSilent
    ? "The key of this token is not known yet, as its provider does not answer. Send the request again later."
    : `The key of this token is not known yet; the provider's keys are fetched again in ${seconds} seconds. Send the request again then.`;
}
