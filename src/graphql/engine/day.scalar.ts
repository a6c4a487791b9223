import { GraphQLScalarType, Kind } from "graphql";

/**
 * A day as text. Whether it is a day of the calendar is judged with the other rules, so that one mistyped day refuses its
 * row and not the whole batch.
 */
export const DayScalar = new GraphQLScalarType<string, string>({
  name: "Day",
  description: 'A day of the calendar as YYYY-MM-DD, e.g. "2024-09-25".',
  serialize: String,
  parseValue: textOf,
  parseLiteral: (node) => textOf(node.kind === Kind.STRING ? node.value : null),
});

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new TypeError('Day takes a text such as "2024-09-25".');
  return value;
}
