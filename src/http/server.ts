import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import { type FastifyInstance, LogController, fastify } from "fastify";
import type { GraphQLSchema } from "graphql";
import { type Caller } from "../domain/caller.js";
import { bearerCheck } from "./bearer.js";
import { drainOf } from "./drain.js";
import { type RequestErrorCode, conceal, errorFormatter, masked, requestError } from "./errors.js";
import { type TabTokens, serveGraphiql } from "./graphiql.js";
import { serveHealth } from "./health.js";
import { limitSize } from "./query-size.js";

/** The largest body: a batch of some thousand records. */
const BODY_LIMIT = 5 * 1024 * 1024;
/** How long a client may take to send its request. */
const REQUEST_TIMEOUT_MS = 60_000;

/** What the server puts on a socket. */
export interface Served {
  readonly schema: GraphQLSchema;
  readonly access: { authenticate(bearer: string): Promise<Caller | null> };
  readonly database: { ping(): Promise<void> };
  context(caller: Caller): object;
}

export interface ServerOptions {
  host: string;
  port: number;
  log: "info" | "warn" | "error" | "silent";
  /** Whether GraphiQL is served, and which tokens its ready tabs carry. */
  graphiql: { tokens: TabTokens } | null;
}

export interface Server {
  readonly port: number;
  /** Takes no new requests, lets the running ones finish, then resolves. */
  close(): Promise<void>;
}

export async function openServer(served: Served, options: ServerOptions): Promise<Server> {
  const app = fastify({
    logger: { level: options.log, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: "idle",
  });
  const drain = drainOf(app);
  secureAnswers(app);
  logRequests(app);
  answerFailures(app);
  serveHealth(app, () => served.database.ping());
  if (options.graphiql) serveGraphiql(app, options.graphiql.tokens);
  const apollo = await serveGraphql(app, served);
  await app.listen({ host: options.host, port: options.port, listenTextResolver: (address) => `listening at ${address}` });
  const address = app.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    async close() {
      await drain();
      await apollo.stop();
    },
  };
}

async function serveGraphql(app: FastifyInstance, served: Served): Promise<ApolloServer> {
  const apollo = new ApolloServer({
    schema: served.schema,
    // Apollo would switch introspection off in production; GraphiQL and every client's tools need it.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError: errorFormatter((facts) => app.log.error(facts, "a fault of the hub")),
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: app.log,
    plugins: [
      limitSize(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  app.decorateRequest("caller", null);
  await app.register(async (scope) => {
    scope.removeContentTypeParser("text/plain");
    scope.addHook(
      "onRequest",
      bearerCheck((bearer) => served.access.authenticate(bearer)),
    );
    scope.addHook("onSend", async (_request, reply) => void reply.header("cache-control", "no-store"));
    // All methods: Apollo answers 405 to those that GraphQL over HTTP does not know.
    scope.all("/graphql", fastifyApolloHandler(apollo, { context: async (request) => served.context(request.caller!) }));
  });
  return apollo;
}

function secureAnswers(app: FastifyInstance): void {
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("content-security-policy")) reply.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    reply.headers({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
  });
}

function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    const path = request.url.split("?", 1)[0];
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method: request.method, path, status: reply.statusCode, ms, ...(request.caller ? { token: request.caller.tokenId } : {}) },
      "answered",
    );
  });
}

function answerFailures(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(requestError("NOT_FOUND", "Nothing is here. GraphQL answers at /graphql, GraphiQL at /graphiql.")),
  );
  app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) return reply.code(500).send(masked(conceal(error, (facts) => request.log.error(facts, "a fault of the hub"))));
    const [code, message] = refusal(status);
    return reply.code(status).send(requestError(code, message));
  });
}

/** Fastify's own sentences name its inner codes; these say what was expected. */
function refusal(status: number): [RequestErrorCode, string] {
  if (status === 413)
    return ["PAYLOAD_TOO_LARGE", `The body is larger than ${BODY_LIMIT / 1024 / 1024} MB; send a batch in several requests.`];
  if (status === 415) return ["UNSUPPORTED_MEDIA_TYPE", "The body must be JSON, with the header Content-Type: application/json."];
  return ["BAD_REQUEST", 'The body is not valid JSON; expected e.g. {"query": "{ me { name } }"}.'];
}
