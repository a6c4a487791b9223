import { type ReadyTokens, readyTokens } from "../../src/access/ready-tokens.js";
import { examples } from "../../src/http/graphiql/examples.js";
import { type Hub } from "../../src/hub.js";
import { type Answer, type Running, serve } from "../graphql/server.js";

let running: Running;
let hub: Hub;
let tokens: ReadyTokens;
beforeAll(async () => {
  running = await serve("demo", { clock: () => new Date() });
  ({ hub } = running);
  tokens = (await readyTokens(hub.access, hub.database, hub.clock()))!;
}, 600_000);
afterAll(() => running.close());

const ask = (token: string, query: string, variables?: object): Promise<Answer> =>
  running.send(token, JSON.stringify({ query, variables }));

const RATES = `{
  city: unit(code: "CB-TP") { rollup(schoolYear: "2023-2024") { staffConferenceCompletion { numerator denominator } } }
  province: unit(code: "CB") { rollup(schoolYear: "2023-2024") { staffConferenceCompletion { numerator denominator } } }
}`;
type Rates = Record<"city" | "province", { rollup: { staffConferenceCompletion: { numerator: number; denominator: number } } }>;
const rates = async () => {
  const { city, province } = (await ask(tokens.analyst, RATES)).data as Rates;
  return [city.rollup.staffConferenceCompletion, province.rollup.staffConferenceCompletion];
};

test("a conference recorded by a district app has moved the city and the province when the answer is there", async () => {
  const [cityBefore, provinceBefore] = await rates();
  const conference = examples.find(({ name }) => name === "RecordConference")!;
  const answer = await ask(tokens.districtApp, conference.document, conference.variables);
  expect(answer).toMatchObject({ status: 200, data: { recordConference: { outcome: "STORED", userErrors: [] } } });
  const [cityAfter, provinceAfter] = await rates();
  expect(cityAfter).toEqual({ ...cityBefore!, numerator: cityBefore!.numerator + 1 });
  expect(provinceAfter).toEqual({ ...provinceBefore!, numerator: provinceBefore!.numerator + 1 });
});

test.each(examples)("the ready tab $name runs as it is", async ({ as, document, variables }) => {
  const { status, data, errors } = await ask(tokens[as], document, variables);
  expect([status, errors]).toEqual([200, undefined]);
  expect(JSON.stringify(data)).not.toMatch(/"userErrors":\[\{|:null\}$/);
});

test("the tabs show something: a province with its districts, schools to ask, three years", async () => {
  const show = async (name: string) => {
    const { as, document, variables } = examples.find((example) => example.name === name)!;
    return JSON.stringify((await ask(tokens[as], document, variables)).data);
  };
  expect((await show("ProvinceScreen")).match(/"code":"CB-/g)!.length).toBeGreaterThan(8);
  expect(await show("Worklist")).toMatch(/"totalCount":[1-9].*"status":"NO_REPORT"/);
  expect((await show("Trend")).match(/"label":"20/g)).toHaveLength(3);
});

test("an analyst may not write, and is told so as data", async () => {
  const conference = examples.find(({ name }) => name === "RecordConference")!;
  const answer = await ask(tokens.analyst, conference.document, conference.variables);
  expect(answer.data).toMatchObject({ recordConference: { outcome: "REJECTED", userErrors: [{ code: "FORBIDDEN" }] } });
});

test("a unit outside the branch is not found, like one that does not exist", async () => {
  const outside = await ask(tokens.districtApp, '{ unit(code: "CB") { name } }');
  const nowhere = await ask(tokens.districtApp, '{ unit(code: "XX") { name } }');
  expect(JSON.stringify(outside).replaceAll("CB", "XX")).toBe(JSON.stringify(nowhere));
});

test.each<[string, string, object | undefined, number, string]>([
  ["an unknown field", '{ unit(code: "CB") { nam } }', undefined, 400, "GRAPHQL_VALIDATION_FAILED"],
  ["a literal of the wrong type", "{ unit(code: 5) { name } }", undefined, 400, "GRAPHQL_VALIDATION_FAILED"],
  ["a variable of the wrong type", "query ($code: String) { unit(code: $code) { name } }", { code: { a: 1 } }, 400, "BAD_USER_INPUT"],
  [
    "an unknown school year",
    '{ unit(code: "CB") { rollup(schoolYear: "2019-2020") { schoolYear { label } } } }',
    undefined,
    200,
    "SCHOOL_YEAR_NOT_FOUND",
  ],
  ["no unit named", "{ unit { name } }", undefined, 200, "BAD_USER_INPUT"],
  ["two units named", '{ unit(code: "CB", id: "x") { name } }', undefined, 200, "BAD_USER_INPUT"],
  ["a negative page", '{ unit(code: "CB") { children(first: -1) { nodes { code } } } }', undefined, 200, "BAD_USER_INPUT"],
  [
    "a cursor of somebody's own",
    '{ unit(code: "CB") { children(first: 1, after: "x") { nodes { code } } } }',
    undefined,
    200,
    "BAD_USER_INPUT",
  ],
])("%s is answered with a code and a sentence, never with a stack", async (_, query, variables, status, code) => {
  const answer = await ask(tokens.analyst, query, variables);
  expect([answer.status, answer.errors?.[0]?.extensions]).toEqual([status, { code }]);
  expect(JSON.stringify(answer)).not.toMatch(/\.[jt]s:\d|node_modules|SELECT/);
});

test("a revoked token is refused at the next request", async () => {
  const unitId = (await hub.database.read((stores) => stores.unitReader.idsByCode(["CB"]))).get("CB")!;
  const { id, token } = await hub.access.issue({ name: "for a moment", role: "ANALYST", unitId, days: null });
  expect((await ask(token, "{ me { name } }")).data).toEqual({ me: { name: "for a moment" } });
  await hub.access.revoke(id);
  expect((await ask(token, "{ me { name } }")).status).toBe(401);
});

test("a second start of the demonstration hands out the same tokens and adds none", async () => {
  const before = await hub.access.list();
  expect(await readyTokens(hub.access, hub.database, hub.clock())).toEqual(tokens);
  expect(await hub.access.list()).toEqual(before);
});

test("lists inside lists that nobody can read are refused before anything runs, with literals, variables, aliases and fragments alike", async () => {
  const up = (times: number, first: string) =>
    `{ unit(code: "CB-TP") { ${`children(first: ${first}) { nodes { parent { `.repeat(times)} name ${"} } }".repeat(times)} } }`;
  const inside = "children(first: 500) { nodes { children(first: 500) { nodes { name } } } }";
  for (const [query, variables] of [
    [up(5, "500"), {}],
    [`query ($n: Int) ${up(5, "$n")}`, { n: 500 }],
    [`{ unit(code: "CB") { ${["a", "b", "c"].map((alias) => `${alias}: ${inside}`).join(" ")} } }`, {}],
    [
      `{ unit(code: "CB") { ...F } } fragment F on Unit { children(first: 500) { nodes { ... on Unit { ...G } } } } fragment G on Unit { ${inside} }`,
      {},
    ],
  ] as const) {
    const { status, errors } = await ask(tokens.analyst, query, variables);
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, "QUERY_TOO_LARGE"]);
  }
  expect((await ask(tokens.analyst, up(2, "50"))).errors).toBeUndefined();
  expect(
    (await ask(tokens.analyst, `{ unit(code: "CB") { children(first: 50) { nodes { children(first: 500) { nodes { name } } } } } }`))
      .errors,
  ).toBeUndefined();
});
