import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type DocumentNode, Kind, type SelectionSetNode } from "graphql";

declare module "fastify" {
  interface FastifyRequest {
    /** What GraphQL made of the request; null where it never came to it. */
    operation: OperationFacts | null;
  }
}

/** What is told of an operation, in the log and in the figures: no variables and no document, so no data. */
export interface OperationFacts {
  type: "query" | "mutation" | "subscription" | "unresolved";
  /** The root field; "several" where there are more. Of the schema, so nobody can make up a new one, as names can be. */
  field: string;
  /** What the caller calls it. */
  name?: string;
  /** The digest of the document, as SHA-256. */
  document?: string;
  /** The code of the first error; "OK" where there is none. */
  code: string;
  /** SQL statements run for it. */
  statements: number;
  /** Of a mutation: how many of its changes came to what, by the words of `Decided`. */
  outcomes?: Readonly<Record<string, number>>;
  /** Of a mutation: how often each code stood among its userErrors. */
  refusals?: Readonly<Record<string, number>>;
}

/** An operation that takes longer is a warning in the log. */
const SLOW_MS = 1_000;

const LONGEST_PATH = 200;
const LONGEST_NAME = 100;

/** The id under which a request stands in the log: the proxy's where it sent a harmless one, so that its log and ours fit together. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

/**
 * Tells every request its id, and logs it with what it was when it has been answered. Returns what is to be called where an answer ends before
 * its client has it all, of which Fastify does not tell; each request is logged once.
 */
export function logRequests(
  app: FastifyInstance,
  heard: (request: FastifyRequest, status: number, ms: number) => void,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const logged = new WeakSet<FastifyRequest>();
  app.decorateRequest("operation", null);
  app.addHook("onRequest", async (request, reply) => void reply.header("x-request-id", request.id));
  app.addHook("onResponse", async (request, reply) => log(request, reply));
  return log;

  function log(request: FastifyRequest, reply: FastifyReply): void {
    if (logged.has(request)) return;
    logged.add(request);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const path = request.url.split("?", 1)[0]!.slice(0, LONGEST_PATH);
    const { operation, caller } = request;
    const facts = { method: request.method, path, status: reply.statusCode, ms, ...(caller ? { token: caller.tokenId } : {}) };
    if (operation && ms > SLOW_MS) request.log.warn({ ...facts, operation }, "answered slowly");
    else request.log.info(operation ? { ...facts, operation: { ...operation, document: undefined } } : facts, "answered");
    heard(request, reply.statusCode, ms);
  }
}

const REQUEST = Symbol("the request behind a context or an error");

/** Ties a context, of which Apollo makes a copy, or an error to its request. */
export function tie<T extends object>(thing: T, request: FastifyRequest): T {
  return Object.assign(thing, { [REQUEST]: request });
}

/** The request to which something was tied. */
export function requestBehind(thing: unknown): FastifyRequest | undefined {
  return (thing as { [REQUEST]?: FastifyRequest } | null)?.[REQUEST];
}

/** An operation of which nothing is known yet. */
export function unresolved(): OperationFacts {
  return { type: "unresolved", field: "none", code: "OK", statements: 0 };
}

/** Notes on the request what its operation is and how it ended. */
export function noteOperations(): ApolloServerPlugin {
  return {
    async requestDidStart({ contextValue }) {
      const request = requestBehind(contextValue)!;
      const facts = request.operation!;
      return {
        async didResolveOperation({ document, operation, operationName, queryHash }) {
          if (!operation) return;
          facts.type = operation.operation;
          facts.field = rootFieldOf(document, operation.selectionSet);
          facts.document = queryHash;
          if (operationName) facts.name = operationName.slice(0, LONGEST_NAME);
        },
        async didEncounterErrors({ errors }) {
          for (const error of errors) tie(error, request);
        },
        async willSendResponse({ response: { body } }) {
          const code = body.kind === "single" ? body.singleResult.errors?.[0]?.extensions?.["code"] : undefined;
          if (code !== undefined) facts.code = String(code);
        },
      };
    },
  };
}

/** Each fragment is looked through once, however often it is spread. */
function rootFieldOf(document: DocumentNode, root: SelectionSetNode): string {
  const names = new Set<string>();
  const seen = new Set<string>();
  look(root);
  const [first = "none", ...others] = names;
  return others.length > 0 ? "several" : first;

  function look({ selections }: SelectionSetNode): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) look(node.selectionSet);
      else if (!seen.has(node.name.value)) {
        seen.add(node.name.value);
        for (const other of document.definitions)
          if (other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === node.name.value) look(other.selectionSet);
      }
    }
  }
}
