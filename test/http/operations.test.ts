import { createHash, randomUUID } from "node:crypto";
import { run } from "../../src/cli/program.js";
import { type Config, readConfig } from "../../src/config.js";
import { PROBLEM_CODES } from "../../src/domain/ground/problem.js";
import { RequestFault } from "../../src/domain/ground/request-fault.js";
import { openServer, type Server } from "../../src/http/edge/server.js";
import { type Hub, openHub } from "../../src/hub.js";
import { openTestPlace, type TestPlace } from "../database.js";
import { Desk, draft, noon, schoolYear, TODAY } from "../desk.js";
import { request } from "../http-client.js";
import { faultyHub, GOOD, openFaultyServer } from "./faulty-hub.js";

const METRICS_TOKEN = "what-prometheus-sends-and-nobody-else";
const SECRET = "the secret of a test, long enough";

let database: TestPlace;
let hub: Hub;
let server: Server;
let origin: string;
let token: { id: string; token: string };
let analyst: string;
/** The log as it was written. */
let log = "";
const write = process.stderr.write;

beforeAll(async () => {
  database = await openTestPlace();
  const config = {
    ...(readConfig({ PORT: "0", TONGHOP_SECRET: SECRET, TONGHOP_METRICS_TOKEN: METRICS_TOKEN }) as Config),
    ...{ database: database.options as Config["database"], seed: "none" as const },
  };
  hub = await openHub(config, () => noon(TODAY));
  const desk = new Desk(hub.database);
  await desk.register(draft.province("CB"), draft.district("CB-TP", "CB"), ...[1, 2, 3, 4, 5].map((n) => draft.school(`S${n}`, "CB-TP")));
  await desk.openYear(schoolYear(2024));
  token = await hub.access.issue({ name: "a test", role: "ADMINISTRATOR", unitId: null, days: null });
  analyst = (await hub.access.issue({ name: "who reads", role: "ANALYST", unitId: await desk.id("CB"), days: null })).token;
  process.stderr.write = ((text: string) => (log += text) !== "") as typeof write;
  server = await openServer(hub, { ...config, graphiql: null });
  origin = `http://127.0.0.1:${server.port}`;
});
beforeEach(() => void (log = ""));
afterAll(async () => {
  await server.close();
  process.stderr.write = write;
  await hub.close();
  await database.close();
});

async function ask(body: object, headers: Record<string, string> = {}) {
  const all = { "content-type": "application/json", authorization: `Bearer ${token.token}`, ...headers };
  const response = await request(`${origin}/graphql`, { method: "POST", headers: all, body: JSON.stringify(body) });
  const answer = (await response.json()) as { data?: Record<string, unknown>; errors?: { extensions: { code: string; id?: string } }[] };
  return { status: response.status, id: response.headers.get("x-request-id")!, ...answer };
}

const prometheus = (bearer: string) => request(`${origin}/metrics`, { headers: { authorization: `Bearer ${bearer}` } });

/** What /metrics says, a number a line. */
async function figures(): Promise<Map<string, number>> {
  const lines = (await (await prometheus(METRICS_TOKEN)).text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

/** How much of each figure was added while something was done. */
async function added(work: () => Promise<unknown>): Promise<(name: string) => number> {
  const before = await figures();
  await work();
  const after = await figures();
  return (name) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
}

/** The lines of the log that a request caused; they are written when its answer has gone, so they may be a moment late. */
async function linesOf(id: string): Promise<Record<string, unknown>[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const lines = log
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const own = lines.filter((line) => line["request"] === id);
    if (own.some(({ msg }) => String(msg).startsWith("answered"))) return own;
    if (Date.now() > deadline) throw new Error(`no line of ${id} in ${log}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const UNIT = 'query Screen { unit(code: "CB-TP") { name } }';
const conference = (unit: string) => ({
  query: "mutation Report($input: RecordConferenceInput!) { recordConference(input: $input) { outcome } }",
  variables: { input: { unit, schoolYear: "2024-2025", heldOn: "2024-10-10", workers: 40, convened: 40, present: 38, votesFor: 38 } },
});

/** A batch; a refused row beside the others. */
const batch = (rows: object[], more: object = {}) => ({
  query: "mutation Batch($input: SubmitRecordsInput!) { submitRecords(input: $input) { stored } }",
  variables: { input: { idempotencyKey: randomUUID(), rows, ...more } },
});
const row = (unit: string, more: object = {}) => ({ conference: { ...conference(unit).variables.input, ...more } });
/** The same with other values of its input. */
const having = <B extends { variables: { input: object } }>(body: B, more: object) => ({
  ...body,
  variables: { input: { ...body.variables.input, ...more } },
});

describe("/metrics", () => {
  test("opens for its own secret alone: for no token of a caller, not even an administrator's; and its secret opens nothing else", async () => {
    for (const bearer of [token.token, "", METRICS_TOKEN.slice(1), `${METRICS_TOKEN}x`]) {
      const refused = await prometheus(bearer);
      expect([refused.status, await refused.json()]).toMatchObject([401, { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] }]);
    }
    expect((await request(`${origin}/metrics`)).status).toBe(401);
    expect((await prometheus(METRICS_TOKEN)).headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    expect((await ask({ query: UNIT }, { authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(401);
  });

  test("is not there unless it has a secret", async () => {
    const without = await openServer(hub, { ...hub.config, log: "silent", port: 0, graphiql: null, metricsToken: null });
    expect((await request(`http://127.0.0.1:${without.port}/metrics`)).status).toBe(404);
    await without.close();
  });

  test("counts requests, operations with their codes, time and SQL statements", async () => {
    const more = await added(async () => {
      for (let n = 0; n < 3; n++) await ask({ query: UNIT });
      await ask(conference("S1"));
      await ask({ query: "{ nothing }" });
      await ask({ query: "{" });
      await ask({ query: "{ a ".repeat(100) });
      await ask({ query: UNIT }, { authorization: "Bearer x" });
    });
    expect(more('tonghop_operations_total{type="query",operation="unit",code="OK"}')).toBe(3);
    expect(more('tonghop_operations_total{type="mutation",operation="recordConference",code="OK"}')).toBe(1);
    expect(more('tonghop_operations_total{type="unresolved",operation="none",code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(more('tonghop_operations_total{type="unresolved",operation="none",code="GRAPHQL_PARSE_FAILED"}')).toBe(1);
    expect(more('tonghop_operations_total{type="unresolved",operation="none",code="QUERY_TOO_LARGE"}')).toBe(1);
    expect(more('tonghop_http_requests_total{route="/graphql",status="200"}')).toBe(4);
    expect(more('tonghop_http_requests_total{route="/graphql",status="400"}')).toBe(3);
    expect(more('tonghop_http_requests_total{route="/graphql",status="401"}')).toBe(1);
    expect(more('tonghop_operation_duration_seconds_count{type="query",operation="unit"}')).toBe(3);
    expect(more('tonghop_operation_duration_seconds_sum{type="query",operation="unit"}')).toBeGreaterThan(0);
    expect(more('tonghop_operation_sql_statements_sum{type="query",operation="unit"}')).toBeGreaterThanOrEqual(3);
    expect(more('tonghop_operation_sql_statements_sum{type="mutation",operation="recordConference"}')).toBeGreaterThan(5);
    expect(more('tonghop_operation_sql_statements_sum{type="unresolved",operation="none"}')).toBe(0);
  });

  test("the statements that it counts are those that run", async () => {
    const heard: string[] = [];
    const again = await openHub(hub.config, hub.clock, (sql) => heard.push(sql));
    const second = await openServer(again, { ...hub.config, log: "silent", port: 0, graphiql: null });
    const headers = { "content-type": "application/json", authorization: `Bearer ${token.token}` };
    heard.length = 0;
    await request(`http://127.0.0.1:${second.port}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: UNIT }) });
    // One is the look at the token.
    const ran = heard.length - 1;
    const text = await (
      await request(`http://127.0.0.1:${second.port}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    ).text();
    expect(text).toContain(`tonghop_operation_sql_statements_sum{type="query",operation="unit"} ${ran}\n`);
    await second.close();
    await again.close();
  });

  test("counts what became of changes and why they were refused, whatever is selected: they are answers without an error", async () => {
    const OUTCOMES = ["STORED", "UNCHANGED", "REJECTED"].map((outcome) => `tonghop_changes_total{outcome="${outcome}"}`);
    const CODES = Object.keys(PROBLEM_CODES).map((code) => `tonghop_refusals_total{code="${code}"}`);
    const known = await figures();
    expect([...known.keys()].filter((name) => /^tonghop_(changes|refusals)_total/.test(name)).sort()).toEqual(
      [...OUTCOMES, ...CODES].sort(),
    );

    const stored = batch([row("S3", { reason: "first" })]);
    const forAnalyst = { authorization: `Bearer ${analyst}` };
    const twice = conference("S3").variables.input;
    for (const [name, body, headers, outcomes, refusals] of [
      ["a change", conference("S2"), {}, { STORED: 1 }, {}],
      ["the same again", conference("S2"), {}, { UNCHANGED: 1 }, {}],
      ["a refused one", conference("S2"), forAnalyst, { REJECTED: 1 }, { FORBIDDEN: 1 }],
      ["a conflict", having(conference("S2"), { present: 39, expectedVersion: 7 }), {}, { REJECTED: 1 }, { VERSION_CONFLICT: 1 }],
      ["a batch", stored, {}, { STORED: 1 }, {}],
      ["its replay", stored, {}, { REPLAYED: 1 }, {}],
      [
        "a mixed batch",
        batch([row("S4"), row("S2"), row("NONE"), row("S5", { present: 41 }), row("S5", { present: 1.5 }), { conferense: {} }]),
        {},
        { STORED: 1, UNCHANGED: 1, REJECTED: 4 },
        { UNIT_NOT_FOUND: 1, RULE: 1, INVALID: 2 },
      ],
      ["a dry run", having(conference("S5"), { dryRun: true }), {}, { TRIED: 1 }, {}],
      ["one that is refused", having(conference("S5"), { dryRun: true, present: 41 }), {}, { TRIED: 1 }, { RULE: 1 }],
      ["a batch that is tried", batch([row("S5"), row("NONE")], { dryRun: true }), {}, { TRIED: 2 }, { UNIT_NOT_FOUND: 1 }],
      [
        "two in one request",
        {
          query: `mutation ($a: RecordConferenceInput!, $b: RecordConferenceInput!) { a: recordConference(input: $a) { version } b: recordConference(input: $b) { version } }`,
          variables: { a: { ...twice, present: 39, expectedVersion: 1 }, b: { ...twice, unit: "NONE" } },
        },
        {},
        { STORED: 1, REJECTED: 1 },
        { UNIT_NOT_FOUND: 1 },
      ],
    ] as [string, object, Record<string, string>, Record<string, number>, Record<string, number>][]) {
      let line: Record<string, unknown> | undefined;
      const more = await added(async () => {
        const answer = await ask(body, headers);
        expect([name, answer.errors]).toEqual([name, undefined]);
        [line] = await linesOf(answer.id);
      });
      const rises = [...OUTCOMES, ...CODES].flatMap((figure) => (more(figure) ? [[figure.split('"')[1], more(figure)]] : []));
      const decided = Object.entries(outcomes).filter(([outcome]) => !["TRIED", "REPLAYED"].includes(outcome));
      expect([name, Object.fromEntries(rises)]).toEqual([name, { ...Object.fromEntries(decided), ...refusals }]);
      const { code, ...told } = line!["operation"] as Record<string, unknown>;
      expect([name, code, told["outcomes"], told["refusals"]]).toEqual([name, "OK", outcomes, refusals]);
    }
  });

  test("a caller cannot make up a label: names, aliases and paths of its own leave no trace", async () => {
    const known = new Set((await figures()).keys());
    for (let n = 0; n < 120; n++)
      await ask({
        query: `query Made${n} { made${n}: unit(code: "CB") { name } other: unit(code: "S1") { name } }`,
        operationName: `Made${n}`,
      });
    for (let n = 0; n < 20; n++) await request(`${origin}/made/${n}?made=${n}`, { headers: { "x-request-id": `made-${n}-made` } });
    const names = [...(await figures()).keys()];
    expect(names.join("\n")).not.toMatch(/made/i);
    expect(names.filter((name) => !known.has(name)).length).toBeLessThan(50);
  });

  test("tells the pool, retries, the process and which version runs", async () => {
    const now = await figures();
    for (const name of ["tonghop_database_connections_in_use", "tonghop_database_waiting", "tonghop_database_retries_total"])
      expect(now.get(name)).toBe(0);
    expect(now.get("tonghop_database_up")).toBe(1);
    expect([...now.keys()].find((name) => name.startsWith("tonghop_build_info"))).toMatch(/version="\d+\.\d+\.\d+"/);
    expect(now.get("nodejs_heap_size_used_bytes")).toBeGreaterThan(1e6);
    expect(now.has("nodejs_eventloop_lag_p99_seconds")).toBe(true);
  });

  test("is there while the database is not, and says so; a hub with too much to do does not say that its database is away", async () => {
    const faulty = await openFaultyServer(false, { metricsToken: METRICS_TOKEN });
    const up = async ({ port } = faulty) => {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
      const text = await (await request(`http://127.0.0.1:${port}/metrics`, { headers })).text();
      return /^tonghop_database_up (\d)$/m.exec(text)?.[1] + /^tonghop_database_retries_total (\d)$/m.exec(text)![1]!;
    };
    expect(await up()).toBe("13");
    faultyHub.databaseAnswers = false;
    expect(await up()).toBe("03");
    faultyHub.databaseAnswers = true;
    expect(await up()).toBe("13");
    await faulty.close();
    const overloaded = { ...faultyHub, lastAudit: () => Promise.reject(new RequestFault("OVERLOADED")) };
    const busy = await openFaultyServer(false, { metricsToken: METRICS_TOKEN }, overloaded);
    expect(await up(busy)).toBe("13");
    await busy.close();
  });

  test("has no line for what is not known yet, however many ask at once", async () => {
    const texts = await Promise.all(Array.from({ length: 8 }, async () => (await prometheus(METRICS_TOKEN)).text()));
    for (const text of texts) {
      expect(text).toMatch(/^# TYPE tonghop_ledger_audit_ok gauge$/m);
      expect(text.split("\n").filter((line) => /^[^#].* nan/i.test(line))).toEqual([]);
    }
  });

  test("tells what the last audit of the ledger found: none yet, clean, differing", async () => {
    const url = database.options.type === "mysql" ? { DATABASE_URL: database.options.url } : {};
    const home = database.options.type === "sqlite" ? { TONGHOP_HOME: database.options.file.replace(/\/[^/]*$/, "") } : {};
    const audit = () => {
      const terminal = { out: () => undefined, err: () => undefined, interactive: false };
      return run(["ledger", "audit"], { ...terminal, env: { ...url, ...home, TONGHOP_SECRET: SECRET } });
    };
    const said = async () => {
      const now = await figures();
      return ["timestamp_seconds", "ok", "differences"].map((name) => now.get(`tonghop_ledger_audit_${name}`));
    };
    expect(await said()).toEqual([0, undefined, undefined]);
    const before = Date.now() / 1000;
    expect(await audit()).toBe(0);
    const [at, ...clean] = await said();
    expect(clean).toEqual([1, 0]);
    expect(at).toBeGreaterThan(before - 1);
    await database.raw("UPDATE ledger SET schools = schools + 1 WHERE school_level = 'ALL' AND ownership = 'ALL'");
    expect(await audit()).toBe(1);
    const [later, ...differing] = await said();
    expect(differing).toEqual([0, 2]);
    expect(later).toBeGreaterThan(at!);
    await database.raw("UPDATE ledger SET schools = schools - 1 WHERE school_level = 'ALL' AND ownership = 'ALL'");
  });
});

describe("the log", () => {
  test("every answer has its line: id, caller, operation, outcome, time; no variable, no token", async () => {
    const { id } = await ask({ ...conference("S1"), operationName: "Report" });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const [line, ...more] = await linesOf(id);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ level: 30, msg: "answered", method: "POST", path: "/graphql", status: 200, token: token.id });
    expect(line!["operation"]).toEqual({
      type: "mutation",
      field: "recordConference",
      name: "Report",
      code: "OK",
      statements: expect.any(Number),
      outcomes: { UNCHANGED: 1 },
      refusals: {},
    });
    expect(log).not.toMatch(/2024-10-10|eyJ|votesFor/);
  });

  test("a harmless id of a proxy is taken, and told in the answer; anything else is replaced", async () => {
    expect((await ask({ query: UNIT }, { "x-request-id": "proxy-0123456789abcdef" })).id).toBe("proxy-0123456789abcdef");
    for (const id of ["short", "x".repeat(65), "two words", 'a"quote\\here', "caf\u00e9-au-lait"].map((text) =>
      Buffer.from(text).toString("latin1"),
    ))
      expect((await ask({ query: UNIT }, { "x-request-id": id })).id).toMatch(/^[0-9a-f-]{36}$/);
    for (const path of ["/livez", "/nowhere", "/graphql"])
      expect((await request(`${origin}${path}`)).headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a masked fault has one line with the id that was told, under the id of its request", async () => {
    await database.raw("ALTER TABLE school_year RENAME TO hidden");
    const { id, errors } = await ask({ query: "query Years { schoolYears { label } }" });
    await database.raw("ALTER TABLE hidden RENAME TO school_year");
    const lines = await linesOf(id);
    expect(lines.map(({ msg, errorId }) => [msg, errorId])).toEqual([
      ["a fault of the hub", errors![0]!.extensions.id],
      ["answered", undefined],
    ]);
    expect(lines[1]).toMatchObject({ operation: { name: "Years", code: "INTERNAL_SERVER_ERROR" } });
  });

  test("lines cannot be forged: whatever a caller sends, each stays one line and keeps its fields", async () => {
    const forged = '\n{"level":60,"msg":"forged","request":"forged"}\n';
    const { id } = await ask({
      query: `query Name { unit(code: "CB") { name } } # ${forged}`,
      operationName: forged,
      variables: { [forged]: forged },
    });
    const path = await request(`${origin}/${encodeURIComponent(forged)}`);
    await linesOf(id);
    await linesOf(path.headers.get("x-request-id")!);
    const lines = log.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 30, msg: "answered" });
    const long = await request(`${origin}/${"long".repeat(1_000)}`);
    expect(String((await linesOf(long.headers.get("x-request-id")!))[0]!["path"]).length).toBeLessThanOrEqual(200);
    const name = "N".repeat(5_000);
    const [named] = await linesOf((await ask({ query: `query ${name} { unit(code: "CB") { name } }` })).id);
    expect(named).toMatchObject({ operation: { name: "N".repeat(100) } });
  });

  test("an operation that takes more than a second is a warning, with its name and the digest of its document", async () => {
    const faulty = await openFaultyServer(false, { log: "warn" });
    let release!: (text: string) => void;
    faultyHub.untilReleased = new Promise((resolve) => (release = resolve));
    const post = (query: string) =>
      request(`http://127.0.0.1:${faulty.port}/graphql`, { method: "POST", headers: GOOD, body: JSON.stringify({ query }) });
    const began = Date.now();
    const held = post("query Held { held }");
    while (Date.now() - began <= 1_050) await post("query Quick { hello }");
    release("done");
    const [line, ...more] = await linesOf((await held).headers.get("x-request-id")!);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ level: 40, msg: "answered slowly", operation: { name: "Held", field: "held", statements: 0 } });
    const { ms, operation } = line as { ms: number; operation: { document: string } };
    expect(ms).toBeGreaterThan(1_000);
    expect(operation.document).toBe(createHash("sha256").update("query Held { held }").digest("hex"));
    expect(log).not.toMatch(/Quick/);
    await faulty.close();
  });
});
