import {
  __Directive,
  __Field,
  __Schema,
  __Type,
  getNamedType,
  getNullableType,
  getOperationAST,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  isInputObjectType,
  isListType,
  isObjectType,
  parse,
} from "graphql";
import { indicatorKeys } from "../../src/domain/figures/catalogue.js";
import { readContent } from "../../src/domain/records/content.js";
import { type Fields, isListField, mostOf } from "../../src/domain/records/field.js";
import { recordedKinds } from "../../src/domain/records/catalogue.js";
import { INTROSPECTION } from "../../src/graphql/cost/introspection.js";
import { priceOf } from "../../src/graphql/cost/price.js";
import { costOf } from "../../src/graphql/cost/query-cost.js";
import { buildGraphqlSchema } from "../../src/graphql/schema.js";
import { draft, refusals } from "../desk.js";
import { type Client, type Running, serve } from "./server.js";

const schema = buildGraphqlSchema({ federation: true });
const sizeOf = (field: GraphQLField<unknown, unknown>) => priceOf(field) ?? INTROSPECTION.get(field) ?? {};
const isList = (type: unknown) => isListType(getNullableType(type as never));
const objects = [...Object.values(schema.getTypeMap()).filter(isObjectType), __Schema, __Type, __Field, __Directive];
const cost = (text: string) => {
  const document = parse(text);
  return costOf({ schema, document, operation: getOperationAST(document)!, variables: {} }).cost;
};

/** Whether every field that answers a type says how many entries stand in it, as a page does. */
function isSized(type: GraphQLObjectType): boolean {
  const answered = objects.flatMap((of) => Object.values(of.getFields()).filter((field) => getNamedType(field.type) === type));
  return (
    answered.length > 0 && answered.every((field) => field.args.some(({ name }) => name === "first") || sizeOf(field).entries !== undefined)
  );
}

test("every list that is answered is a page, or says how many entries it has at most", () => {
  const unbounded = objects.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const { most, entries, paged } = sizeOf(field);
      if (!isList(field.type) || most !== undefined || entries !== undefined) return [];
      return paged && isSized(type) ? [] : [`${type.name}.${field.name}`];
    }),
  );
  expect(unbounded).toEqual([]);
});

test("what pages may hold is priced by their length, what is bounded by its bound", () => {
  const settings = (units: number, directives: number, each: number) =>
    cost(
      `{ units(first: ${units}) { nodes { directives(first: ${directives}) { nodes { settings(first: ${each}) { nodes { indicator deadline target } } } } } } }`,
    );
  // 70 directives of 288 settings each answered 10,080,000 entries for the price of three a unit.
  expect(settings(500, 70, 288)).toBeGreaterThan(10_080_000);
  expect(settings(1, 70, 288)).toBeGreaterThan(50_000);
  expect(settings(50, 5, 20)).toBeLessThan(60_000);
  const again = (count: number, versions: number) =>
    cost(`{ nodes(ids: [${'"x" '.repeat(count)}]) { ... on Record { versions(first: ${versions}) { nodes { version content } } } } }`);
  expect(again(500, 500)).toBeGreaterThan(800_000);
  expect(again(500, 50) / again(5, 50)).toBeCloseTo(100, 0);
  const agreements = `{ unit(code: "U") { records(first: 395) { nodes { ... on CollectiveAgreement { schools(first: 59) { nodes { rollup(schoolYear: "x") { members { value } } } } } } } } }`;
  expect(cost(agreements)).toBeGreaterThan(395 * 59 * 3);
});

describe("every list that is taken has a bound", () => {
  const words = (count: number) => Array<string>(count).fill("x");
  const places = new Map<string, { most: number; refused: (count: number) => string | null }>();
  for (const type of objects)
    for (const field of Object.values(type.getFields()))
      if (type !== schema.getMutationType()) for (const arg of field.args) lists(type, field.name, arg.name, arg.type, []);

  /** The lists in an argument, each with what calls its field with so many entries there. */
  function lists(type: GraphQLObjectType, field: string, arg: string, of: GraphQLInputType, path: string[]): void {
    const name = [arg, ...path].join(".");
    if (isList(of)) {
      const special: Record<string, number> = { ids: 500, representations: 5_000, orderBy: 5 };
      const refused = (count: number) => {
        const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), words(count));
        try {
          void type.getFields()[field]!.resolve!({}, { [arg]: value }, { loaders: {} }, {} as never);
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
        return null;
      };
      places.set(`${type.name}.${field}(${name})`, { most: special[name] ?? 100, refused });
    }
    const named = getNamedType(of);
    if (isInputObjectType(named))
      for (const inner of Object.values(named.getFields())) lists(type, field, arg, inner.type, [...path, inner.name]);
  }

  test("of the arguments of a field", () => {
    expect(places.size).toBeGreaterThan(80);
    for (const [place, { most, refused }] of places)
      expect([place, refused(most + 1)]).toEqual([
        place,
        expect.stringMatching(new RegExp(` has ${most + 1} entries; expected at most ${most.toLocaleString("en")}\\.$`)),
      ]);
    expect(indicatorKeys.all.length).toBeLessThan(100);
  });

  test("of a change: rows of a batch, units that follow each other, and the lists of records", () => {
    const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
    const lists = (input: GraphQLInputObjectType) => Object.values(input.getFields()).filter(({ type }) => isList(type));
    const asArguments = new Set([...places.keys()].flatMap((place) => place.match(/\w+(?=\)$)/g) ?? []));
    const declared = (fields: Fields): string[] =>
      Object.entries(fields).flatMap(([name, field]) =>
        isListField(field) ? [name, ...(field.type === "rows" ? declared(field.fields) : [])] : [],
      );
    const known = new Set([
      ...recordedKinds.flatMap(({ fields }) => declared(fields)),
      ...asArguments,
      "rows",
      "reports",
      "units",
      "successors",
      "predecessors",
    ]);
    expect(inputs.flatMap((input) => lists(input).flatMap(({ name }) => (known.has(name) ? [] : [`${input.name}.${name}`])))).toEqual([]);
    for (const { key, fields } of recordedKinds)
      for (const [name, field] of Object.entries(fields))
        if (isListField(field)) {
          const longest = field.type === "choices" ? 500 : mostOf(field);
          const { problems } = readContent({ [name]: field }, { [name]: Array<string>(longest + 1).fill("x") });
          expect([key, mostOf(field) <= 500, refusals({ problems })]).toEqual([key, true, [`OUT_OF_RANGE ${name}`]]);
        }
  });
});

describe("answers", () => {
  let running: Running;
  let steward: Client;
  beforeAll(async () => {
    running = await serve("none");
    const { desk } = running;
    await desk.register(draft.province("P"), draft.union("U", "P"), draft.school("S", "U"));
    steward = await running.as("STEWARD", "P");
  });
  afterAll(() => running.close());

  test("an id that is asked for again and again is answered as often; a list of ids has an end", async () => {
    const id = await running.desk.id("S");
    const NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    expect((await steward.data(NODES, { ids: [id, id, "x", id] })).nodes).toEqual([{ id }, { id }, null, { id }]);
    expect(await steward.ask(NODES, { ids: Array<string>(501).fill(id) })).toMatchObject({
      errors: [{ message: "ids has 501 entries; expected at most 500.", extensions: { code: "BAD_USER_INPUT" } }],
    });
  });

  test("more successors or predecessors than a unit can have are a problem of the change", async () => {
    const many = Array<string>(501).fill("U");
    const { problems } = await running.desk.close("U", "2025-06-01", null, { reason: "MERGED", successors: many });
    expect(refusals({ problems })).toContain("OUT_OF_RANGE successors");
    const [row] = await running.desk.register(draft.union("V", "P", { predecessors: many }));
    expect(refusals(row!)).toEqual(["OUT_OF_RANGE predecessors"]);
  });
});
