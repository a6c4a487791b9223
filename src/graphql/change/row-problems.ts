import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { closest } from "../../work/closest.js";

/** More problems of one row help nobody; beyond so many in all, a row is told its first only. */
const MOST_PROBLEMS = { row: 50, all: 5_000 };
/** So often it is told what may have been meant: comparing a heap of invented names with those of the schema takes seconds. */
const MOST_GUESSES = 200;

/** What may still be told in a request: words of the schema at all, the nearest of them so often, so many problems. */
export interface Left {
  readonly suggesting: boolean;
  guesses: number;
  problems: number;
}

export function allLeft(suggesting: boolean): Left {
  return { suggesting, guesses: MOST_GUESSES, problems: MOST_PROBLEMS.all };
}

/** Everything that is wrong with a row for its type. */
export function problemsOf(row: GraphQLInputType, sent: unknown, left: Left): Problem[] {
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
export function emptyOf(type: GraphQLInputType): unknown {
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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** A sent value inside a sentence, cut short. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
