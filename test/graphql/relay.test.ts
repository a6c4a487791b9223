import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { report } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

let running: Running;
let administrator: Client;
let schema: GraphQLSchema;
let objects: GraphQLObjectType[];
beforeAll(async () => {
  running = await serve("demo");
  // The demonstration has none.
  await running.desk.send(report.extension("CB-TP", { indicator: "reportSubmission", until: "2025-08-15" }));
  administrator = await running.as("ADMINISTRATOR");
  schema = buildClientSchema(await administrator.data(getIntrospectionQuery()));
  objects = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__")) as GraphQLObjectType[];
}, 600_000);
afterAll(() => running.close());

const fieldsOf = (type: GraphQLObjectType) =>
  Object.fromEntries(Object.entries(type.getFields()).map(([name, { type: of }]) => [name, String(of)]));
const isConnection = ({ name }: { name: string }) => name.endsWith("Connection");

describe("Global Object Identification", () => {
  test("Node has an id and nothing else; node and nodes find it again", () => {
    const node = schema.getType("Node");
    if (!isInterfaceType(node)) throw new Error("Node is no interface");
    expect(Object.values(node.getFields()).map(({ name, type }) => `${name}: ${String(type)}`)).toEqual(["id: ID!"]);
    const roots = schema.getQueryType()!.getFields();
    const signature = (name: string) => [roots[name]!.args.map((arg) => `${arg.name}: ${String(arg.type)}`), String(roots[name]!.type)];
    expect([signature("node"), signature("nodes")]).toEqual([
      [["id: ID!"], "Node"],
      [["ids: [ID!]!"], "[Node]!"],
    ]);
  });

  test("every type with an id is a node", () => {
    const withId = objects.filter((type) => "id" in type.getFields());
    expect(withId.length).toBeGreaterThan(20);
    expect(withId.filter((type) => !type.getInterfaces().some(({ name }) => name === "Node")).map(({ name }) => name)).toEqual([]);
  });

  test("every node of the demonstration is found again by its id, and is the same", async () => {
    const [UNIT, RECORD, YEAR, VINTAGE] = ["code name version", "kind version recordedAt", "label startsOn", "title digest"];
    const SAME = `__typename id ... on Unit { ${UNIT} } ... on Record { ${RECORD} } ... on SchoolYear { ${YEAR} } ... on Vintage { ${VINTAGE} }`;
    const nodes: any[] = (await administrator.data(`{ schoolYears { __typename id ${YEAR} } }`)).schoolYears;
    const LIST = `query ($after: String) { units(first: 500, after: $after) { pageInfo { hasNextPage endCursor } nodes { __typename id ${UNIT}
      records(first: 300, withdrawn: true) { nodes { __typename id ${RECORD} } } vintages { nodes { __typename id ${VINTAGE} } } } } }`;
    for (let after: string | null = null; ;) {
      const { units }: any = await administrator.data(LIST, { after });
      for (const { records, vintages, ...unit } of units.nodes) nodes.push(unit, ...records.nodes, ...vintages.nodes);
      after = units.pageInfo.endCursor;
      if (!units.pageInfo.hasNextPage) break;
    }
    const all = [...new Map(nodes.map((node) => [node.id, node])).values()];
    const possible = schema.getPossibleTypes(schema.getType("Node") as never).map(({ name }) => name);
    expect(possible.filter((name) => !all.some(({ __typename }) => __typename === name))).toEqual([]);
    for (let start = 0; start < all.length; start += 500) {
      const part = all.slice(start, start + 500);
      const found = await administrator.data(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${SAME} } }`, { ids: part.map(({ id }) => id) });
      expect(found.nodes).toEqual(part);
    }
    const one = all[all.length >> 1];
    expect((await administrator.data(`query ($id: ID!) { node(id: $id) { ${SAME} } }`, { id: one.id })).node).toEqual(one);
  });

  test("what is not there, or not for the caller, is null", async () => {
    const { unit } = await administrator.data('{ unit(code: "CB") { id vintages { nodes { id } } } }');
    expect(unit.vintages.nodes.length).toBeGreaterThan(0);
    const stranger = await running.as("RECORDER", "HB-CP");
    const foreign = [unit.id, ...unit.vintages.nodes.map(({ id }: { id: string }) => id)];
    const ids = [...foreign, "00000000-0000-4000-8000-000000000000", "1990-1991", "CB-1990-1991-1", "", "x"];
    expect((await stranger.data("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).nodes).toEqual(ids.map(() => null));
  });
});

describe("Cursor Connections", () => {
  test("PageInfo says whether there is more on both sides, and where the page begins and ends", () => {
    expect(fieldsOf(schema.getType("PageInfo") as GraphQLObjectType)).toEqual({
      hasNextPage: "Boolean!",
      hasPreviousPage: "Boolean!",
      startCursor: "String",
      endCursor: "String",
    });
  });

  test("every connection has its edges and its pageInfo, every edge its node and its cursor", () => {
    const connections = objects.filter(isConnection);
    expect(connections.length).toBeGreaterThan(9);
    for (const connection of connections) {
      const fields = fieldsOf(connection);
      const edge = getNamedType(connection.getFields()["edges"]!.type) as GraphQLObjectType;
      const { node, ...rest } = fieldsOf(edge);
      expect([connection.name, fields]).toEqual([
        connection.name,
        expect.objectContaining({ edges: `[${edge.name}!]!`, nodes: `[${node}]!`, pageInfo: "PageInfo!", totalCount: "Int!" }),
      ]);
      expect([edge.name, rest]).toEqual([expect.stringMatching(/Edge$/), { cursor: "String!" }]);
    }
  });

  test("every list with pages is asked for in both directions, in the same words", () => {
    const lists = objects.flatMap((type) => Object.values(type.getFields()).filter((field) => isConnection(getNamedType(field.type))));
    expect(lists.length).toBeGreaterThan(30);
    for (const { name, type, args } of lists) {
      const paging = args.filter((arg) => ["first", "after", "last", "before"].includes(arg.name));
      const written = paging.map((arg) => `${arg.name}: ${String(arg.type)} ${String(arg.defaultValue)}`);
      expect([name, String(type), written.sort()]).toEqual([
        name,
        expect.stringMatching(/Connection!$/),
        ["after: String undefined", "before: String undefined", "first: Int undefined", "last: Int undefined"],
      ]);
    }
  });

  test("nothing else is called a connection or an edge", () => {
    const others = Object.values(schema.getTypeMap()).filter((type) => /(Connection|Edge)$/.test(type.name) && !isObjectType(type));
    expect(others).toEqual([]);
  });
});
