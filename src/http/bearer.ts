import type { FastifyReply, FastifyRequest } from "fastify";
import type { Access } from "../access/access.js";
import { ProviderSilent } from "../access/provider.js";
import { type Caller } from "../domain/caller.js";
import { requestError } from "./errors.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set on every request that came past the bearer check. */
    caller: Caller | null;
  }
}

/** Seconds after which a provider that did not answer may be back. */
const PROVIDER_PAUSE_S = 30;

/**
 * Lets only requests with a valid token through. It runs before the body is read, so that a stranger cannot make the hub
 * parse anything. Why a token was refused is told to the log only: its owner could use that, and so could a thief.
 */
export function bearerCheck(authenticate: Access["authenticate"]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    // A proxy in front might go by another one than Node, which takes the first.
    if ((request.raw.headersDistinct.authorization?.length ?? 0) > 1)
      return reply
        .code(400)
        .header("www-authenticate", 'Bearer error="invalid_request"')
        .send(requestError("BAD_REQUEST", "Send one header Authorization, not several."));
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
    try {
      request.caller = bearer === undefined ? null : await authenticate(bearer, (level, what) => request.log[level](what));
    } catch (error) {
      if (!(error instanceof ProviderSilent)) throw error;
      return reply
        .code(503)
        .header("retry-after", PROVIDER_PAUSE_S)
        .send(requestError("UNAVAILABLE", "Tokens of this kind cannot be proved now: their provider does not answer. Try again later."));
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
