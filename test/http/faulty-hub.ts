import { GraphQLError, buildSchema } from "graphql";
import { type Caller } from "../../src/domain/ground/caller.js";
import { type Meter } from "../../src/graphql/engine/meter.js";
import { RequestFault } from "../../src/domain/ground/request-fault.js";
import { type Server, type ServerOptions, openServer } from "../../src/http/edge/server.js";
import { type Served } from "../../src/http/edge/served.js";

/** A hub with the faults that the real one must not have: for tests of the edge, not of the hub. */
const schema = buildSchema(`
  type Query { hello: String!  bug: String  nothing: String!  known: String  many(n: Int! = 3): Int  slow: String  held: String
    away: String  unknown: String }
`);
const resolvers: Record<string, (source: unknown, args: { n: number }) => unknown> = {
  hello: () => "hello",
  bug: () => {
    throw new Error("SELECT password FROM token");
  },
  nothing: () => null,
  known: () => {
    throw new GraphQLError("There is no unit X.", { extensions: { code: "UNIT_NOT_FOUND", stacktrace: ["at home"], sql: "SELECT" } });
  },
  many: (_, { n }) => n,
  away: () => {
    throw new RequestFault("UNAVAILABLE");
  },
  unknown: () => {
    throw new RequestFault("OUTCOME_UNKNOWN");
  },
  slow: () => {
    faultyHub.slowBegan();
    return new Promise((resolve) => setTimeout(() => resolve("done"), 300));
  },
  held: () => faultyHub.untilReleased,
};
for (const [name, resolve] of Object.entries(resolvers)) schema.getQueryType()!.getFields()[name]!.resolve = resolve;

export const faultyHub = {
  schema,
  databaseAnswers: true,
  /** Called when the resolver of `slow` runs. */
  slowBegan: () => {},
  /** What the resolver of `held` waits for. */
  untilReleased: Promise.resolve("done"),
  access: {
    authenticate: async (bearer: string) =>
      bearer === "good" ? ({ tokenId: "t", name: "n", role: "ANALYST", unitId: "u" } as const) : null,
  },
  database: {
    ping: async () => {
      if (!faultyHub.databaseAnswers) throw new Error("gone");
    },
    stats: () => ({ connections: 1, waiting: 2, retries: 3 }),
  },
  lastAudit: async () => {
    await faultyHub.database.ping();
    return null;
  },
  context: (caller: Caller, _heard: unknown, _limit: unknown, meter: Meter) => ({
    caller,
    meter,
    branchSize: async () => 1,
    branchPoints: async () => 0,
    longTurn: async () => () => {},
  }),
};

/** A server of it on a free port; its ready tabs carry "tokenA" and "tokenB". */
export function openFaultyServer(withGraphiql = true, options: Partial<ServerOptions> = {}, hub: Served = faultyHub): Promise<Server> {
  const graphiql = withGraphiql ? { tokens: { analyst: "tokenA", districtApp: "tokenB" } } : null;
  return openServer(hub, {
    ...{ host: "127.0.0.1", port: 0, log: "silent", graphiql, introspection: true, corsOrigins: [], metricsToken: null },
    ...options,
  });
}

/** The headers of a request that is let in. */
export const GOOD = { authorization: "Bearer good", "content-type": "application/json" };

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
}
