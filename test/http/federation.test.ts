import { readFileSync } from "node:fs";
import { composeServices } from "@apollo/composition";
import { ApolloGateway, IntrospectAndCompose, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginInlineTraceDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { buildSchema, lexicographicSortSchema, parse, printSchema } from "graphql";
import { examples } from "../../src/http/graphiql/examples.js";
import { type Client, type Running, serve } from "../graphql/server.js";

/** Two tiny subgraphs beside the hub: telephone numbers of any unit, by code; meals of schools, by id, and mottos of years. */
const CONTACTS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])
  type Unit @interfaceObject @key(fields: "code") { code: String!  telephone: String! }
  type Query { contacts: [Unit]! }
`;
const MEALS = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type School @key(fields: "id") { id: ID!  meals: String! }
  type SchoolYear @key(fields: "label") { label: String!  motto: String! }
  type Query { yearsOfMeals: [SchoolYear]! }
`;

let running: Running;
let province: Client;
let city: Client;
let gateway: ApolloServer;
let neighbours: { server: ApolloServer; url: string }[];
let composed: ReturnType<typeof composeServices>;

const SDL = "{ _service { sdl } }";

beforeAll(async () => {
  running = await serve("demo", { settings: { FEDERATION: "on" } });
  [province, city] = [await running.as("ANALYST", "CB"), await running.as("RECORDER", "CB-TP")];
  neighbours = await Promise.all([
    neighbour(CONTACTS, {
      Query: { contacts: () => ["CB-TP", "CB", "XX"].map((code) => ({ code })) },
      Unit: { telephone: ({ code }: { code: string }) => `tel of ${code}` },
    }),
    neighbour(MEALS, {
      Query: { yearsOfMeals: () => ["2023-2024", "1990-1991"].map((label) => ({ label })) },
      School: { meals: ({ id }: { id: string }) => `meals of ${id}` },
      SchoolYear: { motto: ({ label }: { label: string }) => `motto of ${label}` },
    }),
  ]);
  const { _service } = await province.data(SDL);
  composed = composeServices([
    { name: "hub", url: running.url, typeDefs: parse(_service.sdl) },
    { name: "contacts", url: neighbours[0]!.url, typeDefs: parse(CONTACTS) },
    { name: "meals", url: neighbours[1]!.url, typeDefs: parse(MEALS) },
  ]);
  gateway = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl: composed.supergraphSdl!,
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
      buildService: ({ url }) =>
        new RemoteGraphQLDataSource({
          url: url!,
          willSendRequest: ({ request, context }) => request.http?.headers.set("authorization", String(context["authorization"])),
        }),
    }),
    stopOnTerminationSignals: false,
  });
  await gateway.start();
}, 600_000);
afterAll(async () => {
  await gateway.stop();
  for (const { server } of neighbours) await server.stop();
  await running.close();
});

async function neighbour(sdl: string, resolvers: any) {
  const server = new ApolloServer({
    schema: buildSubgraphSchema({ typeDefs: parse(sdl), resolvers }),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
  return { server, url };
}

/** The answer of the gateway to a client of the hub. */
async function through(client: Client, query: string, variables: Record<string, unknown> = {}): Promise<{ data?: any; errors?: any }> {
  const { body } = await gateway.executeOperation(
    { query, variables },
    { contextValue: { authorization: `Bearer ${client.token}` } as never },
  );
  if (body.kind !== "single") throw new Error("the answer comes in parts");
  return JSON.parse(JSON.stringify(body.singleResult)) as { data?: any; errors?: any };
}

test("the subgraph composes with others that add fields to units and school years", () => {
  expect(composed.errors).toBeUndefined();
  expect(composed.hints?.filter(({ definition }) => definition.level.value > 30).map(({ message }) => message) ?? []).toEqual([]);
});

test("a gateway that reads the schema by itself needs the headers that the README names, with any token", async () => {
  const [, name] = /`introspectionHeaders: \{ (\w+): "Bearer …" \}` of `IntrospectAndCompose`/.exec(readFileSync("README.md", "utf8"))!;
  const load = async (introspectionHeaders: Record<string, string>) => {
    const subgraphs = [{ name: "hub", url: running.url }];
    const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const reading = new ApolloGateway({ supergraphSdl: new IntrospectAndCompose({ subgraphs, introspectionHeaders, logger }), logger });
    try {
      return (await reading.load()).schema.getQueryType()!.getFields()["unit"] !== undefined;
    } finally {
      await reading.stop().catch(() => undefined);
    }
  };
  expect(await load({ [name!]: `Bearer ${city.token}` })).toBe(true);
  await expect(load({})).rejects.toThrow(/401/);
});

test("the subgraph's schema is the hub's own, to the last description, with keys beside", async () => {
  const { _service } = await province.data(SDL);
  const own = _service.sdl.replace(/^extend schema @link.*\n/, "").replace(/ @(key\(fields: "\w+"\)|shareable)/g, "");
  expect(`${printSchema(lexicographicSortSchema(buildSchema(own)))}\n` === readFileSync("schema/schema.graphql", "utf8")).toBe(true);
  for (const type of [
    "interface Unit",
    "type Confederation",
    "type ProvincialFederation",
    "type DistrictFederation",
    "type GrassrootsUnion",
    "type School",
  ])
    expect(_service.sdl).toMatch(new RegExp(`^${type}( implements [^{]+)? @key\\(fields: "id"\\) @key\\(fields: "code"\\) \\{$`, "m"));
  expect(_service.sdl).toMatch(/^type SchoolYear implements Node @key\(fields: "label"\) \{$/m);
});

test("through the gateway the queries of the README and the ready tabs answer what the hub answers", async () => {
  const queries = [...readFileSync("README.md", "utf8").matchAll(/```graphql\n(.*?)```/gs)].map(([, query]) => query!);
  expect(queries).toHaveLength(2);
  for (const query of queries) expect(await through(province, query)).toEqual({ data: await province.data(query) });
  for (const { as, document, variables } of examples) {
    const client = as === "analyst" ? province : city;
    const given = document.includes("mutation")
      ? { input: { ...(variables as any).input, dryRun: true } }
      : (variables as Record<string, unknown>);
    const [answer, data] = [await through(client, document, given), await client.data(document, given)];
    // What a dry run would record has another id each time.
    for (const { recordConference } of [answer.data, data]) if (recordConference) recordConference.record.id = "any";
    expect(answer).toEqual({ data });
  }
});

describe("entities", () => {
  test("other subgraphs' fields stand on the hub's units and school years, one by one and in lists", async () => {
    const { data, errors } = await through(
      province,
      `{ unit(code: "CB-TP") { name telephone children(first: 40) { nodes { __typename code telephone ... on School { id meals } } } }
         schoolYears { label motto } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.unit.telephone).toBe("tel of CB-TP");
    expect(data.unit.children.nodes.length).toBeGreaterThan(20);
    for (const { __typename, code, id, telephone, meals } of data.unit.children.nodes)
      expect([telephone, meals]).toEqual([`tel of ${code}`, __typename === "School" ? `meals of ${id}` : undefined]);
    expect(data.schoolYears.map(({ label, motto }: any) => motto === `motto of ${label}`)).toEqual(data.schoolYears.map(() => true));
  });

  test("what another subgraph names is looked up in the caller's branch; the rest is null", async () => {
    const QUERY = "{ contacts { telephone name __typename } yearsOfMeals { motto startsOn } }";
    const names = async (client: Client) => (await through(client, QUERY)).data.contacts.map((unit: any) => unit?.name ?? null);
    expect([await names(province), await names(city)]).toEqual([
      [expect.stringContaining("Cao Bằng"), expect.stringContaining("Cao Bằng"), null],
      [expect.stringContaining("Cao Bằng"), null, null],
    ]);
  });

  const ENTITIES = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Unit { code name } ... on SchoolYear { label } } }`;
  const found = async (client: Client, of: unknown[]) => (await client.data(ENTITIES, { of }))._entities;

  test("a unit is found by id or code, under its own type or as a Unit, in the order asked for; any other is null", async () => {
    const { unit } = await province.data('{ unit(code: "CB-TP") { id code name } }');
    const told = { __typename: "DistrictFederation", code: "CB-TP", name: unit.name };
    const of = [
      { __typename: "Unit", id: unit.id },
      { __typename: "DistrictFederation", id: unit.id.toUpperCase() },
      { __typename: "Unit", code: "CB-TP" },
      { __typename: "School", code: "CB-TP" },
      { __typename: "DistrictFederation", code: "XX" },
      { __typename: "Unit", id: "CB-TP" },
      { __typename: "SchoolYear", label: "2023-2024" },
      { __typename: "SchoolYear", label: "1990-1991" },
    ];
    const expected = [told, told, told, null, null, null, { __typename: "SchoolYear", label: "2023-2024" }, null];
    expect(await found(province, of)).toEqual(expected);
    expect(await found(city, of)).toEqual(expected);
  });

  test("a unit outside the caller's branch is null, like one that does not exist", async () => {
    const { unit } = await province.data('{ unit(code: "CB") { id } }');
    const of = [
      { __typename: "Unit", id: unit.id },
      { __typename: "ProvincialFederation", id: unit.id },
      { __typename: "Unit", code: "CB" },
      { __typename: "Unit", id: "00000000-0000-4000-8000-000000000000" },
    ];
    expect(await found(city, of)).toEqual([null, null, null, null]);
    expect((await found(province, of)).map((entity: any) => entity?.code)).toEqual(["CB", "CB", "CB", undefined]);
  });

  test("a representation that names no entity is refused with a sentence, and the others are answered", async () => {
    const good = { __typename: "SchoolYear", label: "2023-2024" };
    for (const bad of [
      {},
      "x",
      5,
      [],
      [good],
      { __typename: "Unit" },
      { __typename: "Unit", id: 5 },
      { __typename: "Caller", name: "x" },
      { __typename: "constructor", id: "x" },
      { __typename: { a: 1 }, id: "x" },
      { __typename: { toString: 1 }, id: "x" },
      { id: "x".repeat(100_000) },
    ]) {
      const { data, errors } = await province.ask(ENTITIES, { of: [bad, good] });
      expect([data._entities, errors?.map(({ path, extensions }) => [path, extensions.code])]).toEqual([
        [null, { __typename: "SchoolYear", label: "2023-2024" }],
        [[["_entities", 0], "BAD_USER_INPUT"]],
      ]);
      expect(errors![0]!.message).toMatch(/is no entity of the hub; expected __typename "SchoolYear" with its label, or "Unit"/);
    }
  });

  test("every representation is counted in the cost", async () => {
    const of = Array<unknown>(500).fill({ __typename: "Unit", code: "CB" });
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Unit { children(first: 500) { nodes { name } } } } }`;
    const { errors } = await province.ask(query, { of });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["QUERY_TOO_LARGE"]);
  });

  test("5,000 representations are answered, one more is refused as a whole", async () => {
    const of = (count: number) => Array<unknown>(count).fill({ __typename: "SchoolYear", label: "1990-1991" });
    expect(await found(city, of(5_000))).toEqual(Array(5_000).fill(null));
    const { data, errors } = await city.ask(ENTITIES, { of: of(5_001) });
    expect([data, errors![0]!.extensions.code]).toEqual([null, "BAD_USER_INPUT"]);
    expect(errors![0]!.message).toBe("representations has 5001 entries; expected at most 5,000.");
  });

  test("a page of entities takes as many statements as one", async () => {
    const { units } = await province.data("{ units(first: 200) { nodes { id code } } }");
    const statements = async (of: unknown[]) => (await running.statements(() => found(province, of))).length;
    const one = await statements([{ __typename: "Unit", id: units.nodes[0].id }]);
    expect(units.nodes).toHaveLength(200);
    expect(await statements(units.nodes.map(({ id }: any) => ({ __typename: "Unit", id })))).toBe(one);
  });
});
