import { run } from "../../src/cli/program.js";
import { furnish, type HubAt, hubAt, storedSchools } from "../hub-at.js";
import { type OwnMariadb, ownMariadb } from "./own-mariadb.js";
import { until } from "../until.js";

/** A MariaDB server of its own, so that it can be killed and told to be read-only. */
let server: OwnMariadb;
let at: HubAt;
let schools: string[];

beforeAll(async () => {
  server = await ownMariadb();
  at = await hubAt({ type: "mysql", url: server.url });
  schools = await furnish(at.desk, 400);
});
afterAll(async () => {
  await at.close();
  await server.close();
});

/** The database as an account sees it for which it can be read-only. */
function clerkUrl(): string {
  const url = new URL(server.url);
  url.username = "clerk";
  return url.href;
}

test("kill -9 of MariaDB under load, twice: what was acknowledged is stored, the hub says 503 meanwhile and goes on by itself", async () => {
  const told: Record<string, string[]> = {};
  const count = (answer: string) => told[answer]?.length ?? 0;
  let over = false;
  const writer = async () => {
    while (!over) {
      const school = schools.pop();
      if (school === undefined) throw new Error("more schools are needed");
      const { answer, status, retryAfter } = await at.record(school);
      (told[answer] ??= []).push(school);
      if (answer !== "UNAVAILABLE") continue;
      expect([status, retryAfter]).toEqual([503, "2"]);
      // As the header asks, but for less long.
      await until("the hub is ready again", async () => over || (await at.ready()) === 200);
    }
  };
  const writers = Promise.all(Array.from({ length: 8 }, writer));
  const failing = Promise.race([writers, new Promise(() => {})]);
  const unready: number[] = [];
  for (let kill = 1; kill <= 2; kill++) {
    const before = count("STORED");
    await Promise.race([failing, until("writers write", () => count("STORED") >= before + 20)]);
    await server.kill();
    await until("somebody hears of it", () => count("UNAVAILABLE") + count("OUTCOME_UNKNOWN") >= kill);
    unready.push(await at.ready());
    server.start();
    await until("the hub is ready again", async () => (await at.ready()) === 200);
  }
  const before = count("STORED");
  await until("writers write", () => count("STORED") >= before + 10);
  over = true;
  await writers;

  expect(unready).toEqual([503, 503]);
  expect(Object.keys(told).filter((answer) => !["STORED", "UNAVAILABLE", "OUTCOME_UNKNOWN"].includes(answer))).toEqual([]);
  const stored = await storedSchools(at);
  expect(told["STORED"]!.filter((school) => !stored.has(school))).toEqual([]);
  expect((told["UNAVAILABLE"] ?? []).filter((school) => stored.has(school))).toEqual([]);
});

test("a server that has become read-only: changes are refused as such, reading goes on, and so does writing afterwards", async () => {
  await server.run("CREATE USER clerk@localhost", "CREATE USER clerk@'127.0.0.1'", "GRANT ALL ON hub.* TO clerk@'127.0.0.1'");
  const clerk = await hubAt({ type: "mysql", url: clerkUrl() });
  try {
    const school = schools.pop()!;
    await server.run("SET GLOBAL read_only = 1");
    expect(await clerk.record(school)).toMatchObject({ status: 200, answer: "READ_ONLY" });
    expect(await (await clerk.ask("{ me { role } }")).json()).toMatchObject({ data: { me: { role: "ADMINISTRATOR" } } });
    await server.run("SET GLOBAL read_only = 0");
    expect((await clerk.record(school)).answer).toBe("STORED");
  } finally {
    await clerk.close();
  }
});

test("an audit of a server that is read-only tells what it found, and that /metrics will not", async () => {
  await server.run("SET GLOBAL read_only = 1");
  const told = { out: "", err: "" };
  const env = { DATABASE_URL: clerkUrl(), TONGHOP_SECRET: "the secret of a test, long enough" };
  const [out, err] = [(text: string) => void (told.out += text), (text: string) => void (told.err += text)];
  const code = await run(["ledger", "audit"], { out, err, interactive: false, env });
  await server.run("SET GLOBAL read_only = 0");
  expect([code, told.out]).toEqual([0, expect.stringMatching(/^The ledger is right: \d+ dossiers/)]);
  expect(told.err).toMatch(/^This audit could not be noted for \/metrics: .*read-only/m);
});

test("settings with which the server may lose changes are told, with what to set", async () => {
  expect(await at.hub.database.warnings()).toEqual([]);
  await server.run("SET GLOBAL innodb_flush_log_at_trx_commit = 2", "SET GLOBAL sql_mode = ''");
  expect(await at.hub.database.warnings()).toEqual([
    expect.stringMatching(/innodb_flush_log_at_trx_commit is 2; set it to 1\.$/),
    expect.stringMatching(/Add STRICT_TRANS_TABLES to sql_mode/),
  ]);
});
