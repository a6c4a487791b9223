import { type FieldNode, Kind } from "graphql";
import { BODY_LIMITS, MOST_COST, MOST_ROWS, REQUEST_COST } from "../../domain/ground/limits.js";
import { weightOf } from "./argument-weight.js";
import { argumentsOf, type Asked, variablesOf } from "./query-cost.js";
import { rowsOf } from "./by-arguments.js";
import { CHANGE, NAMED, priceOf } from "./price.js";

/** What a request costs, in points, and the characters of its document. */
export interface Priced {
  operation: number;
  body: number;
  document: number;
  characters: number;
}

/**
 * Of how many of its rows a batch that costs too much may be, wherever in the list they stand: so many one after the other fit into a
 * request of the same document. Null for an operation that is anything else than one batch, or has a row that is too dear alone.
 */
export function rowsThatFit({ operation, schema, variables }: Asked, price: Priced): number | null {
  const { selections } = operation.selectionSet;
  const [field] = selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
  const asked = field && schema.getMutationType()?.getFields()[field.name.value];
  const pointsOf = asked && priceOf(asked)?.row;
  if (!pointsOf || selections.length > 1) return null;
  const rows = rowsOf(argumentsOf(field, variablesOf(operation, variables)));
  const sent = rows.map((row) => {
    const { points, texts } = weightOf(row);
    return { points: pointsOf(row) + NAMED * texts + points, characters: JSON.stringify(row)?.length ?? 0 };
  });
  const sum = (of: (row: (typeof sent)[number]) => number) => sent.reduce((all, row) => all + of(row), 0);
  const ofDocument = price.characters / BODY_LIMITS.bytesPerPoint;
  const ofCharacter =
    Math.max(0, price.body - REQUEST_COST - ofDocument) /
    Math.max(
      1,
      sum(({ characters }) => characters),
    );
  // What is left is what is selected of each row's answer.
  const ofAnswer = Math.max(0, price.operation - CHANGE - sum(({ points }) => points)) / rows.length;
  const costs = sent.map(({ points, characters }) => points + characters * ofCharacter + ofAnswer);
  return shortestRun(costs, MOST_COST - REQUEST_COST - price.document - ofDocument - CHANGE);
}

/** How many costs, wherever they stand one after the other, do not exceed an allowance together. */
function shortestRun(costs: readonly number[], allowance: number): number | null {
  let fits = Math.min(costs.length, MOST_ROWS);
  let sum = 0;
  for (let start = 0, end = 0; end < costs.length;) {
    sum += costs[end++]!;
    while (sum > allowance) {
      fits = Math.min(fits, end - start - 1);
      sum -= costs[start++]!;
    }
  }
  return fits > 0 ? fits : null;
}
