import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import { type Problem, problem } from "../domain/problem.js";
import { mapInStretches } from "../stretches.js";
import { closest } from "../intake/closest.js";

/** The lists of inputs whose entries are answered row by row, by the name of the input. */
const ROW_LISTS: Readonly<Record<string, string>> = { SubmitRecordsInput: "rows", RegisterUnitsInput: "units", ReportsInput: "reports" };

/** More problems of one row help nobody; beyond so many in all, a row is told its first only. */
const MOST_PROBLEMS = { row: 50, all: 5_000 };
/** So often it is told what may have been meant: comparing a heap of invented names with those of the schema takes seconds. */
const MOST_GUESSES = 200;

/** A row that does not fit its input type: what was sent, and what is wrong, with fields inside the row (null: the row itself). */
export interface UnreadableRow {
  sent: unknown;
  problems: Problem[];
}
type RowsByPlace = Map<number, UnreadableRow>;

/** Of each request the rows that could not be read, by where their list stands: "$input.rows". */
const unreadable = new WeakMap<object, Map<string, RowsByPlace>>();

/**
 * Looks through the rows in the variables of an operation by their types, before GraphQL does: it would refuse the whole request for one
 * bad cell. A row that does not fit is kept aside for `unreadableRows`, and an empty one that fits stands in its place. Returns the
 * variables to go on with. What else does not fit, and rows written into the document itself, GraphQL judges as always.
 */
export async function setAsideUnreadable(
  context: object,
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  suggesting: boolean,
): Promise<Record<string, unknown>> {
  const found = new Map<string, RowsByPlace>();
  const left: Left = { suggesting, guesses: MOST_GUESSES, problems: MOST_PROBLEMS.all };
  const fitting: Record<string, unknown> = { ...variables };
  for (const { variable, type: node } of variableDefinitions) {
    const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined;
    const name = variable.name.value;
    if (!type || !isInputType(type) || !Object.hasOwn(variables, name)) continue;
    const place = `$${name}`;
    const input = isNonNullType(type) ? type.ofType : type;
    const value = variables[name];
    if (isRowList(input)) define(fitting, name, await rowsOf(getNamedType(input), value, place));
    const list = isInputObjectType(input) ? ROW_LISTS[input.name] : undefined;
    if (!list || !isObject(value) || !Object.hasOwn(value, list)) continue;
    const row = getNamedType((input as GraphQLInputObjectType).getFields()[list]!.type);
    define(fitting, name, { ...value, [list]: await rowsOf(row, value[list], `${place}.${list}`) });
  }
  if (found.size > 0) unreadable.set(context, found);
  return fitting;

  async function rowsOf(type: GraphQLInputType, rows: unknown, place: string): Promise<unknown> {
    if (!Array.isArray(rows)) return rows;
    const bad: RowsByPlace = new Map();
    const read = await mapInStretches(rows as unknown[], (sent, index) => {
      const problems = problemsOf(type, sent, left);
      if (problems.length === 0) return sent;
      bad.set(index, { sent, problems });
      return emptyOf(type);
    });
    if (bad.size > 0) found.set(place, bad);
    return read;
  }

  function isRowList(type: GraphQLInputType): boolean {
    if (!isListType(type)) return false;
    const of = getNamedType(type as GraphQLInputType);
    return Object.entries(ROW_LISTS).some(([input, list]) => {
      const declared = schema.getType(input);
      return isInputObjectType(declared) && getNamedType(declared.getFields()[list]!.type) === of;
    });
  }
}

/** The rows of a field's input that could not be read, by their places in the list. */
export function unreadableRows(context: object, { fieldNodes, parentType, fieldName }: GraphQLResolveInfo): RowsByPlace {
  const rows = unreadable.get(context);
  const given = fieldNodes[0]?.arguments?.find(({ name }) => name.value === "input")?.value;
  const input = getNamedType(parentType.getFields()[fieldName]!.args[0]!.type) as GraphQLInputObjectType;
  const list = ROW_LISTS[input.name]!;
  const own = given?.kind === Kind.OBJECT ? given.fields.find(({ name }) => name.value === list)?.value : given;
  if (own?.kind !== Kind.VARIABLE) return new Map();
  const place = given?.kind === Kind.OBJECT ? `$${own.name.value}` : `$${own.name.value}.${list}`;
  return rows?.get(place) ?? new Map();
}

/** The rows of an input as they were sent, which is what its idempotency key stands for. */
export function asSent<R>(rows: readonly R[], unread: RowsByPlace): unknown[] {
  return rows.map((row, index) => unread.get(index)?.sent ?? row);
}

/** The problems of a row that could not be read, with its place in the input: "rows.17.conference.heldOn". */
export function placed(problems: readonly Problem[], list: string, row: number): Problem[] {
  return problems.map((found) => ({ ...found, field: [list, row, found.field].filter((part) => part !== null).join(".") }));
}

/** Everything that is wrong with a row for its type. */
function problemsOf(row: GraphQLInputType, sent: unknown, left: Left): Problem[] {
  const problems: Problem[] = [];
  const most = left.problems > 0 ? MOST_PROBLEMS.row : 1;
  const tell = (code: Problem["code"], path: readonly string[], message: string) =>
    void problems.push(problem(code, path.length > 0 ? path.join(".") : null, message));
  look(row, sent, []);
  left.problems -= problems.length;
  return problems;

  function look(type: GraphQLInputType, value: unknown, path: readonly string[]): void {
    if (problems.length >= most) return;
    if (isNonNullType(type)) {
      if (value === null || value === undefined) tell("REQUIRED", path, `${nameOf(path)} is missing.`);
      else look(type.ofType, value, path);
    } else if (value === null || value === undefined) {
      if (path.length === 0) tell("INVALID", path, "A row is an object; this one is null.");
    } else if (isListType(type)) {
      // As in GraphQL, one value stands for a list of one.
      if (Array.isArray(value)) value.forEach((entry: unknown, index) => look(type.ofType, entry, [...path, String(index)]));
      else look(type.ofType, value, path);
    } else if (isInputObjectType(type)) lookInto(type, value, path);
    else {
      try {
        type.parseValue(value);
      } catch {
        const isLarge = type.name === "Int" && Number.isInteger(value);
        tell(isLarge ? "OUT_OF_RANGE" : "INVALID", path, isLarge ? `${shown(value)} is too large.` : unfit(type, value, left));
      }
    }
  }

  function lookInto(type: GraphQLInputObjectType, value: unknown, path: readonly string[]): void {
    if (!isObject(value)) return tell("INVALID", path, `${shown(value)} is not an object.`);
    const fields = type.getFields();
    for (const name of Object.keys(value))
      if (!Object.hasOwn(fields, name) && problems.length < most)
        tell("INVALID", [...path, name.slice(0, 100)], unknownField(name, Object.keys(fields)));
    for (const [name, field] of Object.entries(fields)) {
      const isGiven = Object.hasOwn(value, name) && value[name] !== undefined;
      if (isGiven || field.defaultValue === undefined) look(field.type, isGiven ? value[name] : undefined, [...path, name]);
    }
    const given = Object.keys(value).filter((name) => value[name] !== null && value[name] !== undefined);
    if (type.isOneOf && (given.length !== 1 || Object.keys(value).length !== 1))
      tell("INVALID", path, `Exactly one of ${Object.keys(fields).join(", ")} is to be given.`);
  }

  function unknownField(name: string, fields: readonly string[]): string {
    return `There is no field ${shown(name)} here.${meant(name, fields, left)}`;
  }
}

/** The field, or which entry of which list. */
const nameOf = (path: readonly string[]) => /(\w+\.\d+|\w+)$/.exec(path.join("."))?.[0] ?? "The row";

/** What may still be told in a request: words of the schema at all, the nearest of them so often, so many problems. */
type Left = { readonly suggesting: boolean; guesses: number; problems: number };

function meant(word: string, words: readonly string[], left: Left): string {
  const near = left.suggesting && left.guesses-- > 0 ? closest(word, words) : null;
  return near === null ? "" : ` Did you mean "${near}"?`;
}

/** What is wrong with a value that its scalar or enumeration does not take. */
function unfit(type: GraphQLLeafType, value: unknown, left: Left): string {
  if (isEnumType(type)) {
    const words = type.getValues().map(({ name }) => name);
    const listed = left.suggesting ? ` of ${words.join(", ")}` : " of the words that it takes";
    return `${shown(value)} is none${listed}.${typeof value === "string" ? meant(value, words, left) : ""}`;
  }
  const expected: Record<string, string> = {
    Int: "is not a whole number",
    Float: "is not a number",
    Boolean: "is neither true nor false",
    Day: 'is not a day; expected e.g. "2024-09-25"',
  };
  return `${shown(value)} ${expected[type.name] ?? "is not a text"}.`;
}

/** The smallest value that a type takes. */
function emptyOf(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return isInputObjectType(type) ? emptyObject(type) : null;
  const of = type.ofType;
  if (isListType(of)) return [];
  if (isInputObjectType(of)) return emptyObject(of);
  if (isEnumType(of)) return of.getValues()[0]!.name;
  return of.name === "Int" || of.name === "Float" ? 0 : of.name === "Boolean" ? false : "";
}

function emptyObject(type: GraphQLInputObjectType): Record<string, unknown> {
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return Object.fromEntries(required.map(({ name, type: of }) => [name, emptyOf(of)]));
}

/** Sets a property by whatever name, also "__proto__". */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** A sent value inside a sentence, cut short. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
