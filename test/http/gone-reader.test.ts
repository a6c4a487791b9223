import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../../src/config.js";
import { openHub } from "../../src/hub.js";
import { compiled } from "../compiled.js";
import { Desk, draft, schoolYear } from "../desk.js";
import { request } from "../http-client.js";
import { until } from "../until.js";

const METRICS = "a secret for the figures, long enough";
const running = new Set<ChildProcess>();
let home: string;
let token: string;

beforeAll(async () => {
  await compiled();
  home = await mkdtemp(join(tmpdir(), "tonghop-gone-"));
  const hub = await openHub(readConfig({ TONGHOP_HOME: home, TONGHOP_SEED: "none" }) as Config);
  const desk = new Desk(hub.database);
  await desk.register(draft.province("P"), draft.district("D", "P"), draft.school("S", "D"));
  await desk.openYear(schoolYear(2024));
  token = (await hub.access.issue({ name: "an app", role: "ADMINISTRATOR", unitId: null, days: null })).token;
  await hub.close();
}, 600_000);
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await rm(home, { recursive: true });
});

function run(file: string, args: string[] = []) {
  const env = { PATH: process.env["PATH"], TONGHOP_HOME: home, PORT: "0", TONGHOP_METRICS_TOKEN: METRICS, NODE_ENV: "production" };
  const child = spawn(process.execPath, [file, ...args], { env });
  running.add(child);
  const ended = new Promise<number | string | null>((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  void ended.then(() => running.delete(child));
  return { child, ended };
}

/** Starts the hub and lets go of both ends of its output once it has said where it is. */
async function startUnheard() {
  const { child, ended } = run("dist/src/main.js");
  let said = "";
  child.stdout.on("data", (data) => (said += String(data)));
  await until("it is ready", () => said.includes("Tonghop is ready.") && said.endsWith("\n\n"));
  child.stdout.destroy();
  child.stderr.destroy();
  const origin = /http:\/\/localhost:\d+/.exec(said)![0];
  const ask = async (query: string) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const answer = await request(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
    return (await answer.json()) as { data: Record<string, { outcome: string }> };
  };
  const dropped = async () => {
    const figures = await (await request(`${origin}/metrics`, { headers: { authorization: `Bearer ${METRICS}` } })).text();
    return Number(/^tonghop_log_dropped_total (\d+)$/m.exec(figures)![1]);
  };
  return { child, ended, ask, dropped };
}

const RECORD = `mutation { recordConference(input: {
  unit: "S", schoolYear: "2024-2025", heldOn: "2024-10-05", convened: 30, present: 29, votesFor: 28 }) { outcome } }`;

test.each([
  ["SIGTERM", "STORED"],
  // The second hub finds what the first has stored.
  ["SIGHUP", "UNCHANGED"],
] as const)(
  "whoever reads the output may end: the hub goes on, counts what it could not write, and %s ends it in good order",
  async (signal, outcome) => {
    const { child, ended, ask, dropped } = await startUnheard();
    expect((await ask("{ me { role } }")).data).toBeTruthy();
    expect((await ask(RECORD)).data["recordConference"]!.outcome).toBe(outcome);
    await until("a line was dropped", async () => (await dropped()) > 0);
    child.kill(signal);
    expect(await ended).toBe(0);
  },
);

test("a command whose reader has read enough ends quietly", async () => {
  const { child, ended } = run("dist/src/cli/main.js", ["schema", "print"]);
  let told = "";
  child.stderr.on("data", (data) => (told += String(data)));
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect([await ended, told]).toEqual([0, ""]);
});

test("a command of which nobody reads the errors ends with its code", async () => {
  const { child, ended } = run("dist/src/cli/main.js", ["no-such-command"]);
  child.stderr.destroy();
  expect(await ended).toBe(1);
});

describe("a reader that has stopped reading", () => {
  let server: Server;
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("costs a limited amount of memory: beyond it lines are dropped and counted, and nobody waits for it", async () => {
    const { connect } = await import("node:net");
    const { Output } = await import("../../src/output.js");
    server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const accepted = once(server, "connection");
    const socket = connect((server.address() as { port: number }).port, "127.0.0.1");
    const [reader] = (await accepted) as [{ destroy(): void }];
    const output = new Output(socket as unknown as NodeJS.WriteStream, 100_000);
    const line = "x".repeat(10_000);
    for (let lines = 0; lines < 2_000 && output.dropped < 10; lines++) {
      output.write(line);
      await new Promise(setImmediate);
    }
    expect(output.dropped).toBe(10);
    expect(socket.writableLength).toBeLessThan(120_000);
    await output.flushed(1);
    reader.destroy();
    socket.destroy();
  });
});
