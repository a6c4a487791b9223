import { getIntrospectionQuery } from "graphql";
import { screens } from "../bench/screens.js";
import { draft, noon, schoolYear, TODAY } from "../desk.js";
import { type Answer, type Client, type Running, serve } from "../graphql/server.js";
import { request } from "../http-client.js";
import { examples } from "../../src/http/graphiql/examples.js";

let running: Running;
let analyst: Client;
beforeAll(async () => {
  running = await serve("none");
  await running.desk.register(draft.province("P"), draft.district("D", "P"));
  analyst = await running.as("ANALYST", "P");
});
afterAll(() => running.close());

const told = ({ status, errors, extensions }: Answer) => [status, errors?.[0]?.extensions.code, extensions !== undefined];

/** Asks, and expects a refusal that names the limit and has run no statement but the check of the token. */
async function expectRefused(client: Client, query: string, sentence: RegExp, variables?: object): Promise<void> {
  let answer: Answer | undefined;
  const heard = await running.statements(async () => (answer = await client.ask(query, variables)));
  expect(told(answer!)).toEqual([400, "QUERY_TOO_LARGE", true]);
  expect(answer!.errors![0]!.message).toMatch(sentence);
  expect(heard.length).toBe(1);
}

const many = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(" ");
const unit = (inside: string) => `{ unit(code: "P") { ${inside} } }`;
const nested = (count: number, inside: string) => `${`${inside} { `.repeat(count)} name ${"} ".repeat(count)}`;

test.each<[string, string, RegExp]>([
  ["10,000 levels", unit(nested(10_000, "parent")), /60 brackets/],
  ["10,000 levels that are not closed", `{ ${"a { ".repeat(10_000)}`, /60 brackets/],
  ["a deep list as an argument", `{ units(filter: ${"[".repeat(10_000)}) { totalCount } }`, /60 brackets/],
  ["a deep type of a variable", `query ($a: ${"[".repeat(10_000)}Int) { me { name } }`, /60 brackets/],
  ["50 levels of fields", unit(nested(50, "parent")), /40 fields inside each other/],
  [
    "fields nested through fragments",
    `{ unit(code: "P") { ...f0 } } ${many(9, (i) => `fragment f${i} on Unit { ${`parent { `.repeat(5)} ...f${i + 1} ${"} ".repeat(5)} }`)} fragment f9 on Unit { name }`,
    /fields inside each other/,
  ],
  [
    "as many levels through fragments as the other limits let pass",
    `{ unit(code: "P") { ...f0 } } ${many(49, (i) => `fragment f${i} on Unit { ${`parent { `.repeat(36)} ...f${(i + 1) % 50} ${"} ".repeat(36)} }`)} fragment f49 on Unit { name }`,
    /fields inside each other/,
  ],
  ["10,000 lines", `${"\n".repeat(10_000)}{ me { name } }`, /6000 lines/],
  ["300,000 characters", `{ me { name } } # ${"x".repeat(300_000)}`, /200000 characters/],
  ["10,000 aliases", unit(many(10_000, (i) => `a${i}: name`)), /300 aliases/],
  ["10,000 times the same field", unit(many(10_000, () => "name")), /6000 tokens/],
  ["10,000 directives", unit(`name ${many(10_000, () => "@include(if: true)")}`), /100 directives/],
  ["directives that there are not", unit(`name ${"@a".repeat(10_000)}`), /100 directives/],
  ["1,000 fragments", `{ me { name } } ${many(1_000, (i) => `fragment f${i} on Unit { name }`)}`, /50 fragments/],
  ["1,000 spreads", unit(many(1_000, () => "...f")), /500 fragment spreads/],
  [
    "fragments that double",
    `{ ...f0 } ${many(40, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f40 on Query { me { name } }`,
    /points/,
  ],
  [
    "pages inside pages",
    unit("children(first: 500) { nodes { ".repeat(3) + "name" + " } }".repeat(3)),
    /costs \d+ points; expected at most 800000\. Ask for smaller pages/,
  ],
  [
    "today's tree of everything",
    `{ units(first: 500) { nodes { children(first: 500) { nodes { rollup(schoolYear: "2024-2025", tree: TODAY) { members { value } } } } } } }`,
    /points/,
  ],
])("%s: refused before anything runs", (_, query, sentence) => expectRefused(analyst, query, sentence));

test("a document in the address is limited as a whole, also after a second question mark", async () => {
  const document = encodeURIComponent(`\n{ ${many(400, (i) => `a${i}: __typename`)} }`);
  const headers = { authorization: `Bearer ${analyst.token}`, "apollo-require-preflight": "1" };
  const answer = (await (await request(`${running.url}?query=%23?${document}`, { headers })).json()) as Answer;
  expect(answer.errors?.[0]?.extensions.code).toBe("QUERY_TOO_LARGE");
});

test("what to say of units that there are not is looked up once for a whole request", async () => {
  const unknown = (count: number) =>
    running.statements(() => analyst.ask(`{ ${many(count, (i) => `a${i}: unit(code: "Q-${i}") { name }`)} }`));
  expect((await unknown(200)).length).toBe((await unknown(1)).length);
});

test("requests of a thousand statements each are answered side by side", async () => {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Unit { a: records { totalCount } b: records { totalCount } } } }`;
  const { unit: one } = await analyst.data(unit("id"));
  const answers = await Promise.all([1, 2, 3].map(() => analyst.ask(query, { ids: Array<string>(500).fill(one.id) })));
  expect(answers.map(({ status, errors }) => [status, errors])).toEqual(Array(3).fill([200, undefined]));
});

test("errors of a document tell where in it they stand; errors of its fields tell their path", async () => {
  const failing = '{ unit(code: "P") { rollup(schoolYear: "1990-1991") { schoolYear { label } } } }';
  for (const time of ["first", "again"]) {
    const [error] = (await analyst.ask(failing)).errors!;
    expect([time, error!.path, "locations" in error!]).toEqual([time, ["unit", "rollup"], false]);
  }
  expect((await analyst.ask("{\n  nothing }")).errors).toMatchObject([{ locations: [{ line: 2, column: 3 }] }]);
});

test("a document that repeats a field too often to be checked is told so", async () => {
  const { errors } = await analyst.ask(`{ me { ${many(2_000, () => "name")} } }`);
  expect(errors!.map(({ message }) => message)).toEqual(["The document repeats fields too often to be checked; ask for each field once."]);
});

test("page lengths and ids in variables count as literals do", async () => {
  await expectRefused(
    analyst,
    `query ($n: Int!) ${unit("children(first: $n) { nodes { ".repeat(3) + "name" + " } }".repeat(3))}`,
    /points/,
    { n: 500 },
  );
  await expectRefused(
    analyst,
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Unit { children(first: 500) { nodes { name } } } } }`,
    /points/,
    { ids: Array<string>(500).fill("x") },
  );
});

test.each<[string, string, unknown, string]>([
  ["a cycle of fragments", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["a huge page", unit("children(first: 2147483647) { nodes { name } }"), undefined, "BAD_USER_INPUT"],
  ["a negative page", unit("children(first: -1) { nodes { name } }"), undefined, "BAD_USER_INPUT"],
  ["a text for a page", unit('children(first: "9") { nodes { name } }'), undefined, "GRAPHQL_VALIDATION_FAILED"],
  ["a missing variable", `query ($n: Int!) ${unit("children(first: $n) { nodes { name } }")}`, {}, "BAD_USER_INPUT"],
  ["a wrong variable", `query ($n: Int!) ${unit("children(first: $n) { nodes { name } }")}`, { n: { a: [] } }, "BAD_USER_INPUT"],
  ["no GraphQL", "{", undefined, "GRAPHQL_PARSE_FAILED"],
])("%s is answered by the limits with what is wrong with it, and its cost", async (_, query, variables, code) => {
  const answer = await analyst.ask(query, variables);
  expect([answer.errors![0]!.extensions.code, answer.extensions!.cost.requested > 0]).toEqual([code, true]);
});

test("what people ask passes, and every answer tells its cost and what is left", async () => {
  const documents: [string, unknown?][] = [
    ...examples.map(({ document, variables }): [string, unknown] => [document, variables]),
    ...screens.map(({ query }): [string] => [query]),
    [getIntrospectionQuery()],
    [getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true })],
  ];
  for (const [document, variables] of documents) {
    const { errors, extensions } = await analyst.ask(document, variables);
    expect(
      (errors ?? []).map((error) => error.extensions.code).filter((code) => ["QUERY_TOO_LARGE", "RATE_LIMITED"].includes(code)),
    ).toEqual([]);
    const { requested, remaining, capacity } = extensions!.cost;
    expect([requested > 50, requested < 60_000, remaining <= capacity]).toEqual([true, true, true]);
  }
});

test("of a batch that costs too much as many rows are told as fit, and limits told it before", async () => {
  const mutation = `mutation ($rows: [RecordRowInput!]!) {
    submitRecords(input: { rows: $rows, idempotencyKey: "k", dryRun: true }) { rejected rows { row outcome userErrors { code field message { en } } } }
  }`;
  const send = (rows: number) =>
    analyst.ask(mutation, { rows: Array<object>(rows).fill({ conference: { unit: "P", heldOn: "x".repeat(500) } }) });
  const refused = await send(5_000);
  expect(told(refused)).toEqual([400, "QUERY_TOO_LARGE", true]);
  const [, cost, most, rows] = /costs (\d+) points; expected at most (\d+)\. Send its rows in several requests, up to (\d+) in each/
    .exec(refused.errors![0]!.message)!
    .map(Number);
  expect([cost, most]).toEqual([refused.extensions!.cost.requested, 800_000]);
  const { limits } = await analyst.data("{ limits { points batches { mutation sureRows mostRows directivePoints } } }");
  const { sureRows, ...batch } = limits.batches.find((one: { mutation: string }) => one.mutation === "submitRecords");
  expect([limits.points, batch]).toEqual([most, { mutation: "submitRecords", mostRows: 5_000, directivePoints: 1_000 }]);
  expect([limits.batches.length, sureRows < rows!, rows! < 5_000]).toEqual([4, true, true]);
  const answer = await send(rows!);
  expect([told(answer), answer.data.submitRecords.rejected]).toEqual([[200, undefined, true], rows]);
  const { requested } = answer.extensions!.cost;
  expect([requested <= 800_000, requested > 795_000]).toEqual([true, true]);
});

/** Operations whose processor time is known. */
const taking = (ms: number) => ({ work() {}, add() {}, used: () => 0, whole: () => ms });

describe("a budget for each caller", () => {
  test("what an operation costs is reserved, and settled by the processor time that it took: the rest is given back, what it took beyond is owed", async () => {
    let ms = 0;
    const small = await serve("none", { budget: { capacity: 50_000, refillPerSecond: 0.001 }, timeOf: () => taking(ms) });
    try {
      const one = await small.as("ADMINISTRATOR");
      const ask = async (took: number) => {
        ms = took;
        const { status, extensions } = await one.ask("{ units(first: 500) { nodes { name } } }");
        return { status, ...extensions!.cost };
      };
      await ask(0);
      const [cheap, dear] = [await ask(1), await ask(600)];
      expect(dear.requested).toBe(cheap.requested);
      expect([cheap.spent < 200, cheap.spent < cheap.requested]).toEqual([true, true]);
      expect([dear.spent - cheap.spent, cheap.remaining - dear.remaining, dear.remaining < 0]).toEqual([59_900, dear.spent, true]);
      // What is refused takes no more than its body.
      expect(await ask(600)).toMatchObject({ status: 429, spent: 0 });
    } finally {
      await small.close();
    }
  });

  test("what looks through a branch is reserved by the size of the caller's branch, which is counted now and then", async () => {
    let now = noon(TODAY);
    const world = await serve("none", { clock: () => now });
    try {
      const codes = Array.from({ length: 300 }, (_, index) => `S${index}`);
      await world.desk.register(draft.province("P"), draft.district("D", "P"), draft.district("E", "P"));
      await world.desk.register(...codes.map((code) => draft.school(code, "D")));
      await world.desk.openYear(schoolYear(2024));
      const ranking = (code: string) =>
        `{ unit(code: "${code}") { ranking(level: SCHOOL, indicator: "members", schoolYear: "2024-2025") { ranked } } }`;
      const [large, small] = [await world.as("ANALYST", "P"), await world.as("ANALYST", "E")];
      const requested = async (client: Client, code: string) => (await client.ask(ranking(code))).extensions!.cost.requested;
      const [ofLarge, ofSmall] = [await requested(large, "P"), await requested(small, "E")];
      expect(ofLarge - ofSmall).toBeGreaterThan(300);
      await world.desk.register(...codes.map((code) => draft.school(`E${code}`, "E")));
      expect(await requested(small, "E")).toBe(ofSmall);
      now = new Date(now.getTime() + 11 * 60_000);
      expect(await requested(small, "E")).toBeGreaterThan(ofSmall + 300);
    } finally {
      await world.close();
    }
  });

  test("what is spent is gone; then 429 with the time to wait, no statement, and nobody else is held up; wrong documents spend, too", async () => {
    const small = await serve("none", { budget: { capacity: 5_000, refillPerSecond: 0.001 }, timeOf: () => taking(20) });
    try {
      const [one, other] = [await small.as("ADMINISTRATOR"), await small.as("ADMINISTRATOR")];
      const query = "{ units(first: 500) { nodes { name } } }";
      const first = (await one.ask(query)).extensions!.cost;
      expect(first).toMatchObject({ capacity: 5_000, refillPerSecond: 0.001 });
      expect(Math.abs(5_000 - first.spent - first.remaining)).toBeLessThan(2);
      const second = (await one.ask(query)).extensions!.cost;
      expect(Math.abs(first.remaining - second.spent - second.remaining)).toBeLessThan(2);
      // The document is known now, and is not paid for again.
      expect(first.spent - second.spent).toBe(Math.ceil(query.length / 10));
      let refused: Answer | undefined;
      const heard = await small.statements(async () => (refused = await one.ask(query)));
      expect([told(refused!), heard.length]).toEqual([[429, "RATE_LIMITED", true], 1]);
      expect(refused!.errors![0]!.message).toMatch(/try again in \d{7} seconds/);
      // What costs little still passes, until that is spent, too.
      expect((await one.ask("{ me { name } }")).status).toBe(200);
      let asked = 0;
      for (let last: Answer | undefined; last?.status !== 429; asked++) {
        last = await one.ask(asked % 2 === 0 ? `{ wrong${asked} }` : "{");
        expect(asked).toBeLessThan(100);
      }
      expect(told(await one.ask("{ me { name } }"))).toEqual([429, "RATE_LIMITED", true]);
      expect((await other.ask(query)).status).toBe(200);
    } finally {
      await small.close();
    }
  });

  test("who waits as long as Retry-After says passes, however large the body is and however it is sent", async () => {
    let now = 0;
    const small = await serve("none", {
      budget: { capacity: 900_000, refillPerSecond: 1_000 },
      budgetClock: () => now,
      timeOf: () => taking(4_000),
    });
    try {
      const { token } = await small.as("ADMINISTRATOR");
      const query = "{ units(first: 500) { nodes { children(first: 200) { nodes { name } } } } }";
      // Blanks that weigh as much as a batch.
      const body = JSON.stringify({ query }) + " ".repeat(1_000_000);
      const ask = async (length: Record<string, string>) => {
        const headers = { "content-type": "application/json", authorization: `Bearer ${token}`, ...length };
        const { status, headers: heard } = await request(small.url, { method: "POST", headers, body });
        return { status, wait: Number(heard.get("retry-after")) };
      };
      for (const length of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
        let refused = await ask(length);
        for (let asked = 0; refused.status === 200; asked++) {
          expect(asked).toBeLessThan(4);
          refused = await ask(length);
        }
        expect(refused.status).toBe(429);
        now += refused.wait * 1_000;
        expect(await ask(length)).toEqual({ status: 200, wait: 0 });
      }
    } finally {
      await small.close();
    }
  });
});
