import { type Config, readConfig } from "../src/config.js";
import { openServer, type ServerOptions } from "../src/http/edge/server.js";
import { type Hub, openHub } from "../src/hub.js";
import { audit } from "../src/ledger/audit.js";
import { Desk, draft, noon, schoolYear, TODAY } from "./desk.js";
import { request } from "./http-client.js";
import type { DatabaseOptions } from "../src/storage/database/open-database.js";

/** What a client hears when it sends a record. */
export interface Heard {
  status: number;
  retryAfter: string | null;
  /** STORED, UNCHANGED or REJECTED, or else the code of the error. */
  answer: string;
  recordId: string | null;
  /** The answer of an earlier time under the same key. */
  replayed: boolean | null;
}

/** A hub with a database that something happens to. */
export interface HubAt {
  readonly hub: Hub;
  readonly desk: Desk;
  readonly origin: string;
  readonly token: string;
  /** Sends the first record of a school under its key, here or to another hub on the same database. */
  record(school: string, to?: string): Promise<Heard>;
  ask(query: string): Promise<Response>;
  ready(): Promise<number>;
  close(): Promise<void>;
}

const RECORD = `mutation ($unit: ID!, $key: String!) {
  recordConference(input: { unit: $unit, idempotencyKey: $key, schoolYear: "2024-2025", heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, pactSigned: true }) {
    outcome replayed record { id unit { code } } userErrors { code }
  }
}`;

export async function hubAt(options: DatabaseOptions, limits: Pick<ServerOptions, "workMs" | "tokenMs"> = {}): Promise<HubAt> {
  const config = {
    ...(readConfig({ PORT: "0", TONGHOP_LOG: "silent", TONGHOP_SECRET: "the secret of a test, long enough" }) as Config),
    ...{ database: options as Config["database"], seed: "none" as const },
  };
  const hub = await openHub(config, () => noon(TODAY));
  const server = await openServer(hub, { ...config, ...limits, graphiql: null });
  const origin = `http://127.0.0.1:${server.port}`;
  const { token } = await hub.access.issue({ name: "app", role: "ADMINISTRATOR", unitId: null, days: null });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const send = (body: object, to = origin) => request(`${to}/graphql`, { method: "POST", headers, body: JSON.stringify(body) });
  return {
    hub,
    desk: new Desk(hub.database),
    origin,
    token,
    ask: (query) => send({ query }),
    async record(unit, to) {
      const response = await send({ query: RECORD, variables: { unit, key: `the first of ${unit}` } }, to);
      const body = (await response.json()) as {
        data?: { recordConference: { outcome: string; replayed: boolean; record: { id: string } | null } | null } | null;
        errors?: { extensions: { code: string } }[];
      };
      const payload = body.data?.recordConference;
      return {
        status: response.status,
        retryAfter: response.headers.get("retry-after"),
        answer: body.errors?.[0]?.extensions.code ?? payload!.outcome,
        recordId: payload?.record?.id ?? null,
        replayed: payload?.replayed ?? null,
      };
    },
    ready: async () => (await request(`${origin}/readyz`)).status,
    async close() {
      await server.close();
      await hub.close();
    },
  };
}

/** A province with schools S1, S2, … and a school year. */
export async function furnish(desk: Desk, schools: number): Promise<string[]> {
  const codes = Array.from({ length: schools }, (_, index) => `S${index + 1}`);
  await desk.register(draft.province("P"), ...["D1", "D2"].map((code) => draft.district(code, "P")));
  await desk.register(...codes.map((code, index) => draft.school(code, `D${(index % 2) + 1}`)));
  await desk.openYear(schoolYear(2024));
  return codes;
}

/** The codes of the schools whose record is stored, with each audited figure right. */
export async function storedSchools({ hub }: HubAt): Promise<Set<string>> {
  expect((await audit(hub.database)).differences).toEqual([]);
  return hub.database.read(async (stores) => {
    const ids = await stores.units.allIds();
    const records = await stores.records.reportedBy(ids, "conference");
    const units = await stores.units.histories(records.map(({ unitId }) => unitId));
    return new Set(records.map(({ unitId }) => units.get(unitId)!.unit.code));
  });
}
