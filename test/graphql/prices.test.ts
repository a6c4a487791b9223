import { getNamedType, getNullableType, type GraphQLField, isCompositeType, isListType, isObjectType } from "graphql";
import { CHANGE, isPriced, priceOf } from "../../src/graphql/cost/price.js";
import { resolvedSchema } from "../../src/graphql/schema.js";

const schema = resolvedSchema({ federation: true });
const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && !type.name.startsWith("__")
    ? Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field, isMutation: type.name === "Mutation" }))
    : [],
);

/** Fields that do not answer a value as it was read: an object, a list, what a function works out, how many there are, a text of any length. */
function mayBeDear(field: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(field.type);
  return (
    isCompositeType(named) ||
    isListType(getNullableType(field.type)) ||
    field.resolve !== undefined ||
    named.name === "JSONObject" ||
    field.name === "totalCount"
  );
}

test("every field that answers more than a value as it was read says what it costs, or why nothing", () => {
  const asked = fields.filter(({ field }) => mayBeDear(field));
  expect(asked.length).toBeGreaterThan(800);
  expect(asked.filter(({ field }) => !isPriced(field)).map(({ name }) => name)).toEqual([]);
});

test("every mutation costs a change at least", () => {
  const cheap = fields.filter(({ field, isMutation }) => {
    const points = priceOf(field)?.points;
    return isMutation && !((typeof points === "function" ? points({}) : points)! >= CHANGE);
  });
  expect(cheap.map(({ name }) => name)).toEqual([]);
});
