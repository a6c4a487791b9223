import {
  coerceInputValue,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import { MOST_ROWS } from "../../domain/ground/limits.js";
import { type Problem } from "../../domain/ground/problem.js";
import { mapInStretches } from "../../stretches.js";
import { fault } from "../engine/faults.js";
import { allLeft, emptyOf, problemsOf } from "./row-problems.js";

/** The lists of inputs whose entries are answered row by row, by the name of the input. */
const ROW_LISTS: Readonly<Record<string, string>> = { SubmitRecordsInput: "rows", RegisterUnitsInput: "units", ReportsInput: "reports" };

/** A row that does not fit its input type: what was sent, and what is wrong, with fields inside the row (null: the row itself). */
interface UnreadableRow {
  sent: unknown;
  problems: Problem[];
}

/** The rows of a batch as their input type has them; in the place of one that could not be read stands the smallest that fits. */
export interface GivenRows<R> {
  rows: readonly R[];
  /** By their places in the list. */
  unread: ReadonlyMap<number, UnreadableRow>;
}

/** Of each request the rows that came in variables, by where their list stands: "$input.rows". */
const given = new WeakMap<object, Map<string, GivenRows<unknown>>>();

/**
 * Reads the rows in the variables of an operation by their types and keeps them for `givenRows`; an empty list stands in their place, so that
 * GraphQL has nothing to read in one go. It would refuse the whole request for one bad cell, too. Returns the
 * variables to go on with. What else does not fit, and rows written into the document itself, GraphQL judges as always.
 */
export async function takeRows(
  context: object,
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  suggesting: boolean,
): Promise<Record<string, unknown>> {
  const taken = new Map<string, GivenRows<unknown>>();
  const left = allLeft(suggesting);
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
  given.set(context, taken);
  return fitting;

  async function rowsOf(type: GraphQLInputType, sent: unknown, place: string): Promise<unknown> {
    // GraphQL takes one for a list of it.
    const list: unknown = isObject(sent) ? [sent] : sent;
    if (!Array.isArray(list)) return sent;
    const unread = new Map<number, UnreadableRow>();
    const rows = await mapInStretches(list as unknown[], (row, index) => {
      const problems = problemsOf(type, row, left);
      if (problems.length > 0) unread.set(index, { sent: row, problems });
      return coerceInputValue(problems.length > 0 ? emptyOf(type) : row, type) as unknown;
    });
    taken.set(place, { rows, unread });
    return [];
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

/** The rows of a field's input: those that were taken out of the variables, else as they were read by GraphQL. */
export function givenRows<R>(context: object, { fieldNodes, parentType, fieldName }: GraphQLResolveInfo, read: readonly R[]): GivenRows<R> {
  const argument = fieldNodes[0]?.arguments?.find(({ name }) => name.value === "input")?.value;
  const input = getNamedType(parentType.getFields()[fieldName]!.args[0]!.type) as GraphQLInputObjectType;
  const list = ROW_LISTS[input.name]!;
  const own = argument?.kind === Kind.OBJECT ? argument.fields.find(({ name }) => name.value === list)?.value : argument;
  const place = own?.kind === Kind.VARIABLE ? `$${own.name.value}${own === argument ? `.${list}` : ""}` : "";
  return (given.get(context)?.get(place) as GivenRows<R> | undefined) ?? { rows: read, unread: new Map() };
}

export function refuseMoreRows(mutation: string, rows: readonly unknown[]): void {
  if (rows.length > MOST_ROWS) throw fault("BAD_USER_INPUT", `${mutation}: ${rows.length} rows; expected at most ${MOST_ROWS}.`);
}

/** Rows as they were sent, which is what the idempotency key of their batch stands for. */
export function asSent<R>({ rows, unread }: GivenRows<R>): unknown[] {
  return rows.map((row, index) => unread.get(index)?.sent ?? row);
}

/** The problems of a row that could not be read, with its place in the input: "rows.17.conference.heldOn". */
export function placed(problems: readonly Problem[], list: string, row: number): Problem[] {
  return problems.map((found) => ({ ...found, field: [list, row, found.field].filter((part) => part !== null).join(".") }));
}

/** Sets a property by whatever name, also "__proto__". */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
