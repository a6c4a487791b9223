/**
 * Why a whole request, or a field of an answer, failed. Together with the codes of refused changes (`PROBLEM_CODES`) the
 * list is whole: clients may switch on it, and a later version may add codes.
 */
export const REQUEST_ERROR_CODES = {
  UNAUTHENTICATED: "No token, or one that is not valid (any more).",
  BAD_REQUEST: "The request is not GraphQL over HTTP.",
  METHOD_NOT_ALLOWED: "This path does not answer this HTTP method.",
  NOT_FOUND: "Nothing answers at this path.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not application/json.",
  PAYLOAD_TOO_LARGE: "The body is too large.",
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  QUERY_TOO_LARGE:
    "The document, its variables or the answer are too long, too deep or too costly for one request; the sentence says which, and what is allowed. Nothing of the answer is told. `extensions.stored` is true where something that the request changed is stored: the same idempotencyKey with a smaller selection answers it.",
  RATE_LIMITED: "The caller has spent its budget of cost; the header Retry-After says when enough of it is back.",
  DEADLINE_EXCEEDED: "The request took longer than allowed and was stopped; of the change at which it was stopped nothing was stored.",
  OPERATION_RESOLUTION_FAILURE: "It is not clear which operation of the document is meant.",
  PERSISTED_QUERY_NOT_SUPPORTED: "The whole document has to be sent.",
  BAD_USER_INPUT: "A variable or an argument has a wrong value.",
  IDEMPOTENCY_KEY_REUSED: "This idempotencyKey came before with another change; make a new key for each change.",
  OVERLOADED: "Too many requests wait already; nothing was done. The header Retry-After says when to try again.",
  UNAVAILABLE: "The database, or the provider that proves the token, does not answer; nothing was stored. Try again later.",
  READ_ONLY: "The database takes no changes now (it is read-only, or its disk is full); nothing was stored. Reading goes on.",
  OUTCOME_UNKNOWN:
    "The change may have been stored: the connection to the database broke while it was being committed, or the request failed after a change of it was stored. Send the same request with the same idempotencyKey again: it answers what happened, and changes nothing twice.",
  INTERNAL_SERVER_ERROR: "A fault of the hub; the id in the answer is also in its log.",
} as const;
export type RequestErrorCode = keyof typeof REQUEST_ERROR_CODES;

/** A request, or a field of its answer, that fails for a known reason. GraphQL tells the code by `extensions`; `cause` stays inside. */
export class RequestFault extends Error {
  readonly extensions: { readonly code: RequestErrorCode };

  constructor(
    readonly code: RequestErrorCode,
    cause?: unknown,
    message: string = REQUEST_ERROR_CODES[code],
  ) {
    super(message, { cause });
    this.extensions = { code };
  }
}
