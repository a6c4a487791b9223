import { openTestPlace, type TestPlace } from "../database.js";
import { request } from "../http-client.js";
import { furnish, type HubAt, hubAt, storedSchools } from "../hub-at.js";
import { type Moment, Proxy } from "./proxy.js";
import { until } from "../until.js";
import { askedBy } from "../../src/storage/database/request-database.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

/** Between the hub and its server stands a proxy that cuts connections. */
let database: TestPlace;
let proxy: Proxy;
let at: HubAt;
let schools: string[];

beforeAll(async () => {
  database = await openTestPlace();
  if (database.options.type !== "mysql") throw new Error("these tests need a server: TONGHOP_TEST_DATABASE");
  proxy = await Proxy.to(database.options.url);
  at = await hubAt({ ...database.options, url: proxy.url });
  schools = await furnish(at.desk, 250);
});
afterEach(() => {
  proxy.open();
  proxy.onCommit = () => null;
  proxy.budget = () => Infinity;
});
afterAll(async () => {
  await at.close();
  await proxy.close();
  await database.close();
});

const next = () => schools.pop()!;

test.each<[Moment, boolean | null]>([
  ["before", false],
  ["during", null],
  ["after", true],
])("a connection cut %s COMMIT: the outcome is told as unknown, and is all or nothing", async (moment, isStored) => {
  const sent = Array.from({ length: 6 }, next);
  for (const school of sent) {
    let once: Moment | null = moment;
    proxy.onCommit = () => {
      const now = once;
      once = null;
      return now;
    };
    expect(await at.record(school)).toMatchObject({ status: 200, answer: "OUTCOME_UNKNOWN" });
    expect(once).toBeNull();
  }
  proxy.onCommit = () => null;
  const stored = await storedSchools(at);
  const kept = sent.filter((school) => stored.has(school));
  if (isStored !== null) expect(kept).toEqual(isStored ? sent : []);
  // Sent again under its key, each is told what became of it.
  for (const school of sent) expect(await at.record(school)).toMatchObject({ answer: "STORED", replayed: kept.includes(school) });
  expect([...(await storedSchools(at))]).toEqual(expect.arrayContaining(sent));
});

test("connections cut anywhere, under eight writers: what was acknowledged is stored, what failed says whether it was", async () => {
  let seed = 7;
  const dice = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  proxy.budget = () => 1_000 + Math.floor(dice() * 150_000);
  const moments: Moment[] = ["before", "during", "after"];
  proxy.onCommit = () => (dice() < 0.2 ? moments[Math.floor(dice() * 3)]! : null);
  proxy.cutAll();
  const cutBefore = proxy.cuts;
  const told: Record<string, string[]> = {};
  const writer = async () => {
    while (proxy.cuts - cutBefore < 60 && schools.length > 20) {
      const school = next();
      const { answer, status, retryAfter } = await at.record(school);
      (told[answer] ??= []).push(school);
      expect([status, retryAfter]).toEqual(answer === "UNAVAILABLE" ? [503, "2"] : [200, null]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
  const cuts = proxy.cuts - cutBefore;
  proxy.budget = () => Infinity;
  proxy.onCommit = () => null;
  proxy.cutAll();

  const stored = await storedSchools(at);
  expect(Object.keys(told).filter((answer) => !["STORED", "UNAVAILABLE", "OUTCOME_UNKNOWN"].includes(answer))).toEqual([]);
  expect(told["STORED"]!.filter((school) => !stored.has(school))).toEqual([]);
  expect((told["UNAVAILABLE"] ?? []).filter((school) => stored.has(school))).toEqual([]);
  expect(cuts).toBeGreaterThan(30);
  expect(told["STORED"]!.length).toBeGreaterThan(10);
  expect((await at.record(next())).answer).toBe("STORED");
  expect(at.hub.database.stats()).toMatchObject({ connections: 0, waiting: 0 });
});

test("a change that fails behind one that was stored in the same request does not say that nothing was stored", async () => {
  const [first, second] = [next(), next()];
  const record = (school: string) =>
    `recordConference(input: { unit: "${school}", schoolYear: "2024-2025", heldOn: "2024-09-25", convened: 30, present: 28 }) { outcome }`;
  await database.raw("START TRANSACTION");
  await database.raw("SELECT id FROM unit WHERE code = ? FOR UPDATE", [second]);
  const asked = at.ask(`mutation { first: ${record(first)} second: ${record(second)} }`);
  const waiting = "SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE '%FOR UPDATE' AND time_ms > 300";
  await until("the second change waits", async () => (await database.raw(waiting)).length === 1);
  proxy.state = "refusing";
  proxy.cutAll();
  const answer = await asked;
  const { errors } = (await answer.json()) as { errors: { path: string[]; extensions: { code: string } }[] };
  await database.raw("ROLLBACK");
  proxy.open();
  expect((await storedSchools(at)).has(first)).toBe(true);
  expect([answer.status, errors.map(({ path, extensions }) => [path[0], extensions.code])]).toEqual([200, [["second", "OUTCOME_UNKNOWN"]]]);
});

test("inside a unit of work nothing follows on another connection after the first has been cut", async () => {
  const failures: unknown[] = [];
  let attempts = 0;
  await at.hub.database.write(async (stores) => {
    attempts += 1;
    await stores.schoolYears.insert({ label: "2001-2002", startsOn: "2001-09-05", endsOn: "2002-05-31", referenceDate: "2002-05-31" });
    if (attempts > 1) return;
    proxy.cutAll();
    for (let statement = 0; statement < 3; statement++) await stores.schoolYears.all().catch((error: unknown) => failures.push(error));
  });
  // The work went on as if nothing had happened; it was not committed, but done anew.
  expect([attempts, failures.length]).toEqual([2, 3]);
  expect(await database.raw("SELECT label FROM school_year WHERE label = '2001-2002'")).toHaveLength(1);
});

test("while the server takes no connections writers and readers hear 503; then the hub goes on by itself", async () => {
  proxy.state = "refusing";
  proxy.cutAll();
  expect(await at.record(next())).toMatchObject({ status: 503, answer: "UNAVAILABLE", retryAfter: "2" });
  expect((await at.ask("{ me { name } }")).status).toBe(503);
  expect(await at.ready()).toBe(503);
  proxy.open();
  expect(await at.ready()).toBe(200);
  expect((await at.record(next())).answer).toBe("STORED");
});

test("a server that no longer answers makes the hub unready in seconds, not for ever", async () => {
  proxy.state = "stalled";
  expect(await at.ready()).toBe(503);
  expect((await request(`${at.origin}/livez`)).status).toBe(200);
  const waiting = at.record(next());
  proxy.open();
  expect((await waiting).answer).toMatch(/STORED|UNAVAILABLE/);
  await until("the hub is ready again", async () => (await at.ready()) === 200);
});

test("a connection on which nothing comes any more is given up, and what waited for it is tried on another one", async () => {
  const impatient = await openDatabase({ type: "mysql", url: proxy.url, limits: { silenceMs: 300 } });
  await impatient.ping();
  proxy.state = "stalled";
  const reading = impatient.read((stores) => stores.schoolYears.all());
  await until("the silent connection is given up", () => impatient.stats().retries === 1);
  proxy.open();
  expect((await reading).map(({ label }) => label)).toContain("2024-2025");
  await impatient.close();
});

test("where the server cannot be told to stop a statement, its connection is given up: no request waits for ever", async () => {
  await database.raw("LOCK TABLES school_year WRITE");
  const gone = new AbortController();
  const asked = askedBy(at.hub.database, {}, { until: Infinity, signal: gone.signal });
  const reading = asked.read((stores) => stores.schoolYears.all());
  reading.catch(() => undefined);
  const waits =
    "SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE '%FROM school_year%' AND id <> CONNECTION_ID()";
  await until("the statement waits", async () => (await database.raw(waits)).length === 1);
  proxy.state = "stalled";
  gone.abort();
  const began = performance.now();
  await expect(reading).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  await database.raw("UNLOCK TABLES");
  expect(performance.now() - began).toBeLessThan(30_000);
});
