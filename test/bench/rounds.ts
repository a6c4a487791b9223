import { performance } from "node:perf_hooks";
import { type Usage } from "./child.js";

/** One of the two that are compared. */
export interface Side {
  usage(): Promise<Usage>;
  /** One request of a client; rejects when the answer is not what it should be. */
  request(client: number): Promise<void>;
}

/** What one side did in one round. */
export interface Round {
  p50: number;
  p95: number;
  perSecond: number;
  /** CPU of the server process for one request. */
  cpuMs: number;
}

/** Both sides in the middle round, and how many times the floor the hub needs: of time, or of requests a second. */
export interface Comparison {
  hub: Round;
  floor: Round;
  timesP50: number;
  timesPerSecond: number;
}

export interface Plan {
  rounds: number;
  /** How long a side works in a round; at least `requests`. */
  ms: number;
  requests: number;
  clients: number;
}

/** The two sides by turns, so that whatever else the machine does hits both. */
export async function compare(hub: Side, floor: Side, plan: Plan): Promise<Comparison> {
  const done: { hub: Round; floor: Round }[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    const first = round % 2 === 0;
    const before = first ? await runRound(hub, plan) : await runRound(floor, plan);
    const after = first ? await runRound(floor, plan) : await runRound(hub, plan);
    done.push(first ? { hub: before, floor: after } : { hub: after, floor: before });
  }
  const middle = (side: "hub" | "floor", of: keyof Round) => median(done.map((round) => round[side][of]));
  const whole = (side: "hub" | "floor"): Round => ({
    p50: middle(side, "p50"),
    p95: middle(side, "p95"),
    perSecond: middle(side, "perSecond"),
    cpuMs: middle(side, "cpuMs"),
  });
  return {
    hub: whole("hub"),
    floor: whole("floor"),
    timesP50: median(done.map((round) => round.hub.p50 / round.floor.p50)),
    timesPerSecond: median(done.map((round) => round.hub.perSecond / round.floor.perSecond)),
  };
}

async function runRound(side: Side, { ms, requests, clients }: Plan): Promise<Round> {
  const times: number[] = [];
  const usedBefore = await side.usage();
  const start = performance.now();
  let begun = 0;
  const work = async (client: number) => {
    while (begun < requests || performance.now() - start < ms) {
      begun += 1;
      const sent = performance.now();
      await side.request(client);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const elapsed = performance.now() - start;
  const used = await side.usage();
  times.sort((a, b) => a - b);
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    perSecond: (times.length / elapsed) * 1000,
    cpuMs: (used.cpuMs - usedBefore.cpuMs) / times.length,
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
