import type { FastifyReply, FastifyRequest } from "fastify";
import { type Caller } from "../domain/caller.js";
import { requestError } from "./errors.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set on every request that came past the bearer check. */
    caller: Caller | null;
  }
}

/**
 * Lets only requests with a valid token through. It runs before the body is read, so that a stranger cannot make the hub
 * parse anything. Why a token was refused is not told: only its owner could use that, and so could a thief.
 */
export function bearerCheck(authenticate: (bearer: string) => Promise<Caller | null>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
    request.caller = bearer === undefined ? null : await authenticate(bearer);
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
