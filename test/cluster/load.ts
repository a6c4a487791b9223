import { type Node } from "./galera.js";
import { type Hub } from "./hub.js";
import { until } from "./until.js";
import { type Acknowledged, Observed, ownSchools, Writer } from "./writers.js";

/** Writers at a hub; the last of all is the steward. */
const AT_EACH_HUB = 4;
const HUBS = 3;

export interface PhaseOfLoad {
  seconds: number;
  observed: Observed;
  certificationFailures: number;
}

/** The writers, who begin and end together. */
export class Load {
  static readonly numbers = Array.from({ length: AT_EACH_HUB * HUBS }, (_, number) => number);

  /** Of all phases. */
  readonly acknowledged: Acknowledged[] = [];
  readonly placed = new Map<string, string>();
  increments = 0;

  private observed = new Observed();
  private readonly writers: Writer[];
  private running: Promise<unknown> = Promise.resolve();
  private stopping = false;
  private began = 0;
  private failuresBefore = 0;

  constructor(
    hubs: readonly Hub[],
    private readonly nodes: readonly Node[],
  ) {
    const neighbours = (number: number) => ownSchools((number + 1) % Load.numbers.length);
    // One more than the schools have: the steward.
    this.writers = [...Load.numbers, Load.numbers.length].map(
      (number) => new Writer(number, hubs, neighbours(number), () => this.observed),
    );
  }

  async start(): Promise<void> {
    this.observed = new Observed();
    this.stopping = false;
    this.began = Date.now();
    this.failuresBefore = await this.certificationFailures();
    const stopped = () => this.stopping;
    this.running = Promise.all(
      this.writers.map((writer, index) => (index < Load.numbers.length ? writer.writeUntil(stopped) : writer.stewardUntil(stopped))),
    );
    // Looked at when the load stops; until then nothing else waits for it.
    this.running.catch(() => undefined);
  }

  /** Lets every client finish what it has begun. */
  async stop(): Promise<PhaseOfLoad> {
    this.stopping = true;
    await this.running;
    const { observed } = this;
    this.acknowledged.push(...observed.acknowledged);
    this.increments += observed.increments;
    for (const [union, district] of observed.placed) this.placed.set(union, district);
    // A node that was killed counts from its new beginning on.
    const failures = await this.certificationFailures();
    return {
      seconds: (Date.now() - this.began) / 1000,
      observed,
      certificationFailures: failures >= this.failuresBefore ? failures - this.failuresBefore : failures,
    };
  }

  /** Waits until so many more changes have been acknowledged. */
  async nextAcknowledgements(count: number, ms: number): Promise<void> {
    const wanted = this.observed.acknowledged.length + count;
    await until(`${count} more changes are acknowledged`, ms, () => this.observed.acknowledged.length >= wanted);
  }

  private async certificationFailures(): Promise<number> {
    const names = ["wsrep_local_cert_failures", "wsrep_local_bf_aborts"];
    const counts = await Promise.all(this.nodes.flatMap((node) => names.map((name) => node.status(name))));
    return counts.reduce((sum, count) => sum + Number(count), 0);
  }
}
