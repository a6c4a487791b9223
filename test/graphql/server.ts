import { type Role } from "../../src/domain/ground/caller.js";
import { type Config, readConfig, type SeedName } from "../../src/config.js";
import { openServer, type ServerOptions } from "../../src/http/edge/server.js";
import { type Hub, openHub } from "../../src/hub.js";
import { type Dump, openTestPlace } from "../database.js";
import { withDemo, withTables } from "../prepared.js";
import { Desk, noon, TODAY } from "../desk.js";
import { request } from "../http-client.js";

export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string } & Record<string, unknown>;
}

export interface Answer {
  status: number;
  // What a query answers is judged by the test, not by the compiler.
  data?: any;
  errors?: GraphqlError[];
  extensions?: { cost: { requested: number; spent: number; remaining: number; capacity: number; refillPerSecond: number } };
}

/** A client with a token. */
export interface Client {
  token: string;
  /** The answer, whatever it is. */
  ask(query: string, variables?: unknown): Promise<Answer>;
  /** The data of an answer without errors; fails where there are any. */
  data(query: string, variables?: unknown): Promise<any>;
  /** The id of its token, as the hub tells it of who did something. */
  tokenId(): Promise<string>;
  /** The codes of the errors of an answer. */
  codes(query: string, variables?: unknown): Promise<string[]>;
}

/** A hub that answers on a port of its own, on a database of its own. Its clock stands still at noon of the test's day. */
export interface Running {
  hub: Hub;
  /** "http://127.0.0.1:4711" */
  origin: string;
  /** Where GraphQL answers. */
  url: string;
  /** The intake without a token, to put something there. */
  desk: Desk;
  /** A client with a fresh token for the branch of a unit; an administrator has none. */
  as(role: Role, code?: string, name?: string): Promise<Client>;
  /** Sends bytes as they are. */
  send(token: string, body: string): Promise<Answer>;
  /** The SQL statements that run while something is done. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  /** Every row of every table, but of those that are left out. */
  dump(...without: string[]): Promise<Dump>;
  close(): Promise<void>;
}

/** The fingerprint of a unit's report of a whole year, or (`branch`) of all below it, as a client reads it before it decides. */
export async function fingerprintRead(
  client: Client,
  unit: string,
  schoolYear: string,
  of: "report" | "branch" = "report",
): Promise<string> {
  const field = of === "report" ? "fingerprint" : "branchFingerprint";
  const query = `query ($unit: String!, $schoolYear: String!) { unit(code: $unit) { report(schoolYear: $schoolYear) { ${field} } } }`;
  return (await client.data(query, { unit, schoolYear })).unit.report[field];
}

/** Tests ask faster than people; those of budgets give their own. */
const ENDLESS = { capacity: 1e12, refillPerSecond: 1e12 };

/** `clock`, `settings` (as in the environment) and options of the server where a test needs others. */
export async function serve(
  seed: SeedName,
  { clock = () => noon(TODAY), settings = {}, ...more }: { clock?: () => Date; settings?: NodeJS.ProcessEnv } & Partial<ServerOptions> = {},
): Promise<Running> {
  const place = await openTestPlace(seed === "demo" ? withDemo : withTables);
  const heard: string[] = [];
  const config = {
    ...(readConfig({
      ...{ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" },
      ...settings,
    }) as Config),
    ...{ database: place.options as Config["database"], seed },
  };
  const hub = await openHub(config, clock, (sql) => heard.push(sql));
  const server = await openServer(hub, { ...config, graphiql: null, budget: ENDLESS, ...more });
  const url = `http://127.0.0.1:${server.port}/graphql`;
  const desk = new Desk(hub.database);

  async function send(token: string, body: string): Promise<Answer> {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const response = await request(url, { method: "POST", headers, body });
    const { extensions, ...answer } = (await response.json()) as Omit<Answer, "status">;
    // The cost is there for who asks; two answers that are otherwise equal are equal.
    return Object.defineProperty({ status: response.status, ...answer }, "extensions", { value: extensions, enumerable: false });
  }
  const client = (token: string): Client => {
    const ask = (query: string, variables?: unknown) => send(token, JSON.stringify({ query, variables }));
    return {
      token,
      ask,
      async data(query, variables) {
        const { data, errors } = await ask(query, variables);
        if (errors) throw new Error(`${errors.map(({ message }) => message).join(" ")} in ${query}`);
        return data;
      },
      async tokenId() {
        return (await this.data("{ me { tokenId } }")).me.tokenId as string;
      },
      codes: async (query, variables) => ((await ask(query, variables)).errors ?? []).map(({ extensions }) => extensions.code),
    };
  };
  return {
    hub,
    origin: `http://127.0.0.1:${server.port}`,
    url,
    desk,
    send,
    async as(role, code, name = `${role} of ${code}`) {
      const { token } = await hub.access.issue({ name, role, unitId: code ? await desk.id(code) : null, days: null });
      return client(token);
    },
    async statements(work) {
      const from = heard.length;
      await work();
      return heard.slice(from);
    },
    dump: place.dump,
    async close() {
      await server.close();
      await hub.close();
      await place.close();
    },
  };
}
