import { deepStrictEqual } from "node:assert";
import { type CapturedScreen } from "./capture.js";
import { type Client } from "./client.js";
import { type Comparison, compare, type Side } from "./rounds.js";

/** How a screen of a dashboard fared. */
export interface ReadResult extends Comparison {
  name: string;
  statements: number;
}

export interface Pair<T> {
  hub: T;
  floor: T;
}

const PLAN = { rounds: 7, ms: 150, requests: 10, clients: 1 };
const WARM_UP = { rounds: 1, ms: 400, requests: 60, clients: 1 };

/** Each screen over HTTP, hub and floor by turns; both must answer the same figures. */
export async function measureReads(
  screens: readonly CapturedScreen[],
  clients: Pair<Client>,
  usage: Pair<Side["usage"]>,
): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  for (const [index, { name, query, statements }] of screens.entries()) {
    const [asked, floorAsked] = [{ query }, { screen: index }];
    deepStrictEqual(
      figuresOf(await clients.floor.post(floorAsked)),
      figuresOf(await clients.hub.post(asked)),
      `${name}: hub and floor answer different figures`,
    );
    const side = (client: Client, used: Side["usage"], body: object): Side => ({
      usage: used,
      request: async () => void (await client.post(body)),
    });
    const [hub, floor] = [side(clients.hub, usage.hub, asked), side(clients.floor, usage.floor, floorAsked)];
    await compare(hub, floor, WARM_UP);
    results.push({ name, statements: statements.length, ...(await compare(hub, floor, PLAN)) });
  }
  return results;
}

/** What an answer says besides its cost. */
function figuresOf(answer: string): unknown {
  const { data, errors } = JSON.parse(answer) as { data?: unknown; errors?: unknown };
  return { data, errors };
}
