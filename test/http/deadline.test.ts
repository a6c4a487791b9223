import { request as send } from "node:http";
import { createConnection, type Connection } from "mysql2/promise";
import { indicatorKeys } from "../../src/domain/figures/catalogue.js";
import { audit } from "../../src/ledger/audit.js";
import { openServer } from "../../src/http/edge/server.js";
import { isOnServer, openTestDatabase } from "../database.js";
import { draft, report, schoolYear } from "../desk.js";
import { type Client, type Running, serve } from "../graphql/server.js";
import { request } from "../http-client.js";
import { until } from "../until.js";
import { askedBy } from "../../src/storage/database/request-database.js";

const soon = (ms: number) => ({ until: Date.now() + ms, signal: AbortSignal.timeout(ms) });
const never = () => ({ until: Infinity, signal: new AbortController().signal });

describe("in the database", () => {
  test("no statement begins after the time, and one chain after another ends there", async () => {
    const database = await openTestDatabase();
    try {
      // The first connection takes longer than the time that follows. Each statement is heard, and how long a thread here worked for it.
      const heard: (string | number)[] = [];
      const hearing = { statement: () => heard.push("sent"), answered: (ms: number) => heard.push(ms) };
      await askedBy(database, hearing, never()).read((stores) => stores.units.allIds());
      expect(heard).toEqual(["sent", expect.any(Number)]);
      expect((heard[1] as number) > 0).toBe(!isOnServer);
      let read = 0;
      const chain = askedBy(database, {}, soon(50)).read(async (stores) => {
        for (;;) {
          await stores.units.allIds();
          read++;
        }
      });
      await expect(chain).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      expect(read).toBeGreaterThan(0);
      const late = askedBy(database, {}, { until: Date.now() - 1, signal: new AbortController().signal });
      let begun = false;
      await expect(late.write(async () => void (begun = true))).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      await expect(late.read((stores) => stores.units.allIds())).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      expect(begun).toBe(false);
    } finally {
      await database.close();
    }
  });

  test("a change whose time is over before it is committed is undone as a whole; one that is stored is told, however late, and gives the next no time", async () => {
    const database = await openTestDatabase();
    try {
      const gone = new AbortController();
      const cut = askedBy(database, {}, { until: Infinity, signal: gone.signal }).write(async (stores) => {
        await stores.schoolYears.insert(schoolYear(2024));
        gone.abort();
      });
      await expect(cut).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      expect(await database.read((stores) => stores.schoolYears.all())).toEqual([]);
      const later = new AbortController();
      const kept = askedBy(database, {}, { until: Infinity, signal: later.signal });
      await kept.write((stores) => stores.schoolYears.insert(schoolYear(2024)));
      later.abort();
      expect(await kept.read((stores) => stores.schoolYears.all())).toHaveLength(1);
      const second = kept.write((stores) => stores.schoolYears.insert(schoolYear(2025)));
      await expect(second).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      expect(await kept.read((stores) => stores.schoolYears.all())).toHaveLength(1);
    } finally {
      await database.close();
    }
  });

  test("a change that waits for its turn longer than its time is not begun", async () => {
    const database = await openTestDatabase();
    try {
      let release: (() => void) | undefined;
      const before = database.write(async (stores) => {
        await stores.schoolYears.insert(schoolYear(2023));
        await new Promise<void>((resolve) => (release = resolve));
      });
      // On a server both would run at once, and either could be the first.
      await until("it is under way", () => release !== undefined);
      const gone = new AbortController();
      const waiting = askedBy(database, {}, { until: Infinity, signal: gone.signal }).write((stores) =>
        stores.schoolYears.insert(schoolYear(2023)),
      );
      const refused = expect(waiting).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
      gone.abort();
      release!();
      await before;
      await refused;
      expect(await askedBy(database, {}, never()).read((stores) => stores.schoolYears.all())).toHaveLength(1);
    } finally {
      await database.close();
    }
  });
});

const RECORD =
  'mutation { recordConference(input: {unit: "S", schoolYear: "2024-2025", heldOn: "2024-10-01", convened: 30, present: 28}) { outcome } }';

if (isOnServer)
  describe("a statement that runs when the time comes is stopped by the server", () => {
    let running: Running;
    let holder: Connection;
    beforeAll(async () => {
      running = await serve("none", { workMs: 1_500 });
      await running.desk.register(draft.province("P"), draft.district("D", "P"), draft.school("S", "D"));
      await running.desk.openYear(schoolYear(2024));
      await running.desk.submit(report.conference("S", {}, { schoolYear: "2024-2025" }));
      const { database } = running.hub.config;
      if (database.type !== "mysql") throw new Error("no server");
      holder = await createConnection(database.url);
    });
    afterAll(async () => {
      await holder.end();
      await running.close();
    });

    /** Statements that the hub has running in its database. */
    async function statementsRunning(): Promise<string[]> {
      const [rows] = await holder.query(
        "SELECT info FROM information_schema.processlist WHERE db = DATABASE() AND command <> 'Sleep' AND id <> CONNECTION_ID()",
      );
      return (rows as { info: string }[]).map(({ info }) => info);
    }

    test("a change that waits for a locked row: DEADLINE_EXCEEDED, gone from the process list, nothing stored, the connection as good as before", async () => {
      const recorder = await running.as("RECORDER", "P");
      const before = await running.dump();
      await holder.query("START TRANSACTION");
      await holder.query("SELECT id FROM unit FOR UPDATE");
      const answer = recorder.ask(RECORD);
      await until("the statement runs", async () => (await statementsRunning()).length > 0);
      const { errors } = await answer;
      expect(errors![0]!.extensions.code).toBe("DEADLINE_EXCEEDED");
      await until("the statement is stopped", async () => (await statementsRunning()).length === 0);
      await holder.query("ROLLBACK");
      const after = await running.dump();
      expect({ ...after, token: [] }).toEqual({ ...before, token: [] });
      expect(await recorder.data("{ me { name } }")).toBeTruthy();
    });

    test("what still waits for its turn then was too slow like what runs: it does not call the hub overloaded", async () => {
      await holder.query("LOCK TABLES school_year WRITE");
      const asked = askedBy(running.hub.database, {}, soon(300));
      const reads = Array.from({ length: 30 }, () => asked.read((stores) => stores.schoolYears.all()));
      const codes = (await Promise.allSettled(reads)).map((read) => read.status === "rejected" && read.reason.code);
      await holder.query("UNLOCK TABLES");
      expect(new Set(codes)).toEqual(new Set(["DEADLINE_EXCEEDED"]));
    });

    test("a client that goes away takes its statement with it", async () => {
      const { token } = await running.as("RECORDER", "P");
      await holder.query("START TRANSACTION");
      await holder.query("SELECT id FROM unit FOR UPDATE");
      const asked = send({
        port: new URL(running.url).port,
        path: "/graphql",
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      });
      asked.on("error", () => undefined).end(JSON.stringify({ query: RECORD }));
      await until("the statement runs", async () => (await statementsRunning()).length > 0);
      asked.destroy();
      await until("the statement is stopped", async () => (await statementsRunning()).length === 0);
      await holder.query("ROLLBACK");
    });
  });

test("over HTTP a request without time left is answered with DEADLINE_EXCEEDED", async () => {
  const running = await serve("none", { workMs: -1 });
  try {
    const answer = await (await running.as("ADMINISTRATOR")).ask("{ units { nodes { name } } }");
    expect(answer.errors![0]!.extensions).toEqual({ code: "DEADLINE_EXCEEDED" });
  } finally {
    await running.close();
  }
});

describe("a batch of directives that judge a branch anew, year by year", () => {
  const years = Array.from({ length: 6 }, (_, index) => schoolYear(2019 + index));
  const settings = years.flatMap(({ label, startsOn }) =>
    indicatorKeys.withDeadline
      .filter((key) => !indicatorKeys.ofTerm.includes(key))
      .map((indicator) => ({ indicator, schoolYear: label, deadline: startsOn, target: 1 })),
  );
  const rows = Array.from({ length: 12 }, (_, n) => ({ directive: { unit: "P", number: `${n}`, issuedOn: "2019-09-05", settings } }));
  const BATCH = "mutation ($input: SubmitRecordsInput!) { submitRecords(input: $input) { stored } }";
  let running: Running;
  let steward: Client;
  beforeAll(async () => {
    running = await serve("none", { workMs: 20 });
    await running.desk.register(draft.province("P"), draft.district("D", "P"));
    await running.desk.register(...Array.from({ length: 40 }, (_, index) => draft.school(`S${index}`, "D")));
    for (const year of years) await running.desk.openYear(year);
    steward = await running.as("STEWARD", "P");
  });
  afterAll(() => running.close());

  test("ends at its time, with nothing stored", async () => {
    const before = await running.dump();
    const { errors } = await steward.ask(BATCH, { input: { rows, idempotencyKey: "k1" } });
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(["DEADLINE_EXCEEDED"]);
    expect(await running.dump()).toEqual(before);
  });

  test("lets others be answered meanwhile", async () => {
    const server = await openServer(running.hub, { ...running.hub.config, graphiql: null });
    const origin = `http://127.0.0.1:${server.port}`;
    let batch: Response | undefined;
    const headers = { "content-type": "application/json", authorization: `Bearer ${steward.token}` };
    const body = JSON.stringify({ query: BATCH, variables: { input: { rows, idempotencyKey: "k2" } } });
    void request(`${origin}/graphql`, { method: "POST", headers, body }).then((answer) => (batch = answer));
    let meanwhile = 0;
    while (!batch) {
      const { status } = await request(`${running.origin}/livez`);
      if (!batch && status === 200) meanwhile++;
    }
    expect(await batch.json()).toMatchObject({ data: { submitRecords: { stored: rows.length } } });
    expect(meanwhile).toBeGreaterThan(2);
    expect((await audit(running.hub.database)).differences).toEqual([]);
    await server.close();
  });
});
