import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import { type GraphContext } from "./context.js";
import { Stretches } from "../../stretches.js";
import { type Meter } from "./meter.js";

/** The fields of introspection are the same objects in every schema of a process. */
const metered = new WeakSet<object>();

/** Has every field of a schema count what it adds to the answer, those of introspection too. */
export function meterFields(schema: GraphQLSchema): void {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
  for (const field of [...fields, SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef]) {
    if (!metered.has(field)) meter(field);
    metered.add(field);
  }
}

function meter(field: GraphQLField<unknown, GraphContext | undefined>): void {
  const { resolve = defaultFieldResolver, type } = field;
  const add = isLeafType(getNamedType(type)) ? addLeaf : isListType(getNullableType(type)) ? addList : addObject;
  field.resolve = (source, args: Record<string, unknown>, context, info) => {
    const meter = context?.meter;
    // Whoever asks a schema of its own in this process (its text, a gateway) has no meter.
    if (!meter) return resolve(source, args, context, info) as unknown;
    const key = info.path.key as string;
    try {
      meter.go();
      const value: unknown = resolve(source, args, context, info);
      if (value instanceof Promise) return addLater(meter, add, key, value);
      add(meter, key, value);
      return value;
    } catch (error) {
      // Not thrown: where an entry of a list throws, graphql-js forgets the promises of those before it, and one of them that
      // fails is nobody's, which ends the process.
      return failed(meter, error);
    }
  };
}

type Add = (meter: Meter, key: string, value: unknown) => void;

function addLater(meter: Meter, add: Add, key: string, promise: Promise<unknown>): Promise<unknown> {
  meter.count(WAITING, 0);
  return promise.then(
    (value) => {
      meter.go();
      add(meter, key, value);
      return value;
    },
    (error: unknown) => failed(meter, error),
  );
}

/** How many objects at hand one weighs that has to be looked up: it keeps its promises meanwhile. */
const WAITING = 3;
/** An error keeps its stack and its place in the document. */
const FAILED = 20;

/** The quotes of a key, its colon and the comma behind its value. */
const AROUND_KEY = 4;
const AROUND_VALUE = 2;
/** Of null, a truth or a whole number about so many; of other numbers and of times. */
const SHORT = 4;
const LONG = 20;
/** The path, the code and the names of an error's parts, about. */
const AROUND_ERROR = 150;

function addObject(meter: Meter, key: string): void {
  meter.add(1, key.length + AROUND_KEY + AROUND_VALUE);
}

function addList(meter: Meter, key: string, value: unknown): void {
  const entries = Array.isArray(value) ? value.length : 0;
  meter.add(entries, key.length + AROUND_KEY + AROUND_VALUE + entries * (AROUND_VALUE + 1));
}

function addLeaf(meter: Meter, key: string, value: unknown): void {
  meter.add(0, key.length + AROUND_KEY + bytesOf(value));
}

function bytesOf(value: unknown): number {
  if (typeof value === "number") return Number.isInteger(value) ? SHORT : LONG;
  if (typeof value === "string") return Buffer.byteLength(value) + AROUND_VALUE;
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + bytesOf(entry) + 1, AROUND_VALUE);
  return value instanceof Date ? LONG : SHORT;
}

/** Where an operation is ended, thousands of its fields fail at once: so many at a stretch. */
const FAILURES_AT_A_STRETCH = 200;
const failures = new Stretches(FAILURES_AT_A_STRETCH);

/** What fails is told, too. */
async function failed(meter: Meter, error: unknown): Promise<never> {
  await failures.run(() => failures.count(1));
  meter.add(FAILED, AROUND_ERROR + (error instanceof Error ? error.message.length : 0));
  throw error;
}
