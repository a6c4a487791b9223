import { BODY_LIMITS, DOCUMENT_LIMITS, MOST_COST, MOST_ROWS, REQUEST_COST, VARIABLE_LIMITS } from "../../domain/ground/limits.js";
import { CHARACTER, VALUE } from "./argument-weight.js";
import { CHANGE, ROW } from "./price.js";

/** What may be selected of each row's answer, in points, so that `SURE_ROWS` fit: all that is usual, several times over. */
export const ANSWER = 20;

/** Rows that fit into a request whatever they hold, however long its body and its document are, directives and units in lists aside. */
export const SURE_ROWS = hundreds((MOST_COST - REQUEST_COST - CHANGE - longestReading()) / (ROW + ANSWER));

/** Of a list of rows in an input. */
export function rowsOfBatch(what: string): string {
  const [sure, most] = [SURE_ROWS, MOST_ROWS].map((rows) => rows.toLocaleString("en"));
  return `${what}: ${sure} fit into a request for certain, up to ${most} where its price allows; the query limits tells how it is made up.`;
}

/** What reading the longest body with the longest document and the most values costs. */
function longestReading(): number {
  const { bytes, bytesPerPoint } = BODY_LIMITS;
  const { characters, charactersPerPoint } = DOCUMENT_LIMITS;
  return bytes / bytesPerPoint + characters / charactersPerPoint + VARIABLE_LIMITS.values * VALUE + bytes * CHARACTER;
}

function hundreds(rows: number): number {
  return Math.floor(rows / 100) * 100;
}
