import { type GraphQLInputObjectType, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { type Words } from "../../domain/ground/words.js";
import { type Left, missing, noObject, NO_ROW, oneOf, tooLarge, unfit, unknownField } from "./row-words.js";

/** More problems of one row help nobody; beyond so many in all, a row is told its first only. */
const MOST_PROBLEMS = { row: 50, all: 5_000 };
/** So often it is told what may have been meant: comparing a heap of invented names with those of the schema takes seconds. */
const MOST_GUESSES = 200;

export function allLeft(suggesting: boolean): Left {
  return { suggesting, guesses: MOST_GUESSES, problems: MOST_PROBLEMS.all };
}

/** Everything that is wrong with a row for its type. */
export function problemsOf(row: GraphQLInputType, sent: unknown, left: Left): Problem[] {
  const problems: Problem[] = [];
  const most = left.problems > 0 ? MOST_PROBLEMS.row : 1;
  const tell = (code: Problem["code"], path: readonly string[], message: Words) =>
    void problems.push(problem(code, path.length > 0 ? path.join(".") : null, message));
  look(row, sent, []);
  left.problems -= problems.length;
  return problems;

  function look(type: GraphQLInputType, value: unknown, path: readonly string[]): void {
    if (problems.length >= most) return;
    if (isNonNullType(type)) {
      if (value === null || value === undefined) tell("REQUIRED", path, missing(path));
      else look(type.ofType, value, path);
    } else if (value === null || value === undefined) {
      if (path.length === 0) tell("INVALID", path, NO_ROW);
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
        tell(isLarge ? "OUT_OF_RANGE" : "INVALID", path, isLarge ? tooLarge(value) : unfit(type, value, left));
      }
    }
  }

  function lookInto(type: GraphQLInputObjectType, value: unknown, path: readonly string[]): void {
    if (!isObject(value)) return tell("INVALID", path, noObject(value));
    const fields = type.getFields();
    for (const name of Object.keys(value))
      if (!Object.hasOwn(fields, name) && problems.length < most)
        tell("INVALID", [...path, name.slice(0, 100)], unknownField(name, Object.keys(fields), left));
    for (const [name, field] of Object.entries(fields)) {
      const isGiven = Object.hasOwn(value, name) && value[name] !== undefined;
      if (isGiven || field.defaultValue === undefined) look(field.type, isGiven ? value[name] : undefined, [...path, name]);
    }
    const given = Object.keys(value).filter((name) => value[name] !== null && value[name] !== undefined);
    if (type.isOneOf && (given.length !== 1 || Object.keys(value).length !== 1)) tell("INVALID", path, oneOf(Object.keys(fields)));
  }
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
