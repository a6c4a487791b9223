import { ALWAYS, isDay } from "../../domain/ground/day.js";
import { digest } from "../../domain/ground/digest.js";
import { fault } from "./faults.js";

export type SortValue = string | number | null;

/** What one value of a list's sort key is. A cursor comes back from outside: what it holds may be anything. */
export type KeyPart = (value: unknown) => boolean;

/** Longer than any name, code or id that a list is sorted by. */
const LONGEST_TEXT = 1_000;

export const TEXT: KeyPart = (value) => typeof value === "string" && value.length <= LONGEST_TEXT && !value.includes("\0");
export const NUMBER: KeyPart = (value) => Number.isFinite(value);
/** A figure that a unit may not have. */
export const NUMBER_OR_NONE: KeyPart = (value) => value === null || NUMBER(value);
export const DAY: KeyPart = (value) => typeof value === "string" && (isDay(value) || value === ALWAYS);
/** A time as `toISOString` writes it: databases refuse to compare any other text with theirs. */
export const INSTANT: KeyPart = (value) => {
  const time = typeof value === "string" ? new Date(value) : null;
  return time !== null && !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

/**
 * The place of an entry in a list, with a checksum against slips: a changed cursor would be another place, or none. It proves
 * nothing: whoever writes a cursor with the right checksum asks for what lies between two places, of what is his to read anyway.
 */
export function cursorOf(order: string, key: readonly SortValue[]): string {
  const place = Buffer.from(JSON.stringify([order, ...key])).toString("base64url");
  return `${place}.${digest(place)}`;
}

/** The sort key that a cursor holds, which may be anything: what is none of this list is refused. `name`: of the argument. */
export function readCursor(name: string, order: string, parts: readonly KeyPart[], cursor: string): SortValue[] {
  const [place = "", sum] = cursor.split(".");
  try {
    if (sum === digest(place) && cursor === `${place}.${sum}`) {
      const [of, ...key] = JSON.parse(Buffer.from(place, "base64url").toString("utf8")) as unknown[];
      if (of === order && key.length === parts.length && parts.every((part, index) => part(key[index]))) return key as SortValue[];
    }
  } catch {
    // Not a cursor: refused below.
  }
  throw fault(
    "BAD_USER_INPUT",
    `${name} is not a cursor of this list; give the ${name === "after" ? "endCursor of the page before" : "startCursor of the page after"}, unchanged, with the same order.`,
  );
}
