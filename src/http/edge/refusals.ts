import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BODY_LIMITS } from "../../domain/ground/limits.js";
import { RequestFault, type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { refuse } from "./database-faults.js";
import { conceal, masked, requestError } from "./errors.js";

/**
 * What every answer says to browsers. Whoever asks over HTTP is not told to come by HTTPS only: the proxy that ends TLS
 * does that (README).
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const METHODS = ["GET", "POST"];

/** GraphQL answers GET and POST; said before a body is looked at. */
export async function methodCheck(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
  if (METHODS.includes(request.method)) return;
  return reply
    .code(405)
    .header("allow", METHODS.join(", "))
    .send(requestError("METHOD_NOT_ALLOWED", `GraphQL is asked with ${METHODS.join(" or ")}, not with ${request.method}.`));
}

/** GraphQL reads the whole address, with the host that the request names; said before that could fail. */
export async function addressCheck({ url, hostname }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
  if (URL.canParse(url, `http://${hostname}`)) return;
  return reply.code(400).send(requestError("BAD_REQUEST", "The address of the request cannot be read: its Host is no name of a host."));
}

/** The hub reads bodies as they are; said before a compressed one is taken for broken JSON. */
export async function encodingCheck({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() === "identity") return;
  const message = `The body is said to be compressed (${encoding.slice(0, 50)}); send it uncompressed, without Content-Encoding.`;
  return reply.code(415).send(requestError("UNSUPPORTED_MEDIA_TYPE", message));
}

/** What is read off of a body that is refused, and for how long. */
const MOST_READ_OFF = 20 * 1024 * 1024;
const READ_OFF_MS = 5_000;

/** Reads off a body that is refused: who is still sending when the connection closes sees a broken connection, not the answer. */
export async function readOff(body: IncomingMessage): Promise<void> {
  if (body.readableEnded || body.destroyed) return;
  let left = MOST_READ_OFF;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, READ_OFF_MS);
    body.on("data", (part: Buffer) => {
      left -= part.length;
      if (left < 0) resolve();
    });
    for (const event of ["end", "close"]) body.once(event, resolve);
    body.once("close", () => clearTimeout(timer));
    body.resume();
  });
}

/** Answers what is found nowhere, and what fails before GraphQL begins. */
export function answerFailures(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(requestError("NOT_FOUND", "Nothing is here. GraphQL answers at /graphql, GraphiQL at /graphiql.")),
  );
  app.setErrorHandler(async (error: { statusCode?: number; message: string }, request, reply) => {
    if (error instanceof RequestFault) return refuse(reply, error, request.log);
    const status = error.statusCode ?? 500;
    if (status >= 500) return reply.code(500).send(masked(conceal(error, (facts) => request.log.error(facts, "a fault of the hub"))));
    if (status === 413) await readOff(request.raw);
    const [code, message] = refusal(status);
    return reply.code(status).send(requestError(code, message));
  });
}

/** Fastify's own sentences name its inner codes; these say what was expected. */
function refusal(status: number): [RequestErrorCode, string] {
  if (status === 413)
    return ["PAYLOAD_TOO_LARGE", `The body is larger than ${BODY_LIMITS.bytes / 1024 / 1024} MB; send a batch in several requests.`];
  if (status === 415) return ["UNSUPPORTED_MEDIA_TYPE", "The body must be JSON, with the header Content-Type: application/json."];
  return ["BAD_REQUEST", 'The body is not valid JSON; expected e.g. {"query": "{ me { name } }"}.'];
}

/** A request whose address cannot be read; Fastify runs no hooks for it. */
export function answerBadUrl(_error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  void reply
    .code(400)
    .headers(SECURITY_HEADERS)
    .send(requestError("BAD_REQUEST", "The address of the request cannot be read: a percent sign begins no character."));
}

const BROKEN: Record<string, readonly [number, RequestErrorCode, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "BAD_REQUEST", "The request did not come to its end in time."],
  HPE_HEADER_OVERFLOW: [431, "BAD_REQUEST", "The headers of the request are too long."],
};

/** Bytes that are no request: there is nobody but the socket to answer to. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, code, message] = BROKEN[error.code ?? ""] ?? [400, "BAD_REQUEST", "This is not an HTTP request."];
  const body = JSON.stringify(requestError(code, message));
  const headers = {
    ...SECURITY_HEADERS,
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
  };
  const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable) socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", body].join("\r\n"));
  socket.destroy(error);
}
