import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isObjectType,
} from "graphql";
import { Stretches } from "../../stretches.js";

/** Fields that are completed at a stretch, of all requests together: some ten milliseconds. It counts fields, so that the same request reads in the same portions however busy the machine is. */
const FIELDS_AT_A_STRETCH = 2_000;
/** Longer lists are completed entry by entry. */
const LONG_LIST = 100;

const stretches = new Stretches(FIELDS_AT_A_STRETCH);

/**
 * Has an answer made in stretches: graphql-js completes thousands of objects in one go, and everybody else would wait. Fields
 * whose values are objects, and entries of long lists, wait for the next stretch where this one is used up.
 */
export function answerInStretches(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type))
      for (const field of Object.values(type.getFields())) if (!isLeafType(getNamedType(field.type))) waitForTurns(field);
}

function waitForTurns(field: GraphQLField<unknown, unknown>): void {
  // What stands in its object already costs as much as its leaves, which are counted with that.
  if (!field.resolve && !isListType(getNullableType(field.type))) return;
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args: Record<string, unknown>, context, info) => {
    /** Fields of one object. */
    const each = 1 + info.fieldNodes.reduce((sum, { selectionSet }) => sum + (selectionSet?.selections.length ?? 0), 0);
    const told = (value: unknown): unknown => {
      if (!Array.isArray(value)) stretches.count(each);
      else if (value.length > LONG_LIST) return value.map((entry: unknown) => stretches.run(() => counted(entry, each)));
      else stretches.count(each * value.length);
      return value;
    };
    return stretches.run(() => {
      const value: unknown = resolve(source, args, context, info);
      return value instanceof Promise ? value.then((found: unknown) => stretches.run(() => told(found))) : told(value);
    });
  };
}

function counted<T>(value: T, fields: number): T {
  stretches.count(fields);
  return value;
}
