import { type Role } from "../../src/domain/caller.js";
import { type Config, readConfig, type SeedName } from "../../src/config.js";
import { openServer } from "../../src/http/server.js";
import { type Hub, openHub } from "../../src/hub.js";
import { type Dump, openTestDatabase } from "../database.js";
import { openDemoDatabase } from "../demo-database.js";
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
}

/** A client with a token. */
export interface Client {
  token: string;
  /** The answer, whatever it is. */
  ask(query: string, variables?: unknown): Promise<Answer>;
  /** The data of an answer without errors; fails where there are any. */
  data(query: string, variables?: unknown): Promise<any>;
  /** The codes of the errors of an answer. */
  codes(query: string, variables?: unknown): Promise<string[]>;
}

/** A hub that answers on a port of its own, on a database of its own. Its clock stands still at noon of the test's day. */
export interface Running {
  hub: Hub;
  /** The intake without a token, to put something there. */
  desk: Desk;
  /** A client with a fresh token for the branch of a unit; an administrator has none. */
  as(role: Role, code?: string, name?: string): Promise<Client>;
  /** Sends bytes as they are. */
  send(token: string, body: string): Promise<Answer>;
  /** The SQL statements that run while something is done. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  /** Every row of every table. */
  dump(): Promise<Dump>;
  close(): Promise<void>;
}

export async function serve(seed: SeedName): Promise<Running> {
  const database = seed === "demo" ? await openDemoDatabase() : await openTestDatabase();
  const heard: string[] = [];
  const config = {
    ...(readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" }) as Config),
    ...{ database: database.options as Config["database"], seed },
  };
  const hub = await openHub(
    config,
    () => noon(TODAY),
    (sql) => heard.push(sql),
  );
  const server = await openServer(hub, { ...config, graphiql: null });
  const desk = new Desk(hub.database);

  async function send(token: string, body: string): Promise<Answer> {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const response = await request(`http://127.0.0.1:${server.port}/graphql`, { method: "POST", headers, body });
    return { status: response.status, ...((await response.json()) as Omit<Answer, "status">) };
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
      codes: async (query, variables) => ((await ask(query, variables)).errors ?? []).map(({ extensions }) => extensions.code),
    };
  };
  return {
    hub,
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
    dump: () => database.dump(),
    async close() {
      await server.close();
      await hub.close();
      await database.close();
    },
  };
}
