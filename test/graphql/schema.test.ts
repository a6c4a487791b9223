import { readFileSync } from "node:fs";
import {
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { recordKinds } from "../../src/domain/records/catalogue.js";
import { buildGraphqlSchema, printedSchema, resolvedSchema } from "../../src/graphql/schema.js";
import { takeRows } from "../../src/graphql/change/rows-of-variables.js";

const schema = buildGraphqlSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type));

/** What Relay or GraphQL itself has explained: everything else says what it means. */
const PLUMBING = /^(Query|Mutation)$|Connection\.(edges|pageInfo)$|Edge\.(node|cursor)$|^Mutation\.\w+\(input\)$/;

/** Every place of the schema that can have a description, and what it says. */
function placesOf(type: GraphQLNamedType): [place: string, description: string | null | undefined][] {
  const places: ReturnType<typeof placesOf> = [[type.name, type.description]];
  if (isEnumType(type)) for (const value of type.getValues()) places.push([`${type.name}.${value.name}`, value.description]);
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields())) places.push([`${type.name}.${field.name}`, field.description]);
  if (isObjectType(type) || isInterfaceType(type))
    for (const field of Object.values(type.getFields())) {
      places.push([`${type.name}.${field.name}`, field.description]);
      for (const arg of field.args) places.push([`${type.name}.${field.name}(${arg.name})`, arg.description]);
    }
  return places;
}
const places = types.flatMap(placesOf);

test("every type, field, argument, input field and value of an enumeration says what it means", () => {
  expect(places.length).toBeGreaterThan(700);
  expect(places.filter(([place, description]) => !description && !PLUMBING.test(place)).map(([place]) => place)).toEqual([]);
});

test("every description is a sentence or a phrase of its own, short enough to be read", () => {
  const odd = places.filter(
    ([, description]) =>
      description && (!/[.)/]$/.test(description.trim()) || description.length > 700 || /undefined|\[object| [.,;:)]/.test(description)),
  );
  expect(odd.map(([place]) => place).filter((place) => place !== "UnitInput.code")).toEqual([]);
});

test("every enumeration says whether it may gain values", () => {
  const told = types
    .filter(isEnumType)
    .map(({ name, description }) => [name, / (Complete: it gains no value|May gain values: [^.]+)\.$/.exec(description!)?.[1]]);
  expect(told.filter(([, growth]) => !growth)).toEqual([]);
  expect(told.flatMap(([name, growth]) => (growth!.startsWith("Complete") ? name! : [])).sort()).toEqual([
    ...["DayPrecision", "Direction", "FindingState", "FormulaPart", "Level", "Outcome", "RecordState", "ReportState", "Severity"],
    ...["SortDirection", "WorklistStatus"],
  ]);
});

test("the terms of the domain stand in Vietnamese, too", () => {
  const told = new Map(places);
  for (const [place, term] of [
    ["Unit", "đơn vị"],
    ["SchoolLevel", "cấp học"],
    ["Conference", "hội nghị"],
    ["CollectiveAgreement", "thỏa ước"],
    ["MembershipReport", "đoàn viên"],
    ["Directive", "văn bản chỉ đạo"],
    ["PublishedFigure", "số liệu công bố"],
    ["SchoolYear", "năm học"],
    ["Unit.rollup", "số liệu tổng hợp"],
    ["Indicator", "chỉ tiêu"],
    ["IndicatorValue.numerator", "tử số"],
  ] as const)
    expect([place, told.get(place)?.toLowerCase()]).toEqual([place, expect.stringContaining(term)]);
});

test("plain values stand on GraphQL's own resolvers: only what is loaded or computed has one of ours", () => {
  const slow = Object.values(resolvedSchema().getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith("__") && !["Query", "Mutation"].includes(type.name)
      ? Object.values(type.getFields()).flatMap((field) => (field.resolve ? [`${type.name}.${field.name}`] : []))
      : [],
  );
  const leaves = slow.filter(
    (place) =>
      /\.(id|code|name|level|kind|value|numerator|denominator|cursor|node|nodes|edges|label|version|recordedAt|status)$/.test(place) &&
      place !== "SchoolYear.version",
  );
  expect([slow.length > 20, leaves]).toEqual([true, []]);
});

test("the interfaces hold everybody that is one of them", () => {
  const names = (name: string) =>
    schema
      .getPossibleTypes(schema.getType(name) as never)
      .map((type) => type.name)
      .sort();
  const units = ["Confederation", "DistrictFederation", "GrassrootsUnion", "ProvincialFederation", "School"];
  const records = recordKinds.map(({ typeName }) => typeName).sort();
  expect([names("Unit"), names("Record"), names("Node")]).toEqual([units, records, [...units, ...records, "SchoolYear", "Vintage"].sort()]);
  expect(
    types
      .filter((type) => isScalarType(type))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["DateTimeISO", "Day", "JSONObject"]);
});

test("schema/schema.graphql is what the code prints", () => {
  expect(readFileSync("schema/schema.graphql", "utf8") === printedSchema()).toBe(true);
});

test("every change that may move a figure can be tried, and tells its effects", () => {
  const untried = Object.values(schema.getMutationType()!.getFields()).flatMap(({ name, args, type }) => {
    const input = getNamedType(args[0]!.type);
    const payload = getNamedType(type);
    if (!isInputObjectType(input) || !isObjectType(payload)) return [name];
    return "dryRun" in input.getFields() && "effects" in payload.getFields() ? [] : [name];
  });
  // What is published moves nothing.
  expect(untried).toEqual(["publishVintage"]);
});

/** Every mutation with the type of its input and the fields of its payload. */
const changes = Object.values(schema.getMutationType()!.getFields()).map(({ name, args, type }) => ({
  name,
  input: getNamedType(args[0]!.type) as GraphQLInputObjectType,
  payload: (getNamedType(type) as GraphQLObjectType).getFields(),
}));

test("every change tells its outcome and why it was refused, itself or row by row: they are counted", () => {
  const uncounted = changes.filter(({ payload }) => {
    const told = payload["rows"] ? (getNamedType(payload["rows"].type) as GraphQLObjectType).getFields() : payload;
    return !["outcome", "userErrors"].every((field) => Object.hasOwn(told, field));
  });
  expect([changes.length > 40, uncounted.map(({ name }) => name)]).toEqual([true, []]);
});

test("every batch that is answered row by row is read row by row", async () => {
  const batches = changes.filter(({ payload }) => payload["rows"]);
  const misread: string[] = [];
  for (const { name, input } of batches) {
    const rows = Object.values(input.getFields()).find(({ type }) => isInputObjectType(getNamedType(type)))!.name;
    const [operation] = parse(`mutation ($input: ${input.name}!) { ${name}(input: $input) { stored } }`).definitions;
    const variables = { input: { [rows]: ["not a row"] } };
    const fitting = (await takeRows({}, schema, operation as OperationDefinitionNode, variables, false)) as typeof variables;
    if (fitting.input[rows]!.length > 0) misread.push(name);
  }
  expect([batches.length, misread]).toEqual([4, []]);
});
