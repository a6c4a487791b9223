import { spawn } from "node:child_process";
import { compiled } from "../compiled.js";
import { waitForServer } from "../../src/storage/database/mysql-server.js";
import { request } from "../http-client.js";
import { furnish, type HubAt, hubAt, storedSchools } from "../hub-at.js";
import { until } from "../until.js";
import { type OwnMariadb, ownMariadb } from "./own-mariadb.js";
import { askedBy } from "../../src/storage/database/request-database.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

/** A database that lets everybody in and answers nobody: whoever waits for it waits until a time of the hub's own is over. */
let server: OwnMariadb;
let at: HubAt;
let schools: string[];

beforeAll(async () => {
  await compiled();
  server = await ownMariadb();
  at = await hubAt({ type: "mysql", url: server.url }, { workMs: 400, tokenMs: 200 });
  schools = await furnish(at.desk, 10);
}, 600_000);
afterEach(() => server.thaw());
afterAll(async () => {
  await at.close();
  await server.close();
});

const within = (ms: number) => ({ until: Date.now() + ms, signal: AbortSignal.timeout(ms) });
/** How long after its time a request may yet wait in these tests. */
const LAST_MS = 300;

test("the look-up of a token: 503, UNAVAILABLE, Retry-After; the hub goes on when the database does", async () => {
  server.freeze();
  expect(await at.record(schools[0]!)).toMatchObject({ status: 503, answer: "UNAVAILABLE", retryAfter: "2" });
  expect(await at.ready()).toBe(503);
  server.thaw();
  await until("it is ready again", async () => (await at.ready()) === 200);
  // Under a busy machine the small limits of this test may be too small once.
  await until("a change is stored", async () => (await at.record(schools[0]!)).answer === "STORED");
  expect(await storedSchools(at)).toEqual(new Set([schools[0]]));
});

test("a statement that runs when the database stops answering ends a little after the request's time", async () => {
  const asked = askedBy(at.hub.database, {}, within(200), LAST_MS);
  const reading = asked.read(async (stores) => {
    server.freeze();
    return stores.units.allIds();
  });
  await expect(reading).rejects.toMatchObject({ code: expect.stringMatching(/^(DEADLINE_EXCEEDED|UNAVAILABLE)$/) });
});

test("so does a COMMIT, whose outcome nobody knows then", async () => {
  const asked = askedBy(at.hub.database, {}, within(2_000), LAST_MS);
  const writing = asked.write(async (stores) => {
    await stores.schoolYears.insert({ label: "2001-2002", startsOn: "2001-09-05", endsOn: "2002-05-31", referenceDate: "2002-05-31" });
    server.freeze();
  });
  await expect(writing).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
});

test("and what a stored change answers", async () => {
  const asked = askedBy(at.hub.database, {}, within(2_000), LAST_MS);
  await asked.write((stores) => stores.units.allIds());
  server.freeze();
  await expect(asked.read((stores) => stores.units.allIds())).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a work that waits for its turn waits no longer than its request", async () => {
  const hold = askedBy(at.hub.database, {}, within(60_000), LAST_MS);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const holders = Array.from({ length: 16 }, () => hold.write(() => held));
  await until("all turns are taken", () => at.hub.database.stats().connections === 16);
  const waiting = askedBy(at.hub.database, {}, within(100)).write((stores) => stores.units.allIds());
  await expect(waiting).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  expect(at.hub.database.stats().waiting).toBe(0);
  release();
  await Promise.all(holders);
});

test("closing its connections", async () => {
  const database = await openDatabase({ type: "mysql", url: server.url });
  await Promise.all([1, 2, 3].map(() => database.read((stores) => stores.units.allIds())));
  const begun = database.read(async (stores) => {
    server.freeze();
    return stores.units.allIds();
  });
  begun.catch(() => undefined);
  await database.close();
});

test("a start waits for it, as for one that is not there yet, and says so", async () => {
  server.freeze();
  const said: string[] = [];
  await expect(waitForServer(server.url, (line) => said.push(line), 0)).rejects.toThrow(/ETIMEDOUT|timeout/i);
}, 30_000);

test("SIGTERM: the process ends in good order", async () => {
  const env = { DATABASE_URL: server.url, TONGHOP_SECRET: "the secret of a test, long enough", PORT: "0", TONGHOP_LOG: "silent" };
  const child = spawn(process.execPath, ["dist/src/main.js"], { env: { PATH: process.env["PATH"], ...env } });
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await until("it is ready", () => said.includes("Tonghop is ready."));
  const origin = /http:\/\/localhost:\d+/.exec(said)![0];
  server.freeze();
  const asked = request(`${origin}/readyz`);
  await until("the hub has noticed", async () => (await asked).status === 503);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});
