import { type GraphQLObjectType, type GraphQLResolveInfo } from "graphql";
import { ANSWER_LIMITS, type AnswerLimits } from "../../src/domain/ground/limits.js";
import { Meter } from "../../src/graphql/engine/meter.js";
import { ThreadTime } from "../../src/graphql/engine/thread-time.js";
import { noon, TODAY } from "../desk.js";
import { type Answer, type Client, type Running, serve } from "../graphql/server.js";
import { furnish } from "../hub-at.js";
import { request } from "../http-client.js";
import { askedBy } from "../../src/storage/database/request-database.js";

/** Read by the meter when it counts, so that each test sets its own. */
const limits: AnswerLimits = { ...ANSWER_LIMITS };
const METRICS_TOKEN = "the secret of a monitor, long enough";

let running: Running;
let steward: Client;
beforeAll(async () => {
  running = await serve("none", { answer: limits, settings: { TONGHOP_METRICS_TOKEN: METRICS_TOKEN } });
  await furnish(running.desk, 12);
  steward = await running.as("STEWARD", "P");
});
afterAll(() => running.close());
beforeEach(() => void Object.assign(limits, ANSWER_LIMITS));

/** Expects that nothing is told but that the answer was ended, and why. */
function expectEnded({ status, errors, ...rest }: Answer, sentence: RegExp, extensions: object = {}): void {
  expect([status, rest, errors?.length]).toEqual([400, {}, 1]);
  expect(errors![0]).toEqual({
    message: expect.stringMatching(sentence) as unknown,
    extensions: { code: "QUERY_TOO_LARGE", ...extensions },
  });
}

const many = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(" ");

describe("a query past a limit tells nothing but that", () => {
  const queries: [string, Partial<AnswerLimits>, string, RegExp][] = [
    ["entries of a list", { objects: 12 }, "{ units { nodes { __typename } } }", /more than 12 objects/],
    ["objects", { objects: 40 }, "{ units { nodes { parent { code } } } }", /more than 40 objects/],
    ["texts", { bytes: 300 }, "{ units { nodes { name } } }", /longer than 300 bytes/],
    ["names of types", { bytes: 900 }, `{ units { nodes { ${many(20, (i) => `a${i}: __typename`)} } } }`, /longer than 900 bytes/],
    ["keys without values", { bytes: 900 }, `{ units { nodes { ${many(20, (i) => `a${i}: endedOn`)} } } }`, /longer than 900 bytes/],
    ["the schema", { bytes: 1_000 }, "{ __schema { types { name description } } }", /longer than 1000 bytes/],
    [
      "errors",
      { objects: 300 },
      `{ units { nodes { ${many(5, (i) => `a${i}: rollup(schoolYear: "1990-1991") { members { value } }`)} } } }`,
      /more than 300 objects/,
    ],
    ["time of the processor", { queryMs: 0 }, "{ units { nodes { code } } }", /took 0 seconds/],
  ];
  test.each(queries)("%s", async (_, low, query, sentence) => {
    const whole = await steward.ask(query);
    expect(whole.status).toBe(200);
    Object.assign(limits, low);
    const ended = await steward.ask(query);
    expectEnded(ended, sentence);
    expect(ended.extensions!.cost.requested).toBeGreaterThanOrEqual(whole.extensions!.cost.requested);
  });
});

test("what a caller asks who wants plain JSON is ended alike, with the status of well-formed requests; figures tell it", async () => {
  limits.objects = 12;
  const response = await request(running.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${steward.token}` },
    body: JSON.stringify({ query: "{ units { nodes { code } } }" }),
  });
  const { errors, ...rest } = (await response.json()) as Answer;
  expect([response.status, errors?.length, Object.keys(rest)]).toEqual([200, 1, ["extensions"]]);
  const figures = await request(`${running.origin}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  expect(await figures.text()).toMatch(/tonghop_operations_total\{type="query",operation="units",code="QUERY_TOO_LARGE"\} [1-9]/);
});

test("long operations take turns, and each gives its turn back, also one that was ended", async () => {
  const dear = `{ units(first: 500) { nodes { a: rollup(schoolYear: "2024-2025") { indicators { value coverage { rate } statuses { yes } } } } } }`;
  const answers = await Promise.all(Array.from({ length: 3 }, () => steward.ask(dear)));
  limits.objects = 12;
  for (let ended = 0; ended < 3; ended++) answers.push(await steward.ask(dear));
  Object.assign(limits, ANSWER_LIMITS);
  answers.push(await steward.ask(dear));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 400, 200]);
  expect(answers[0]!.extensions!.cost.requested).toBeGreaterThan(30_000);
});

test("the long operations of one caller do not keep another's from its turn", async () => {
  const limit = { until: Infinity, signal: new AbortController().signal };
  const began: string[] = [];
  const leaving: (() => void)[] = [];
  const turnOf = async (tokenId: string) => {
    const { longTurn } = running.hub.context(
      { tokenId, name: "", role: "ANALYST", unitId: null },
      { decided: () => {} },
      limit,
      new Meter(),
    );
    leaving.push(await longTurn());
    began.push(tokenId);
  };
  const all = ["a", "a", "a", "a", "a", "b", "b", "c"].map(turnOf);
  while (leaving.length > 0 || began.length < all.length) {
    await new Promise(setImmediate);
    leaving.shift()?.();
  }
  await Promise.all(all);
  expect(began.join("")).toBe("aaabcaba");
});

test("a list that is too long by itself is not gone through", async () => {
  limits.objects = 12;
  const heard = await running.statements(() =>
    steward.ask("{ units { nodes { parent { code } placements(first: 2) { nodes { from } } } } }"),
  );
  Object.assign(limits, ANSWER_LIMITS);
  const all = await running.statements(() =>
    steward.ask("{ units { nodes { parent { code } placements(first: 2) { nodes { from } } } } }"),
  );
  expect(heard.length).toBeLessThan(all.length);
});

test("past the limits a field fails by a promise, not by throwing: graphql-js would leave others' promises to nobody, which ends the process", async () => {
  const school = running.hub.schema.getType("School") as GraphQLObjectType;
  const meter = new Meter({ ...ANSWER_LIMITS, objects: 0 });
  meter.count(1, 0);
  const told = school.getFields()["code"]!.resolve!({ code: "S1" }, {}, { meter }, { path: { key: "code" } } as GraphQLResolveInfo);
  await expect(told).rejects.toMatchObject({ extensions: { code: "QUERY_TOO_LARGE" } });
});

test("time of the thread is that of the operation that was heard of last", () => {
  const [one, other] = [new ThreadTime(), new ThreadTime()];
  const until = (time: ThreadTime, ms: number) => {
    time.work();
    while (time.used() < ms);
  };
  until(one, 2);
  other.work();
  const before = one.used();
  until(other, 3);
  expect([one.used() - before, other.used() >= 3]).toEqual([0, true]);
});

describe("a mutation", () => {
  const conference = (unit: string, key: string, selection: string) =>
    `recordConference(input: { unit: "${unit}", idempotencyKey: "${key}", schoolYear: "2024-2025", heldOn: "2024-09-25", workers: 30, convened: 30, present: 28, votesFor: 27, pactSigned: true }) { ${selection} }`;
  const large = `outcome record { unit { parent { children { nodes { parent { name } } } } } }`;
  const recordsOf = async (unit: string) =>
    (await steward.data(`{ unit(code: "${unit}") { records { nodes { version } } } }`)).unit.records.nodes as { version: number }[];

  test("that uses too much before it is stored stores nothing, and says so", async () => {
    const before = await running.dump();
    limits.changeMs = 0;
    expectEnded(await steward.ask(`mutation { ${conference("S1", "k1", "outcome")} }`), /took 0 seconds.* Nothing was stored\.$/);
    expect(await running.dump()).toEqual(before);
  });

  test("is measured once more when its work is done: what used too much by then is undone", async () => {
    const meter = new Meter(limits);
    meter.change();
    const asked = askedBy(running.hub.database, {}, { until: Infinity, signal: new AbortController().signal, meter });
    const before = await running.dump();
    const work = asked.write(async ({ idempotency }) => {
      await idempotency.insert("k", { digest: "d", answer: "a" }, noon(TODAY));
      limits.changeMs = 0;
    });
    await expect(work).rejects.toMatchObject({ extensions: { code: "QUERY_TOO_LARGE" } });
    expect(await running.dump()).toEqual(before);
  });

  test("whose answer is too large tells that it is stored; its key with a smaller selection answers it, and nothing is done twice", async () => {
    limits.objects = 20;
    const stored = /more than 20 objects.*is stored.*same idempotencyKey/;
    expectEnded(await steward.ask(`mutation { ${conference("S2", "k2", large)} }`), stored, { stored: true });
    const again = await steward.data(`mutation { ${conference("S2", "k2", "outcome replayed record { version }")} }`);
    expect(again.recordConference).toEqual({ outcome: "STORED", replayed: true, record: { version: 1 } });
    Object.assign(limits, ANSWER_LIMITS);
    expect(await recordsOf("S2")).toEqual([{ version: 1 }]);
  });

  test("behind one whose answer was too large is not begun", async () => {
    limits.objects = 20;
    const both = `mutation { a: ${conference("S3", "k3", large)} b: ${conference("S4", "k4", "outcome")} }`;
    expectEnded(await steward.ask(both), /is stored/, { stored: true });
    Object.assign(limits, ANSWER_LIMITS);
    expect([await recordsOf("S3"), await recordsOf("S4")]).toEqual([[{ version: 1 }], []]);
    const { a, b } = await steward.data(both);
    expect([a.outcome, b.outcome]).toEqual(["STORED", "STORED"]);
  });

  test("that was only tried, or refused, says that nothing was stored", async () => {
    limits.objects = 20;
    const dry = conference("S5", "k5", large).replace("input: {", "input: { dryRun: true,");
    expectEnded(await steward.ask(`mutation { ${dry} }`), /Nothing was stored\.$/);
    expect(await recordsOf("S5")).toEqual([]);
  });
});
