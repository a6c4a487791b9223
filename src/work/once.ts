import { createHash } from "node:crypto";
import { type Caller } from "../domain/ground/caller.js";
import { RequestFault } from "../domain/ground/request-fault.js";
import type { Stores } from "../storage/stores/stores.js";
import { isRefused, type Result } from "./change.js";
import { type Instants, inWords, revived } from "./stored-answer.js";
import { type Outcomes } from "./told.js";

/** What a unit of work came to, and whether it came to it before, under the same key. */
export type Performed<T> = Outcomes<T> & { replayed: boolean };

/** A change with an idempotency key. `id` stands for the caller and the key, `digest` for all that is asked. */
export interface KeyedChange {
  id: string;
  digest: string;
}

const LONGEST_KEY = 200;

/** A change under a key. `words`: what is asked for, which is the same whenever it is asked for again. */
export function keyedChange({ tokenId }: Caller, key: string, words: unknown): KeyedChange {
  const length = [...key].length;
  if (length < 1 || length > LONGEST_KEY)
    throw new RequestFault("BAD_USER_INPUT", undefined, `idempotencyKey has ${length} characters; expected 1 to ${LONGEST_KEY}.`);
  return { id: digestOf([tokenId, key]), digest: digestOf(words) };
}

function digestOf(said: unknown): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

/**
 * Does some work, unless it was done before under its key: then it tells what that came to. The key is stored last, in the
 * transaction of the work. Of many at once one can store it; the others fail on it, are undone, and tried again as a whole.
 */
export async function once<T extends Result>(
  { idempotency }: Stores,
  { id, digest }: KeyedChange,
  now: Date,
  instants: Instants<T>,
  work: () => Promise<Performed<T>>,
): Promise<Performed<T>> {
  const before = await idempotency.find(id);
  if (before) return replay(before);
  const done = await work();
  if (isRefused([done.result].flat())) {
    // It may have been refused because the same change was made while it waited.
    const meanwhile = await idempotency.find(id);
    return meanwhile ? replay(meanwhile) : done;
  }
  await idempotency.insert(id, { digest, answer: JSON.stringify(done) }, now);
  return done;

  function replay(stored: { digest: string; answer: string }): Performed<T> {
    if (stored.digest !== digest) throw new RequestFault("IDEMPOTENCY_KEY_REUSED");
    const answer = JSON.parse(stored.answer) as Performed<T>;
    const result = Array.isArray(answer.result) ? (answer.result as T[]).map(inWords) : inWords(answer.result as T);
    return { ...answer, result: revived<T | readonly T[]>(result, instants as Instants<T | readonly T[]>), replayed: true };
  }
}
