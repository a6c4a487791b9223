import { randomUUID } from "node:crypto";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { PROBLEM_CODES } from "../domain/problem.js";

/**
 * Why a whole request, or a field of an answer, failed. Together with the codes of refused changes the list is closed:
 * clients may switch on it.
 */
export const REQUEST_ERROR_CODES = {
  UNAUTHENTICATED: "No token, or one that is not valid (any more).",
  BAD_REQUEST: "The request is not GraphQL over HTTP.",
  NOT_FOUND: "Nothing answers at this path.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not application/json.",
  PAYLOAD_TOO_LARGE: "The body is too large.",
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  QUERY_TOO_LARGE: "The lists of the document could hold more than one request may ask for.",
  OPERATION_RESOLUTION_FAILURE: "It is not clear which operation of the document is meant.",
  PERSISTED_QUERY_NOT_SUPPORTED: "The whole document has to be sent.",
  BAD_USER_INPUT: "A variable or an argument has a wrong value.",
  INTERNAL_SERVER_ERROR: "A fault of the hub; the id in the answer is also in its log.",
} as const;
export type RequestErrorCode = keyof typeof REQUEST_ERROR_CODES;

/** What is told of an error besides its message, path and place. Whatever else a library hangs on it stays inside. */
const TOLD = ["code", "id"] as const;

const LONGEST_MESSAGE = 1_000;

/** Hears of the errors that are not told to the caller. */
export type HearError = (facts: { errorId: string; error: string; at: string[]; path?: string }) => void;

/** The body of an answer that failed before GraphQL began. */
export function requestError(code: RequestErrorCode, message: string, more: { id?: string } = {}) {
  return { errors: [{ message, extensions: { code, ...more } }] };
}

/** Makes the function that decides what of an error goes out. Errors made on purpose pass; anything else is masked, and heard under its id. */
export function errorFormatter(hear: HearError): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const code = codeOf(formatted, error);
    if (code !== "INTERNAL_SERVER_ERROR")
      return { ...formatted, message: short(formatted.message), extensions: told({ ...formatted.extensions, code }) };
    const id = conceal(unwrapResolverError(error), hear, formatted.path);
    const { message } = masked(id).errors[0]!;
    return { message, ...(formatted.path ? { path: formatted.path } : {}), extensions: { code, id } };
  };
}

/** graphql-js repeats a wrong value in full, be it a megabyte. */
function short(message: string): string {
  // The parser's own words where a document nests thousands of levels.
  if (message.includes("call stack")) return "The document is nested too deeply.";
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

/** The answer to a request that failed for a reason of ours. */
export function masked(id: string) {
  return requestError("INTERNAL_SERVER_ERROR", `Something went wrong inside the hub. Please report the id ${id}.`, { id });
}

/** Keeps an error inside: it is heard, its id goes out. */
export function conceal(error: unknown, hear: HearError, path?: readonly (string | number)[]): string {
  const errorId = randomUUID();
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  hear({ errorId, error: text.slice(0, 2_000), at: placesOf(error), ...(path ? { path: path.join(".") } : {}) });
  return errorId;
}

function codeOf(formatted: GraphQLFormattedError, error: unknown): string {
  const code = formatted.extensions?.["code"];
  if (typeof code === "string" && code !== "INTERNAL_SERVER_ERROR" && (code in REQUEST_ERROR_CODES || code in PROBLEM_CODES)) return code;
  return lateCodeOf(error) ?? "INTERNAL_SERVER_ERROR";
}

/**
 * graphql-js finds some faults of a request only while it executes, and gives them no code: a null variable with a default
 * at a place that takes no null, a kind of operation that the schema has not. They are told from faults of ours by the
 * part of the document at which they point.
 */
function lateCodeOf(error: unknown): RequestErrorCode | null {
  if (!(error instanceof GraphQLError)) return null;
  const bare = error.originalError instanceof GraphQLError ? error.originalError : error;
  const kind = bare.originalError === undefined ? bare.nodes?.[0]?.kind : undefined;
  if (kind === "OperationDefinition") return "GRAPHQL_VALIDATION_FAILED";
  return kind === "Variable" || kind?.endsWith("Value") ? "BAD_USER_INPUT" : null;
}

function told(extensions: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(TOLD.filter((key) => key in extensions).map((key) => [key, extensions[key]]));
}

/** The innermost places of our own code, enough to find the fault without a whole stack in the log. */
function placesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  return lines.flatMap((line) => /\/((?:src|test)\/[^()\s]+:\d+):\d+\)?$/.exec(line)?.[1] ?? []).slice(0, 3);
}
