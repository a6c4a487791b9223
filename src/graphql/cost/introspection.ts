import { __Directive, __Field, __Schema, __Type, type GraphQLField, type GraphQLObjectType, TypeMetaFieldDef } from "graphql";
import { type Price } from "./price.js";

/** Of the fields of introspection, which GraphQL itself declares: how many entries their lists have in this schema, about. */
export const INTROSPECTION: ReadonlyMap<GraphQLField<unknown, unknown>, Price> = new Map([
  [TypeMetaFieldDef, { points: 300 }],
  ...listsOf(__Schema, { types: 400, directives: 6 }),
  ...listsOf(__Type, { fields: 6, enumValues: 2, inputFields: 3, possibleTypes: 1, interfaces: 1 }),
  ...listsOf(__Field, { args: 1 }),
  ...listsOf(__Directive, { args: 2, locations: 5 }),
]);

function listsOf(type: GraphQLObjectType, entries: Readonly<Record<string, number>>): [GraphQLField<unknown, unknown>, Price][] {
  return Object.entries(entries).map(([name, count]) => [type.getFields()[name]!, { entries: count }]);
}
