import { randomUUID } from "node:crypto";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { PROBLEM_CODES } from "../../domain/ground/problem.js";
import { REQUEST_ERROR_CODES, type RequestErrorCode } from "../../domain/ground/request-fault.js";

/** What is told of an error besides its message, path and place. Whatever else a library hangs on it stays inside. */
const TOLD = ["code", "id"] as const;

const LONGEST_MESSAGE = 1_000;
/** How graphql-js begins its last error about variables that have more than fifty faults. */
const MANY_FAULTS = "Too many errors processing variables";

/** Hears of the errors that are not told to the caller. */
export type HearError = (facts: { errorId: string; error: string; at: string[]; path?: string }, error: unknown) => void;

/** The body of an answer that failed before GraphQL began. */
export function requestError(code: RequestErrorCode, message: string, more: { id?: string; stored?: boolean } = {}) {
  return { errors: [{ message, extensions: { code, ...more } }] };
}

/**
 * Makes the function that decides what of an error goes out. Errors made on purpose pass; anything else is masked, and heard
 * under its id. `suggesting`: whether names of the schema may be guessed at.
 */
export function errorFormatter(
  hear: HearError,
  suggesting: boolean,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const code = codeOf(formatted, error);
    if (code !== "INTERNAL_SERVER_ERROR")
      return {
        ...formatted,
        message: short(suggesting ? formatted.message : unsuggested(formatted.message)),
        extensions: told({ ...formatted.extensions, code }),
      };
    const id = conceal(unwrapResolverError(error), (facts) => hear(facts, error), formatted.path);
    const { message } = masked(id).errors[0]!;
    return { message, ...(formatted.path ? { path: formatted.path } : {}), extensions: { code, id } };
  };
}

/** graphql-js repeats a wrong value in full, be it a megabyte, and does not say what was wrong where its work gets too much. */
function short(message: string): string {
  if (message.startsWith("GraphQL introspection is not allowed"))
    return "This hub does not tell its schema: introspection is switched off.";
  if (message.startsWith(MANY_FAULTS)) return "The variables have more faults than these; mend them first.";
  if (message === "Validation aborted.") return "The document repeats fields too often to be checked; ask for each field once.";
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

/** The same without guesses at what was meant, which would spell the schema out. */
function unsuggested(message: string): string {
  return message.replace(/ ?Did you mean [^?]*\?/g, "");
}

/** The answer to a request that failed for a reason of ours. */
export function masked(id: string) {
  return requestError("INTERNAL_SERVER_ERROR", `Something went wrong inside the hub. Please report the id ${id}.`, { id });
}

/** Keeps an error inside: it is heard, its id goes out. */
export function conceal(error: unknown, hear: HearError, path?: readonly (string | number)[]): string {
  const errorId = randomUUID();
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  hear({ errorId, error: text.slice(0, 2_000), at: placesOf(error), ...(path ? { path: path.join(".") } : {}) }, error);
  return errorId;
}

function codeOf(formatted: GraphQLFormattedError, error: unknown): string {
  const code = formatted.extensions?.["code"];
  if (typeof code === "string" && code !== "INTERNAL_SERVER_ERROR" && (code in REQUEST_ERROR_CODES || code in PROBLEM_CODES)) return code;
  return lateCodeOf(error) ?? "INTERNAL_SERVER_ERROR";
}

/**
 * graphql-js finds some faults of a request only while it executes, and gives them no code: a null variable with a default
 * at a place that takes no null, a kind of operation that the schema has not, variables with more faults than it lists. They are
 * told from faults of ours by the part of the document at which they point.
 */
function lateCodeOf(error: unknown): RequestErrorCode | null {
  if (!(error instanceof GraphQLError)) return null;
  const bare = error.originalError instanceof GraphQLError ? error.originalError : error;
  if (bare.originalError === undefined && bare.message.startsWith(MANY_FAULTS)) return "BAD_USER_INPUT";
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
