/** Chances that fall the same way every time. */
export interface Dice {
  /** A fraction from 0 to below 1. */
  next(): number;
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  /** True with this likelihood. */
  chance(likelihood: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
}

const SALT = "Tonghop demonstration 1";

/**
 * Dice of their own for a text, e.g. the code of a school and a topic: what is made for one school does not change when
 * another is added. Hash: FNV-1a; generator: mulberry32.
 */
export function diceFor(text: string): Dice {
  let state = fnv1a(`${SALT} ${text}`);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return { next, between, chance: (likelihood) => next() < likelihood, pick: (list) => list[between(0, list.length - 1)] ?? list[0] };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
