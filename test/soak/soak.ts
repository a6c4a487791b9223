import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createConnection } from "mysql2/promise";
import { type Config, readConfig } from "../../src/config.js";
import { newPlace } from "../place.js";
import { atEnd, runScript } from "../script.js";
import { Client } from "./client.js";
import { judgeFlatness, type Watched } from "./flatness.js";
import { type Sample } from "./hub.process.js";
import { type Deed, deedsOf, MONITOR, type Tokens } from "./requests.js";

const WORKERS = 6;
/** Between two requests of a worker: some dozens a second altogether. */
const THINKING_MS = 120;
const SAMPLES = 60;
const LEAST_SAMPLES_MS = 5_000;

/**
 * The same samples of a settled heap, shuffled, have trends up to 0.3 MB; what a run of three or seven minutes warms up after
 * its first third added up to 1.1 MB. Everything else was the same in all samples, to 0.01 MB and to the handle.
 */
const WATCHED: readonly Watched<Sample>[] = [
  { name: "heap, MB", of: ({ heapMb }) => heapMb, allowed: 1.5 },
  { name: "buffers, MB", of: ({ externalMb }) => externalMb, allowed: 0.5 },
  { name: "handles", of: ({ handles }) => handles, allowed: 0.5 },
  { name: "file descriptors", of: ({ fileDescriptors }) => fileDescriptors, allowed: 0.5 },
  { name: "busy connections to the database", of: ({ busy }) => busy, allowed: 0.5 },
];

async function main(minutes: number): Promise<boolean> {
  const { config, name } = await place();
  const { port, tokens, sample } = await startHub(config);
  const client = new Client(port);
  const deeds = deedsOf(tokens);
  const counts = new Map(deeds.map(({ name }) => [name, 0]));
  const wrong = new Map<string, { times: number; text: string }>();
  const samples: Sample[] = [];
  const end = Date.now() + minutes * 60_000;
  const every = Math.max(LEAST_SAMPLES_MS, (minutes * 60_000) / SAMPLES);
  process.stdout.write(`Soaking a hub on ${name} for ${minutes} minutes, looking at it every ${(every / 1000).toFixed(0)} s.\n`);

  async function work(until: number): Promise<void> {
    while (Date.now() < until) {
      const deed = pick(deeds);
      const fault = await deed.run(client).catch((error: unknown) => String(error));
      counts.set(deed.name, counts.get(deed.name)! + 1);
      if (fault && !wrong.has(deed.name)) process.stdout.write(`WRONG, ${deed.name}: ${fault}\n`);
      if (fault) wrong.set(deed.name, { times: (wrong.get(deed.name)?.times ?? 0) + 1, text: fault });
      await pause(Math.random() * 2 * THINKING_MS);
    }
  }
  while (Date.now() < end) {
    const until = Math.min(end, Date.now() + every);
    await Promise.all(Array.from({ length: WORKERS }, () => work(until)));
    client.letGo();
    samples.push(await restingSample(sample));
  }
  return tell(minutes, samples, counts, wrong);
}

function pick(deeds: readonly Deed[]): Deed {
  let position = Math.random() * deeds.reduce((sum, { weight }) => sum + weight, 0);
  return deeds.find(({ weight }) => (position -= weight) < 0)!;
}

/** An empty database with the demonstration: a file, or on the server of TONGHOP_TEST_DATABASE. */
async function place(): Promise<{ config: Config; name: string }> {
  const { options, drop } = await newPlace();
  atEnd(async () => {
    if (options.type === "sqlite") return drop(async () => []);
    const connection = await createConnection(options.url);
    await drop(async (sql) => (await connection.query(sql))[0] as never);
    return connection.end();
  });
  const config = readConfig({
    PORT: "0",
    TONGHOP_LOG: "silent",
    TONGHOP_SECRET: "the secret of a soak, long enough for a token",
    TONGHOP_METRICS_TOKEN: MONITOR,
  });
  if ("faults" in config) throw new Error(config.faults.join(" "));
  const name = options.type === "sqlite" ? "SQLite" : `MariaDB (${new URL(options.url).host})`;
  return { config: { ...config, database: options as Config["database"], seed: "demo" }, name };
}

async function startHub(config: Config): Promise<{ port: number; tokens: Tokens; sample(): Promise<Sample> }> {
  const child = fork(new URL("./hub.process.js", import.meta.url), { execArgv: ["--expose-gc"] });
  atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(timer);
  });
  const ended = once(child, "exit").then(() => Promise.reject(new Error("the hub's process ended")));
  ended.catch(() => undefined);
  const ask = async <T>(message: object): Promise<T> => {
    const answered = once(child, "message") as Promise<[T & { error?: string }]>;
    child.send(message);
    const [answer] = await Promise.race([answered, ended]);
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  const started = await ask<{ port: number; tokens: Tokens }>({ config });
  return { ...started, sample: () => ask<Sample>({ sample: true }) };
}

/** What the hub holds when the work of connections that were cut is over, too: its handles have been the same twice. */
async function restingSample(take: () => Promise<Sample>): Promise<Sample> {
  let before: Sample | null = null;
  for (const deadline = Date.now() + 10_000; ;) {
    const sample = await take();
    const isResting = sample.busy === 0 && before?.handles === sample.handles && before.fileDescriptors === sample.fileDescriptors;
    if (isResting || Date.now() > deadline) return sample;
    before = sample;
    await pause(100);
  }
}

function tell(
  minutes: number,
  samples: readonly Sample[],
  counts: ReadonlyMap<string, number>,
  wrong: ReadonlyMap<string, { times: number; text: string }>,
): boolean {
  const verdicts = judgeFlatness(samples, WATCHED);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const line = (name: string, ...cells: string[]) => `${name.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join("")}\n`;
  process.stdout.write(
    `\n${total} requests, ${(total / minutes / 60).toFixed(0)} a second; resident at the end ${samples.at(-1)?.residentMb.toFixed(0)} MB\n`,
  );
  for (const [name, count] of counts)
    process.stdout.write(line(`  ${name}`, String(count), wrong.has(name) ? `${wrong.get(name)!.times} wrong` : ""));
  process.stdout.write(`\n${line("after the warm-up", "first third", "last third", "trend adds", "allowed")}`);
  for (const { name, first, last, growth, allowed, isFlat } of verdicts)
    process.stdout.write(
      line(name, first.toFixed(2), last.toFixed(2), growth.toFixed(2), allowed.toFixed(1)).trimEnd() + (isFlat ? "\n" : "  GROWS\n"),
    );
  const kinds = Object.entries(samples.at(-1)?.kinds ?? {}).map(([kind, count]) => `${count} ${kind}`);
  process.stdout.write(`handles at the end: ${kinds.join(", ")}\nheap, MB: ${samples.map(({ heapMb }) => heapMb.toFixed(1)).join(" ")}\n`);
  for (const [name, { times, text }] of wrong) process.stdout.write(`VIOLATION, ${name}, ${times} times, the last: ${text}\n`);
  const holds = wrong.size === 0 && verdicts.every(({ isFlat }) => isFlat);
  process.stdout.write(holds ? "\nEvery answer was as it must be, heap and handles are flat.\n" : "\nNOT as it must be.\n");
  return holds;
}

const { values } = parseArgs({ options: { minutes: { type: "string", default: "20" } } });
runScript(() => main(Number(values.minutes)));
