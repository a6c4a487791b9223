/**
 * What a request may be, at one address: what refuses it, what tells its limits beforehand (the query `limits`) and what describes
 * them read it here. Costs are in points of ten microseconds of one processor.
 */

/** The most that a request may cost: itself, its body, its document and its operation. */
export const MOST_COST = 800_000;

/** How much cost callers may spend: `capacity` at once, `refillPerSecond` in the long run. */
export interface Budget {
  capacity: number;
  refillPerSecond: number;
}

/**
 * Half a minute of one processor at once, and half a processor in the long run: an import of hundred thousands of rows by
 * one caller leaves the rest to everybody else.
 */
export const BUDGET: Budget = { capacity: 3_000_000, refillPerSecond: 50_000 };

/** How long the hub works on a request. */
export const WORK_MS = 30_000;

/** What an answer may be and take, whatever its price said before. */
export interface AnswerLimits {
  /** Objects, entries of lists among them; what has to be looked up weighs several, and so does an error. */
  objects: number;
  /** Bytes, as they are estimated from the values that come. */
  bytes: number;
  /** Milliseconds of the hub's thread for a query, and for an operation that changes something. */
  queryMs: number;
  changeMs: number;
}

/**
 * Twice what a page of 500 units needs with every indicator, its coverage and its target; four such answers at once stay below a
 * gigabyte. A query may take what `MOST_COST` stands for; a change, which goes through every unit where a school year is opened,
 * most of `WORK_MS`. Measured in docs/decisions/011-answers-are-metered.md.
 */
export const ANSWER_LIMITS: AnswerLimits = { objects: 160_000, bytes: 16 * 1024 * 1024, queryMs: 8_000, changeMs: 25_000 };

/** What every request costs, before anybody knows what it asks. */
export const REQUEST_COST = 50;

/** The largest body, and how many bytes of it cost a point: five megabytes of the dearest JSON take a second. */
export const BODY_LIMITS = { bytes: 5 * 1024 * 1024, bytesPerPoint: 50 } as const;

/**
 * What a document may hold, and how many characters cost a point where the hub does not know it yet. The largest screens that are
 * known hold a fifth of it. For each of its errors graphql-js counts the lines from the beginning.
 */
export const DOCUMENT_LIMITS = {
  characters: 200_000,
  charactersPerPoint: 10,
  lines: 6_000,
  tokens: 6_000,
  nesting: 60,
  /** Fields inside each other, fragments looked through: from the confederation to a school and back are twenty. */
  depth: 40,
  aliases: 300,
  directives: 100,
  spreads: 500,
  fragments: 50,
} as const;

/**
 * What the variables of a request may hold. The largest batch, 5,000 rows of the widest kinds, holds two thirds of the values and half
 * of the entries of a list; no input of the schema has more than half of the fields. Reading 250,000 values takes a request's turn of some 70 ms.
 */
export const VARIABLE_LIMITS = { values: 250_000, variables: 500, fields: 100, entries: 10_000, nesting: 30 } as const;

/**
 * What lists among the arguments of a field take, by argument, and any other, which is one of words: no catalogue or enumeration of the
 * schema has as many. Of orders each may cost a look into the ledger for every unit of the list; a gateway asks at once for all that
 * it found in pages inside pages.
 */
export const LIST_LIMITS = { ids: 500, representations: 5_000, orderBy: 5, words: 100 } as const;

/** The longest page of a list, and the one of a caller who names no length. */
export const PAGE_LIMITS = { longest: 500, usual: 50 } as const;

/** Rows of one batch: more would hold the ledger's rows for too long. */
export const MOST_ROWS = 5_000;

/** Units of a branch that is worked out otherwise to tell why a published figure differs: more would take seconds. */
export const MOST_RETALLIED = 5_000;
