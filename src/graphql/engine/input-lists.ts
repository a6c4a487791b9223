import {
  defaultFieldResolver,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from "graphql";
import { LIST_LIMITS } from "../../domain/ground/limits.js";
import { fault } from "./faults.js";

/**
 * Lets every field of a query refuse a list that is too long among its arguments, before it works. What changes take is judged by
 * the intake, row by row.
 */
export function boundInputLists(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType() || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const listed = field.args.filter((arg) => takesList(arg.type));
      const { resolve = defaultFieldResolver } = field;
      if (listed.length > 0)
        field.resolve = (source, args: Record<string, unknown>, context, info) => {
          for (const { name, type: of } of listed) check(name, of, args[name]);
          return resolve(source, args, context, info) as unknown;
        };
    }
  }
}

function takesList(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return (
    isListType(getNullableType(type)) ||
    (isInputObjectType(named) && Object.values(named.getFields()).some((field) => takesList(field.type)))
  );
}

function check(path: string, type: GraphQLInputType, value: unknown): void {
  if (value === null || value === undefined) return;
  const most = Object.hasOwn(LIST_LIMITS, path) ? LIST_LIMITS[path as keyof typeof LIST_LIMITS] : LIST_LIMITS.words;
  if (Array.isArray(value) && value.length > most)
    throw fault("BAD_USER_INPUT", `${path} has ${value.length} entries; expected at most ${most.toLocaleString("en")}.`);
  const named = getNamedType(type);
  if (Array.isArray(value) || !isInputObjectType(named)) return;
  for (const { name, type: of } of Object.values(named.getFields())) check(`${path}.${name}`, of, (value as Record<string, unknown>)[name]);
}
