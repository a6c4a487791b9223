import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  TypeNameMetaFieldDef,
} from "graphql";
import { PAGE_LIMITS } from "../../domain/ground/limits.js";
import { type Args } from "./by-arguments.js";
import { INTROSPECTION } from "./introspection.js";
import { LEAF, OBJECT, type Price, priceOf } from "./price.js";

/** What does not depend on the document of what a field costs. */
export interface FieldFacts {
  named: GraphQLNamedType;
  own: Price | undefined;
  /** Points where nothing else is said. */
  usualPoints: number;
  isMutation: boolean;
  isList: boolean;
  /** A list that is as long as the field above it says. */
  isPaged: boolean;
  /** The arguments that say how long its page is; none where it has no page. */
  sizes: readonly { name: string; usual: number }[];
  /** How long it is at most where nothing else is said. */
  bound: number;
}

/** Documents name the same fields thousands of times. */
const known = new WeakMap<GraphQLField<unknown, unknown>, FieldFacts>();

/** What the schema says of a field. */
export function factsOf(schema: GraphQLSchema, type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): FieldFacts {
  const before = known.get(field);
  if (before) return before;
  const named = getNamedType(field.type);
  const isMutation = type === schema.getMutationType() && field !== TypeNameMetaFieldDef;
  const isList = isListType(getNullableType(field.type));
  const own = priceOf(field) ?? INTROSPECTION.get(field);
  const facts: FieldFacts = {
    ...{ named, isMutation, isList },
    own,
    usualPoints: isCompositeType(named) ? OBJECT : LEAF,
    isPaged: own?.paged ?? false,
    sizes: field.args
      .filter(({ name }) => name === "first" || name === "last")
      .map(({ name, defaultValue }) => ({ name, usual: typeof defaultValue === "number" ? defaultValue : PAGE_LIMITS.usual })),
    bound: own?.most ?? PAGE_LIMITS.longest,
  };
  known.set(field, facts);
  return facts;
}

/** The length of a page; nothing for a field that has none. */
export function pageOf({ sizes }: FieldFacts, args: Args): number | undefined {
  if (sizes.length === 0) return undefined;
  const given = sizes.map(({ name }) => args[name]).find((value) => typeof value === "number") ?? sizes[0]!.usual;
  return Math.min(Math.max(given, 0), PAGE_LIMITS.longest);
}
