import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { parse, validate } from "graphql";
import { openAccess } from "../../src/access/access.js";
import { readConfig } from "../../src/config.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { rebuild } from "../../src/ledger/audit.js";
import { atEnd, cleanUp, runScript } from "../script.js";
import { type ServerProcess, startProcess } from "./child.js";
import { loadWarning, machine } from "./conditions.js";
import { seconds } from "./load.js";
import { loadNation, type Nation, nationOf, YEAR } from "./nation.js";
import { type Place, serverPlace, sqlitePlace } from "./place.js";
import { type Waits } from "./probe.process.js";
import { NOW, REPORTED_YEARS } from "./province.js";
import { type Operation, operationsOn } from "./stall-operations.js";
import { openDatabase } from "../../src/storage/database/open-database.js";

const SERVER = process.env.TONGHOP_TEST_DATABASE || "mysql://root@127.0.0.1:3306";
const SECRET = randomBytes(32).toString("hex");
const CALLERS = 4;
/** What must hold: the longest wait of /livez, and the memory of the hub. */
const BAR = { waitMs: 300, residentMb: 1024 };

const PLACES = [
  { name: "a province of 2,000 schools", nation: () => nationOf(1, 2_000, REPORTED_YEARS) },
  { name: "a nation of 54,000 schools", nation: () => nationOf(34, 54_000, REPORTED_YEARS.slice(-2)) },
];

const EXPLANATION = `
The worst requests that the hub's limits permit, each as large as is permitted (n: aliases, rows or ids), alone and four at once from four callers.
All data is made. Records are of ${YEAR.label} only. The hub runs in a process of its own; another one asks /livez every 20 ms, and a process that
does nothing beside it (idle): what that one waits is the machine's. Milliseconds of the longest wait; the bar: ${BAR.waitMs} ms, ${BAR.residentMb} MB, no 500.
Words after "--" (regular expressions) say which lines are wanted, e.g. npm run bench:stall -- SQLite 2,000 "ranking|growth"
`;

const schema = buildGraphqlSchema();
const out = (text: string) => process.stdout.write(text);
const wanted = process.argv.slice(2);
const isWanted = (line: string) => wanted.every((word) => new RegExp(word).test(line));

async function main(): Promise<boolean> {
  out(`${machine()}\n${loadWarning()}${EXPLANATION}`);
  const broken: string[] = [];
  for (const { name, nation } of PLACES)
    for (const place of [sqlitePlace, () => serverPlace(SERVER)]) {
      const made = await place();
      atEnd(() => made.remove());
      broken.push(...(await measure(made, name, nation())));
      await cleanUp();
    }
  out(broken.length === 0 ? "\nThe bar holds.\n" : `\nThe bar does not hold:\n${broken.join("\n")}\n`);
  return broken.length === 0;
}

async function measure(place: Place, name: string, nation: Nation): Promise<string[]> {
  const title = `${place.name}, ${name}`;
  const operations = (ids: ReadonlyMap<string, string>) =>
    operationsOn(nation, ids).filter((operation) => isWanted(`${title}: ${operation.name}`));
  if (operations(new Map()).length === 0) return [];
  for (const { name: of, body } of operations(new Map())) {
    const [error] = validate(schema, parse(body(1).query));
    if (error) throw new Error(`${of}: ${error.message}`);
  }
  const config = readConfig({ ...place.environment, PORT: "0", TONGHOP_SEED: "none", TONGHOP_SECRET: SECRET });
  if ("faults" in config) throw new Error(config.faults.join(" "));
  const { ids, tokens } = await prepare(place, title, nation);
  const hub = await startProcess("hub", config);
  atEnd(() => hub.stop());
  const idle = await startProcess("idle", {});
  atEnd(() => idle.stop());
  const probe = await startProcess("probe", { hub: hub.port, idle: idle.port });
  atEnd(() => probe.stop());
  const broken: string[] = [];
  out(line(["", "n", "answer", "seconds", "/livez", "idle", "4: sec", "/livez", "idle", "resident", "peak", "answers"]));
  await waits(probe);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const still = await waits(probe);
  out(line(["nothing", "", "", "2.0", ms(still.hub), ms(still.idle)]));
  for (const operation of operations(ids)) {
    const found = await worst(operation, hub, probe, tokens);
    out(line(found.cells));
    broken.push(...found.broken.map((what) => `${title}: ${operation.name}: ${what}`));
  }
  return broken;
}

/** A line at a time, as the whole takes long. */
function line(cells: readonly string[]): string {
  const [name = "", ...rest] = cells;
  const widths = [5, 9, 8, 7, 6, 7, 7, 6, 9, 8];
  return `${name.padEnd(42)}${rest.map((cell, column) => (column < widths.length ? cell.padStart(widths[column]!) : `  ${cell}`)).join("")}\n`;
}

async function prepare(place: Place, title: string, nation: Nation) {
  const database = await openDatabase(place.hub);
  try {
    // Of an empty ledger: it marks every measure as filled, so that the hub has nothing to fill when it starts.
    await rebuild(database);
    let loaded: Awaited<ReturnType<typeof loadNation>> | undefined;
    const took = await seconds(async () => (loaded = await loadNation(database, nation)));
    const { ids, records } = loaded!;
    out(`\n${title}: ${ids.size} units, ${nation.years.length} school years, ${records} records, made in ${took.toFixed(0)} s\n`);
    const access = openAccess({ secret: SECRET, formerSecret: null, oidc: null }, database, () => NOW);
    const tokens: string[] = [];
    for (let caller = 0; caller < CALLERS; caller++)
      tokens.push((await access.issue({ name: `bench ${caller}`, role: "ADMINISTRATOR", unitId: null, days: null })).token);
    return { ids, tokens };
  } finally {
    await database.close();
  }
}

/** One operation, as large as is permitted. What is tried on the way to it counts, too. */
async function worst(operation: Operation, hub: ServerProcess, probe: ServerProcess, tokens: readonly string[]) {
  await waits(probe);
  const codes = new Map<string, number>();
  const ask = async (n: number, caller = 0) => {
    const body = operation.body(Math.max(n, 1));
    if (operation.decidesOn) Object.assign(body.variables!.input!, await seen(hub, tokens[caller]!, operation.decidesOn));
    const answer = await post(hub.port, tokens[caller]!, body);
    codes.set(answer.said, (codes.get(answer.said) ?? 0) + 1);
    return answer;
  };
  const { n, answer } = await largest(operation.most, ask);
  const alone = await waits(probe);
  const tookFour = await seconds(() => Promise.all(tokens.map((_, caller) => ask(n, caller))));
  const four = await waits(probe);
  const { residentMb, peakMb } = await hub.usage();
  const broken = [
    ...(Math.max(alone.hub, four.hub) > BAR.waitMs ? [`/livez waited ${ms(Math.max(alone.hub, four.hub))} ms`] : []),
    ...(alone.failed + four.failed > 0 ? [`/livez failed ${alone.failed + four.failed} times`] : []),
    ...(residentMb > BAR.residentMb ? [`${residentMb.toFixed(0)} MB resident`] : []),
    ...[...codes.keys()].filter((said) => said.startsWith("500")).map((said) => `answered ${said}`),
  ];
  const said = [...codes].map(([code, times]) => `${code} x${times}`).join(", ");
  const cells = [
    ...[operation.name, String(n), bytes(answer.bytes), (answer.ms / 1000).toFixed(1), ms(alone.hub), ms(alone.idle)],
    ...[tookFour.toFixed(1), ms(four.hub), ms(four.idle), `${residentMb.toFixed(0)} MB`, `${peakMb.toFixed(0)} MB`, said],
  ];
  return { cells, broken };
}

/** The fingerprint of what is decided on, as it is read before. */
async function seen(hub: ServerProcess, token: string, unit: string) {
  const query = `{ unit(code: "${unit}") { report(schoolYear: "${YEAR.label}") { branchFingerprint } } }`;
  const { text } = await post(hub.port, token, { query });
  return { fingerprint: /"branchFingerprint":"([^"]+)"/.exec(text)?.[1] ?? null };
}

interface Answer {
  /** Status, and the first code where there are errors. */
  said: string;
  /** By a limit, not by its deadline. */
  isRefused: boolean;
  /** Its beginning. */
  text: string;
  bytes: number;
  ms: number;
}

/** About the largest n that the hub's limits permit: from above, as what is refused costs little. What is stopped by its deadline was permitted. */
async function largest(most: number, ask: (n: number) => Promise<Answer>): Promise<{ n: number; answer: Answer }> {
  for (let n = most; ; n = Math.floor(n * 0.85)) {
    const answer = await ask(n);
    if (!answer.isRefused) return { n, answer };
    if (answer.said.includes("VALIDATION") || answer.said.includes("BAD_USER_INPUT")) throw new Error(answer.text);
    // Refused while it was made: that is what it may cost the others.
    if (n <= 1) return { n: 0, answer };
  }
}

function post(port: number, token: string, body: object): Promise<Answer> {
  const text = JSON.stringify(body);
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}`, "content-length": Buffer.byteLength(text) };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path: "/graphql", method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (chunks.length < 4) chunks.push(chunk);
      });
      response.on("end", () => {
        // Errors stand before the data; of an answer of megabytes only the beginning is looked at.
        const beginning = Buffer.concat(chunks).toString("utf8").slice(0, 1_000);
        const code = /"code":"([A-Z_]+)"/.exec(beginning.split('"data":')[0]!)?.[1];
        const said = `${response.statusCode}${code ? ` ${code}` : ""}`;
        resolve({ said, isRefused: LIMITS.has(code ?? ""), text: beginning, bytes, ms: performance.now() - begun });
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

const LIMITS = new Set(["QUERY_TOO_LARGE", "PAYLOAD_TOO_LARGE", "RATE_LIMITED", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"]);
const agent = new Agent({ keepAlive: true });

/** What was waited since this was asked last, until everything is answered: a hub that has answered may still be at work. */
async function waits(probe: ServerProcess): Promise<Waits> {
  const told: Waits = { hub: 0, idle: 0, failed: 0, open: 0 };
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { hub, idle, failed, open } = (await (await fetch(`http://127.0.0.1:${probe.port}`)).json()) as Waits;
    Object.assign(told, { hub: Math.max(told.hub, hub), idle: Math.max(told.idle, idle), failed: told.failed + failed, open });
  } while (told.open > 2);
  return told;
}

const ms = (value: number) => value.toFixed(0);
const bytes = (value: number) => (value < 1e5 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`);

runScript(main);
