import { type ChildProcess, spawn } from "node:child_process";
import { createConnection } from "mysql2/promise";
import { compiled } from "../compiled.js";
import { request } from "../http-client.js";
import { furnish, type HubAt, hubAt, storedSchools } from "../hub-at.js";
import { until } from "../until.js";
import { type OwnMariadb, ownMariadb } from "./own-mariadb.js";

const SECRET = "the secret of a test, long enough";
const running = new Set<ChildProcess>();
let server: OwnMariadb;
let at: HubAt;

beforeAll(async () => {
  await compiled();
  server = await ownMariadb();
}, 600_000);
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await at.close();
  await server.close();
});

function start(url: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ["dist/src/main.js"], {
    env: { PATH: process.env["PATH"], DATABASE_URL: url, TONGHOP_SECRET: SECRET, PORT: "0", TONGHOP_LOG: "error", ...env },
  });
  running.add(child);
  const heard = { out: "", err: "", code: null as number | null };
  child.stdout.on("data", (data) => (heard.out += String(data)));
  child.stderr.on("data", (data) => (heard.err += String(data)));
  const ended = new Promise<void>((resolve) =>
    child.on("close", (code) => {
      heard.code = code;
      running.delete(child);
      resolve();
    }),
  );
  const origin = () => /http:\/\/localhost:\d+/.exec(heard.out)?.[0] ?? "";
  return { child, heard, ended, origin };
}

test("a database that is not up yet is waited for, and what is set wrong in it is told", async () => {
  await server.kill();
  const { child, heard, ended, origin } = start(server.url);
  const host = new URL(server.url).host;
  await until("it says what it waits for", () =>
    heard.err.includes(`Waiting for the database at ${host}: The database does not answer: the connection was refused; check `),
  );
  expect(heard.out).toBe("");
  server.start("--innodb-flush-log-at-trx-commit=2");
  await until("it is ready", () => heard.out.includes("Tonghop is ready."));
  expect((await request(`${origin()}/readyz`)).status).toBe(200);
  expect(heard.err).toMatch(/^Warning: .*innodb_flush_log_at_trx_commit is 2; set it to 1\.$/m);
  child.kill("SIGTERM");
  await ended;
  expect(heard.code).toBe(0);
});

test.each([
  [
    "a wrong password",
    (url: URL) => (url.password = "secretly-wrong"),
    /^Tonghop cannot start: The database refuses the account: .*DATABASE_URL/,
  ],
  ["no such database", (url: URL) => (url.pathname = "/nowhere"), /^Tonghop cannot start: The server has no such database: .*nowhere/],
])("%s is not waited for", async (_, spoil, sentence) => {
  const url = new URL(server.url);
  spoil(url);
  const { heard, ended } = start(url.href);
  await ended;
  expect(heard).toEqual({ out: "", err: expect.stringMatching(sentence), code: 1 });
  expect(heard.err).not.toContain("secretly-wrong");
});

test("SIGTERM: a mutation that waits in the database is finished and answered, nothing new is taken, exit 0", async () => {
  at = await hubAt({ type: "mysql", url: server.url });
  const [school] = await furnish(at.desk, 2);
  const { child, heard, ended, origin } = start(server.url);
  await until("it is ready", () => heard.out.includes("Tonghop is ready."));
  const other = await createConnection(server.url);
  await other.query("START TRANSACTION");
  await other.query("SELECT id FROM gate WHERE id = 1 FOR UPDATE");
  const answer = at.record(school!, origin());
  await until("the mutation waits", async () => {
    const [rows] = await other.query<never[]>("SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT id FROM gate%'");
    return rows.length === 1;
  });
  child.kill("SIGTERM");
  await until("nothing new is taken", () =>
    request(`${origin()}/livez`).then(
      () => false,
      () => true,
    ),
  );
  await other.query("COMMIT");
  expect(await answer).toMatchObject({ status: 200, answer: "STORED" });
  await ended;
  expect([heard.code, heard.err.replace(/^Warning: .*\n/gm, "")]).toEqual([0, ""]);
  expect(await storedSchools(at)).toEqual(new Set([school]));
  await other.end();
});
