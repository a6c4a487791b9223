import { audit } from "../../src/ledger/audit.js";
import { type TestDatabase } from "../database.js";
import { type Point, type Servers, type Victim } from "./victim.js";

/** A mutation that is made again and again, each time another. */
export interface Scenario {
  /** Field and its input type, e.g. ["recordConference", "RecordConferenceInput"]. */
  mutation(turn: number): string;
  type(turn: number): string;
  input(turn: number): object | Promise<object>;
  /** What of the answer says that it was stored; `stored` of a batch of 20. */
  says: "outcome" | "stored";
  /** Whether the turn stands in the database. */
  stands(turn: number): Promise<boolean>;
}

/** What a sweep has seen. `after`: what was last heard before the server died. */
export interface Death {
  point: Point;
  at: string;
  acknowledged: boolean;
  stored: boolean;
  /** What is wrong; null: all or nothing, and the same change sent again answers right. */
  lost: string | null;
}

/** Which of the statements of a mutation to die before. */
export type Choose = (heard: readonly string[]) => number[];

export const everywhere: Choose = (heard) => heard.map((_, index) => index);

const isWrite = (sql: string) => /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i.test(sql);

/** Before BEGIN and COMMIT, and after each write. */
export const atWrites: Choose = (heard) =>
  everywhere(heard).filter((index) => /^(BEGIN|START TRANSACTION|COMMIT)/.test(heard[index]!) || (index > 0 && isWrite(heard[index - 1]!)));

const BETWEEN: Point[] = ["in commit", "after commit", "before the answer"];

/**
 * Kills a server at the points of a mutation, one after the other. The server that shows what has become of the last one
 * dies at the next.
 */
export async function sweep(
  servers: Servers,
  database: TestDatabase,
  token: string,
  { mutation, type, input, says, stands }: Scenario,
  choose: Choose,
): Promise<Death[]> {
  const send = async (victim: Victim, turn: number) =>
    victim.ask(token, `mutation ($input: ${type(turn)}!) { payload: ${mutation(turn)}(input: $input) { ${says} replayed } }`, {
      input: { ...(await input(turn)), idempotencyKey: `turn ${turn}` },
    });
  const isStored = (answer: any) => ["STORED", 20].includes(answer?.data?.payload[says]);

  let victim = await servers.start(database.options);
  await victim.arm(null);
  if (!isStored(await send(victim, 0))) throw new Error(`${mutation(0)} is refused`);
  const heard = await victim.heard();
  const deaths: Death[] = [];
  let turn = 0;
  for (const point of [...choose(heard), ...BETWEEN]) {
    turn++;
    const before = await database.dump();
    await victim.arm(point);
    const answer = await send(victim, turn);
    // Where a later turn takes fewer statements, it dies with its answer given.
    if (answer) victim.kill();
    await victim.ended;
    const between = await database.dump();
    victim = await servers.start(database.options);
    const again = await send(victim, turn);
    const replayed: unknown = again?.data?.payload.replayed;
    const after = await database.dump();
    const wrong = [
      !isStored(again) && `sent again it answers ${JSON.stringify(again)}`,
      !same(between, replayed ? after : before) && "neither all nor nothing was stored",
      answer && !replayed && "an acknowledged change is gone",
      !(await stands(turn)) && "it does not stand",
      (await audit(database)).differences.length > 0 && "the ledger is wrong",
    ];
    const found = wrong.filter(Boolean).join("; ");
    const at = typeof point === "number" ? heard[point]!.trim().slice(0, 60) : point;
    deaths.push({ point, at, acknowledged: answer !== null, stored: replayed === true, lost: found || null });
  }
  victim.kill();
  await victim.ended;
  return deaths;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
