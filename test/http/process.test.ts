import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { compiled } from "../compiled.js";
import { request } from "../http-client.js";
import { newKey, openProvider, tokenOf } from "./provider.js";

const root = process.cwd();
const run = promisify(execFile);
const running = new Set<ChildProcess>();
let home: string;

beforeAll(async () => {
  await compiled();
  home = await mkdtemp(join(tmpdir(), "tonghop-process-"));
}, 600_000);
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await rm(home, { recursive: true });
});

interface Started {
  child: ChildProcess;
  said: string;
  origin: string;
  /** Exit code and all that was written to standard error. */
  ended: Promise<{ code: number | null; err: string }>;
}

/** Starts the server and waits until it is ready, or has ended. */
async function start(env: NodeJS.ProcessEnv = {}, [command, ...args] = [process.execPath, "dist/src/main.js"]): Promise<Started> {
  const child = spawn(command!, args, {
    cwd: root,
    env: { PATH: process.env["PATH"], TONGHOP_HOME: home, PORT: "0", NODE_ENV: "production", ...env },
  });
  running.add(child);
  let said = "";
  let err = "";
  child.stderr.on("data", (data) => (err += String(data)));
  const ended = new Promise<{ code: number | null; err: string }>((resolve) =>
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code, err });
    }),
  );
  const ready = new Promise<void>((resolve) =>
    child.stdout.on("data", (data) => {
      said += String(data);
      if (said.includes("Tonghop is ready.") && said.endsWith("\n\n")) resolve();
    }),
  );
  await Promise.race([ready, ended]);
  return { child, said, origin: /http:\/\/localhost:\d+/.exec(said)?.[0] ?? "", ended };
}

const tokensIn = (said: string) => said.match(/^eyJ\S+$/gm) ?? [];
const ask = async (origin: string, token: string, query: string) => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return (await (await request(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) })).json()) as Record<
    string,
    never
  >;
};
const RECORD = `mutation { recordConference(input: { unit: "CB-TP-TH-SONGHIEN", schoolYear: "2023-2024", heldOn: "2023-10-05", convened: 30, present: 29, votesFor: 28 }) { outcome } }`;

test("what the server prints works when pasted; SIGTERM loses nothing of what it answered; a second start goes on from there", async () => {
  const first = await start();
  const [analyst, districtApp] = tokensIn(first.said);
  if (first.origin === "") throw new Error(`it did not start: ${first.said}${(await first.ended).err}`);
  const curl = /^curl .*$/m.exec(first.said)![0];
  const pasted = JSON.parse((await run("sh", ["-c", curl])).stdout) as unknown;
  expect(pasted).toMatchObject({ data: { city: { rollup: { staffConferenceCompletion: { denominator: 32 } } } } });

  const written = ask(first.origin, districtApp!, RECORD);
  setTimeout(() => first.child.kill("SIGTERM"), 5);
  const answer = await written.catch(() => null);
  const { code, err } = await first.ended;
  expect(code).toBe(0);
  expect(err).not.toMatch(/"level":[45]0|Error/);

  const second = await start();
  expect(tokensIn(second.said)).toEqual([analyst, districtApp]);
  const again = await ask(second.origin, districtApp!, RECORD);
  // Answered before the signal took hold: then it is there. Not taken any more: then it is new.
  expect(again).toMatchObject({ data: { recordConference: { outcome: answer ? "UNCHANGED" : "STORED" } } });
  // Twice, as npm hands on what the terminal has sent to the hub already.
  second.child.kill("SIGINT");
  second.child.kill("SIGINT");
  expect((await second.ended).code).toBe(0);

  const third = await start();
  expect(await ask(third.origin, districtApp!, RECORD)).toMatchObject({ data: { recordConference: { outcome: "UNCHANGED" } } });
  third.child.kill("SIGTERM");
  expect((await third.ended).code).toBe(0);
}, 600_000);

test("bad configuration names every fault and ends with 1", async () => {
  const { ended, said } = await start({ PORT: "http", TONGHOP_SEED: "all", DATABASE_URL: "postgres://db/x" });
  const { code, err } = await ended;
  expect([code, said]).toEqual([1, ""]);
  expect(err.split("\n")).toEqual([
    "Tonghop cannot start: the configuration has faults.",
    expect.stringMatching(/^DATABASE_URL begins with "postgres:"/),
    expect.stringMatching(/^PORT is "http"/),
    expect.stringMatching(/^TONGHOP_SEED is "all"/),
    expect.stringMatching(/^TONGHOP_SECRET is not set/),
    "",
  ]);
});

test("a port that is taken is said as such", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as { port: number };
  const { ended } = await start({ PORT: String(port), TONGHOP_SEED: "none", TONGHOP_HOME: join(home, "other"), TONGHOP_LOG: "silent" });
  expect(await ended).toEqual({ code: 1, err: `Tonghop cannot start: Port ${port} is already in use; choose another one with PORT.\n` });
  other.close();
});

test("npm start hands the signal on; without the demonstration no token is shown, but how to issue one", async () => {
  const { said, child, ended, origin } = await start({ TONGHOP_SEED: "none", TONGHOP_HOME: join(home, "empty") }, ["npm", "start"]);
  expect(tokensIn(said)).toEqual([]);
  // There is no unit yet that a token could name.
  const [hint, ...more] = said.match(/(?<=^npx tonghop ).*$/gm)!;
  expect([hint, more]).toEqual(['token issue --role administrator --name "<whose>"', []]);
  const env = { PATH: process.env["PATH"], TONGHOP_HOME: join(home, "empty") };
  const token = (await run("sh", ["-c", `node dist/src/cli/main.js ${hint}`], { cwd: root, env })).stdout.trim();
  expect(await ask(origin, token, "{ me { role } }")).toMatchObject({ data: { me: { role: "ADMINISTRATOR" } } });
  expect(await (await request(`${origin}/graphiql`)).text()).not.toMatch(/Bearer eyJ/);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
  await expect(request(origin)).rejects.toThrow();
});

test("where there are units, the hint names one", async () => {
  const { said, child, ended } = await start({ TONGHOP_SEED: "documents", TONGHOP_HOME: join(home, "documents") });
  expect(said.match(/^npx tonghop .*$/gm)).toEqual(['npx tonghop token issue --role analyst --unit <code> --name "<whose>"']);
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

test("no secret, no token and no part of one is ever logged or told, and nobody writes a line of the log", async () => {
  const provider = await openProvider();
  const [key, foreign] = [await newKey("theirs", "RS256"), await newKey("theirs", "RS256")];
  provider.keys = [key];
  const secret = "s3cret-of-the-hub-that-nobody-may-see-0123456789";
  const former = "s3cret-of-yesterday-that-nobody-may-see-9876543210";
  const env = {
    ...{ TONGHOP_HOME: join(home, "logged"), TONGHOP_SEED: "none", TONGHOP_SECRET: secret, TONGHOP_SECRET_FORMER: former },
    ...{ TONGHOP_OIDC_ISSUER: provider.issuer, TONGHOP_OIDC_JWKS: provider.jwks, TONGHOP_OIDC_AUDIENCE: "tonghop" },
  };
  const { origin, child, ended } = await start(env);
  const issue = ["dist/src/cli/main.js", "token", "issue", "--role", "administrator", "--name", 'x"}\n{"level":60,"msg":"forged"}'];
  const issued = (await run(process.execPath, issue, { cwd: root, env: { PATH: process.env["PATH"], ...env } })).stdout.trim();
  const [header, payload, signature] = issued.split(".");
  const now = new Date();
  const tokens = [
    issued,
    await tokenOf(provider, key, now, { tonghop_role: "administrator", tonghop_unit: undefined }),
    await tokenOf(provider, key, now),
    await tokenOf(provider, foreign, now),
    await tokenOf(provider, key, now, { exp: 1 }),
    await tokenOf(provider, key, now, { tonghop_role: "boss\n{}" }),
    await tokenOf(provider, key, now, { tonghop_unit: 'x"}\n{"level":60,"msg":"forged"}' }),
    await tokenOf(provider, key, now, { sub: "a\n\u001b[31mb" }),
    await tokenOf(provider, key, now, {}, { kid: "x\ny" }),
    `${header}.${payload}.`,
    `${header}.${Buffer.from('{"iss":"tonghop"}').toString("base64url")}.${signature}`,
    `garbage.${secret}`,
    `${"A".repeat(9_000)}.e30.${signature}`,
  ];
  const evil = "x%0A%7B%22level%22%3A60%7D%1B%5B31m";
  const told: string[] = [];
  for (const token of tokens)
    for (const [path, body] of [
      ["/graphql", '{"query":"{ me { name } }","operationName":"a\\n{\\"level\\":60}\\u001b[31m"}'],
      [`/graphql?access_token=${token}&${evil}`, `{"query":"query A { unit(code: \\"${evil}\\\\n\\u2028\\") { name } }"}`],
      [`/${evil}`, "not JSON"],
      ["/%ff", ""],
    ] as const) {
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}`, cookie: secret };
      const answer = await request(`${origin}${path}`, { method: "POST", headers, body });
      told.push(await answer.text(), JSON.stringify([...answer.headers]));
    }
  child.kill("SIGTERM");
  const { code, err } = await ended;
  await provider.close();
  expect(code).toBe(0);
  const signatures = tokens.flatMap((token) => token.split(".").filter((part) => part.length > 20));
  for (const hidden of [secret, former, ...tokens, ...signatures]) {
    expect(err.includes(hidden)).toBe(false);
    expect(told.join("\n").includes(hidden)).toBe(false);
  }
  const lines = err.trimEnd().split("\n");
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(Number), msg: expect.any(String) });
    expect((JSON.parse(line) as { level: number }).level).toBeLessThan(50);

    expect(line).not.toMatch(/[\u0000-\u001f\u007f]/);
  }
  expect(lines.filter((line) => line.includes("a token was refused")).length).toBeGreaterThan(20);
  expect(lines.length).toBeGreaterThan(tokens.length * 3);
});
