import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import { fastifyCors } from "@fastify/cors";
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController, fastify } from "fastify";
import { type AnswerLimits, BODY_LIMITS, type Budget, BUDGET, WORK_MS } from "../../domain/ground/limits.js";
import { Meter } from "../../graphql/engine/meter.js";
import { type WorkTime } from "../../graphql/engine/thread-time.js";
import type { Output } from "../../output.js";
import { bearerCheck } from "./bearer.js";
import { bodyBudget } from "../limits/body-budget.js";
import { Budgets } from "../limits/budget.js";
import { hearerFor } from "../operations/decisions.js";
import { drainOf } from "./drain.js";
import { answerDatabaseFaults } from "./database-faults.js";
import { errorFormatter } from "./errors.js";
import { type TabTokens, serveGraphiql } from "../graphiql/graphiql.js";
import { serveHealth } from "../operations/health.js";
import { endMetered, type Metered } from "../limits/metered.js";
import { serveMetrics } from "../operations/metrics.js";
import { answerText, inPieces } from "./answer-text.js";
import { answerAsAccepted } from "./answer-type.js";
import { forgetPlaces } from "../limits/document-limits.js";
import { costLimits, documentLimits } from "../limits/query-limits.js";
import { rowsOneByOne } from "../limits/rows-of-variables.js";
import { refuseForbiddenTexts } from "./texts.js";
import {
  addressCheck,
  answerBadUrl,
  answerBrokenRequest,
  answerFailures,
  encodingCheck,
  methodCheck,
  SECURITY_HEADERS,
} from "./refusals.js";
import { logRequests, noteOperations, requestBehind, requestIdOf, tie, unresolved } from "../operations/request-log.js";
import { timeLimitOf } from "./time-limit.js";
import { type Served } from "./served.js";

/** How long a client may take to send its request. */
const REQUEST_TIMEOUT_MS = 60_000;
/** How long the answer to a request whose time is over may take yet. */
const TO_ANSWER_MS = 5_000;
/** From its coming to its answer nothing takes longer. */
export const LONGEST_REQUEST_MS = WORK_MS + TO_ANSWER_MS;

export interface ServerOptions {
  host: string;
  port: number;
  log: "info" | "warn" | "error" | "silent";
  /** Where the log is written, and how much of it was dropped; standard error unless given. */
  output?: Pick<Output, "write" | "dropped">;
  /** Whether GraphiQL is served, and which tokens its ready tabs carry. */
  graphiql: { tokens: TabTokens } | null;
  /** Whether the schema may be asked for, and errors suggest names of it. */
  introspection: boolean;
  /** Origins of web pages that may ask. */
  corsOrigins: readonly string[];
  /** What opens /metrics; null: it is not served. */
  metricsToken: string | null;
  /** What a caller may spend, by which clock it comes back (milliseconds), what an answer may be, what measures the processor time of an operation, how long the look-up of its token and the work may take, and how long a request may take to come; as usual unless given. */
  budget?: Budget;
  budgetClock?: () => number;
  answer?: AnswerLimits;
  timeOf?: () => WorkTime;
  tokenMs?: number;
  workMs?: number;
  requestMs?: number;
}

export interface Server {
  readonly port: number;
  /** Says for `delayMs` that it ends, then takes no new requests, lets the running ones finish, and resolves. */
  close(delayMs?: number): Promise<void>;
}

export async function openServer(served: Served, options: ServerOptions): Promise<Server> {
  const { requestMs = REQUEST_TIMEOUT_MS, workMs = WORK_MS, output } = options;
  const app = fastify({
    logger: { level: options.log, stream: output ?? process.stderr },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request" }),
    genReqId: requestIdOf,
    bodyLimit: BODY_LIMITS.bytes,
    requestTimeout: requestMs,
    // Node looks at its connections at an interval, and takes the shorter time for the headers alone.
    http: { headersTimeout: requestMs, connectionsCheckingInterval: requestMs / 2 },
    forceCloseConnections: "idle",
    frameworkErrors: answerBadUrl,
    clientErrorHandler: answerBrokenRequest,
  });
  const drain = drainOf(app, workMs + TO_ANSWER_MS);
  secureAnswers(app);
  const heard =
    options.metricsToken === null
      ? () => undefined
      : serveMetrics(app, { ...served, dropped: () => output?.dropped ?? 0 }, options.metricsToken);
  const ended = logRequests(app, heard);
  answerFailures(app);
  await allowOrigins(app, options.corsOrigins);
  serveHealth(
    app,
    () => served.database.ping(),
    () => drain.begun,
  );
  if (options.graphiql) serveGraphiql(app, options.graphiql.tokens);
  const apollo = await serveGraphql(app, served, options, ended);
  await app.listen({ host: options.host, port: options.port, listenTextResolver: (address) => `listening at ${address}` });
  const address = app.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    async close(delayMs = 0) {
      await drain.run(delayMs);
      await apollo.stop();
    },
  };
}

async function serveGraphql(
  app: FastifyInstance,
  served: Served,
  options: ServerOptions,
  ended: (request: FastifyRequest, reply: FastifyReply) => void,
): Promise<ApolloServer<Metered>> {
  const { introspection, budget = BUDGET, budgetClock, workMs = WORK_MS } = options;
  const apollo = new ApolloServer<Metered>({
    schema: served.schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    formatError: errorFormatter((facts, error) => (requestBehind(error)?.log ?? app.log).error(facts, "a fault of the hub"), introspection),
    persistedQueries: false,
    stringifyResult: answerText,
    stopOnTerminationSignals: false,
    logger: app.log,
    plugins: [
      endMetered(),
      noteOperations(),
      refuseForbiddenTexts(),
      costLimits(),
      rowsOneByOne(introspection),
      forgetPlaces(),
      answerDatabaseFaults(app.log),
      answerAsAccepted(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  const contextOf = (request: FastifyRequest, reply: FastifyReply) => {
    const operation = (request.operation = unresolved());
    const meter = new Meter(options.answer, options.timeOf?.());
    return tie(served.context(request.caller!, hearerFor(operation, meter), timeLimitOf(reply, workMs), meter), request);
  };
  app.decorateRequest("caller", null);
  app.decorateRequest("bill", null);
  await app.register(async (scope) => {
    scope.removeContentTypeParser("text/plain");
    scope.addHook(
      "onRequest",
      bearerCheck((bearer, hear, limit) => served.access.authenticate(bearer, hear, limit), options.tokenMs),
    );
    scope.addHook("onRequest", methodCheck);
    scope.addHook("onRequest", addressCheck);
    scope.addHook("onRequest", encodingCheck);
    const bodies = bodyBudget(new Budgets(budget, budgetClock));
    scope.addHook("onRequest", bodies.take);
    scope.addHook("preHandler", bodies.giveBack);
    scope.addHook("preHandler", documentLimits());
    scope.addHook("onSend", async (request, reply, payload) => {
      reply.header("cache-control", "no-store");
      if (typeof payload !== "string") return payload;
      reply.header("content-length", Buffer.byteLength(payload));
      // To a client that is gone already nothing is sent.
      const sent = reply.raw.destroyed ? payload : inPieces(payload);
      if (sent !== payload) reply.raw.once("close", () => ended(request, reply));
      return sent;
    });
    // All methods, so that the others are answered with 405.
    scope.all("/graphql", fastifyApolloHandler(apollo, { context: async (request, reply) => contextOf(request, reply) }));
  });
  return apollo;
}

function secureAnswers(app: FastifyInstance): void {
  app.addHook("onSend", async (_request, reply) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
}

/** Lets web pages of these origins ask, and answers their preflight requests, which carry no token. Others get no word of CORS. */
async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(fastifyCors, {
    origin: (origin, decide) => decide(null, origin !== undefined && origins.includes(origin) ? origin : false),
    methods: ["GET", "POST"],
    allowedHeaders: ["authorization", "content-type", "apollo-require-preflight"],
    exposedHeaders: ["retry-after", "www-authenticate", "x-request-id"],
    maxAge: 600,
    strictPreflight: false,
  });
}
