import { buildSchema } from "graphql";
import { Deadline } from "../../src/storage/database/deadline.js";
import { Turns } from "../../src/storage/database/turns.js";
import { type Server } from "../../src/http/edge/server.js";
import { request } from "../http-client.js";
import { until } from "../until.js";
import { type Answer, faultyHub, GOOD, openFaultyServer } from "./faulty-hub.js";

const schema = buildSchema(`
  type Query { page(first: Int): Page }
  type Page { nodes: [Page!]!  page(first: Int, named: String): Page }`);
for (const type of [schema.getQueryType()!, schema.getType("Page") as ReturnType<typeof schema.getQueryType>])
  type!.getFields()["page"]!.resolve = () => ({ nodes: [] });

/** An operation so dear that it takes turns; `inside`: further arguments. */
const long = (inside = "") => `{ page(first: 300) { nodes { page(first: 300${inside}) { nodes { __typename } } } } }`;

let turns: Turns;
/** Whose operations come. */
let owner: string;
let limit: { until: number; signal: AbortSignal };
let server: Server;
beforeAll(async () => {
  const context: typeof faultyHub.context = (...args) => ({
    ...faultyHub.context(...args),
    longTurn: () => turns.enter(new Deadline(limit), owner),
  });
  server = await openFaultyServer(false, {}, { ...faultyHub, schema, context });
});
afterAll(() => server.close());
beforeEach(() => {
  turns = new Turns(1, { waiting: 3, waitingOfOwner: 2, waitMs: 2_000 });
  owner = "A";
  limit = { until: Infinity, signal: new AbortController().signal };
});

async function ask(query: string) {
  const answer = await request(`http://127.0.0.1:${server.port}/graphql`, {
    ...{ method: "POST", headers: GOOD },
    body: JSON.stringify({ query }),
  });
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), ...((await answer.json()) as Answer) };
}

test("a long operation takes a turn and gives it back", async () => {
  const leave = await turns.enter();
  const asked = ask(long());
  await until("it waits", () => turns.waiting === 1);
  leave();
  expect(await asked).toMatchObject({ status: 200, data: { page: { nodes: [] } } });
  expect(turns.running).toBe(0);
});

test("one that is refused for another reason while it waits for its turn keeps none", async () => {
  const leave = await turns.enter();
  expect(await ask(long(', named: "\\u202e"'))).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  leave();
  (await turns.enter())();
  expect([turns.running, turns.waiting]).toEqual([0, 0]);
});

test("one whose time is over before its turn comes may be sent again, as one for which too many wait: 503 with Retry-After", async () => {
  const over = new AbortController();
  limit = { until: Infinity, signal: over.signal };
  const leave = await turns.enter();
  const waiting = [ask(long()), ask(long())];
  await until("both wait", () => turns.waiting === 2);
  expect(await ask(long())).toMatchObject({ status: 503, retryAfter: "2", errors: [{ extensions: { code: "OVERLOADED" } }] });
  over.abort();
  for (const answer of await Promise.all(waiting))
    expect(answer).toMatchObject({ status: 503, retryAfter: "2", errors: [{ extensions: { code: "DEADLINE_EXCEEDED" } }] });
  leave();
  expect(turns.running).toBe(0);
});

test("of one caller few wait, and of all together not without end: 503 with Retry-After, and those that wait have their turns", async () => {
  const leave = await turns.enter();
  const refused = { status: 503, retryAfter: "2", errors: [{ extensions: { code: "OVERLOADED" } }] };
  const waiting = [ask(long()), ask(long())];
  await until("A waits twice", () => turns.waiting === 2);
  expect(await ask(long())).toMatchObject(refused);
  owner = "B";
  waiting.push(ask(long()));
  await until("B waits, too", () => turns.waiting === 3);
  for (owner of ["B", "C"]) expect(await ask(long())).toMatchObject(refused);
  leave();
  for (const answer of await Promise.all(waiting)) expect(answer).toMatchObject({ status: 200 });
  expect([turns.running, turns.waiting]).toEqual([0, 0]);
});
