import { createHash } from "node:crypto";
import type { GraphQLResolveInfo } from "graphql";
import { type Caller } from "../../domain/ground/caller.js";
import { type Problem } from "../../domain/ground/problem.js";
import { answering, inUnitOfWork, type Outcome, Refused, type Result } from "../../intake/change.js";
import { withEffects } from "../../rollup/effects.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type GraphContext } from "../engine/context.js";
import { fault } from "../engine/faults.js";
import { type ChangeInput } from "../engine/payload.type.js";
import { needed } from "../engine/selection.js";
import { type Instants, revived } from "./stored-answer.js";
import { type Outcomes, type Told, toldOf, type ToldOutcomes } from "./sight.js";

/** What a unit of work came to, and whether it came to it before, under the same key. */
type Performed<T> = Outcomes<T> & { replayed: boolean };

/** The answer of a mutation, result by result. */
type Answer<T extends Result> = ToldOutcomes<T> & { replayed: boolean };

/** A change with an idempotency key. `id` stands for the caller and the key, `digest` for all that is asked. */
interface KeyedChange {
  id: string;
  digest: string;
}

/**
 * One unit of work of a mutation, and what the caller is told of it; what it does to the figures is looked at only where `effects` is
 * selected. `instants`: those that a result holds. Made before under the same key, it is not made again, and tells what it came to then, whatever role the caller has now: nothing is
 * changed by it.
 */
export async function performed<T extends Result>(
  context: GraphContext,
  info: GraphQLResolveInfo,
  input: ChangeInput,
  instants: NoInfer<Instants<T>>,
  work: (stores: Stores) => Promise<T | readonly T[]>,
): Promise<Answer<T>> {
  const { database, caller, now, today } = context;
  const keyed = keyedChange(caller, info.fieldName, input);
  const { loads } = needed(info);
  const [effects, judging] = [loads.has("effects"), loads.has("judging")];
  const perform = async (stores: Stores): Promise<Performed<T>> => {
    try {
      if (effects) return { ...(await withEffects(stores, { caller, today, judging }, work)), replayed: false };
      return { result: await work(stores), changes: null, replayed: false };
    } catch (thrown) {
      throw thrown instanceof Refused
        ? new Refused({ result: thrown.result, changes: effects ? [] : null, replayed: false } as Performed<T>)
        : thrown;
    }
  };
  const answer = await inUnitOfWork(database, input.dryRun ?? false, (stores) =>
    answering(
      () => (keyed ? once(stores, keyed, now, instants, () => perform(stores)) : perform(stores)),
      async ({ replayed, ...done }) => ({ ...(await toldOf(stores, context, done)), replayed }),
    ),
  );
  context.renew(!input.dryRun && !isRefused(answer.results));
  return answer;
}

/** The same for a change of one thing. */
export async function performedOne<T extends Result>(
  ...change: Parameters<typeof performed<T>>
): Promise<Omit<Answer<T>, "results"> & Told<T>> {
  const { results, ...others } = await performed(...change);
  const [one] = results;
  if (!one) throw new Error("a change was made and nothing answered");
  return { ...one, ...others };
}

/** Of each row what is told of it; `denied`: why no row of the caller would be read at all, and then nothing else. */
export function rowByRow<T extends Result>(
  count: number,
  unread: ReadonlyMap<number, { problems: Problem[] }>,
  results: readonly Told<T>[],
  denied: Problem | null,
): Told<T>[] {
  const answers = results.values();
  return Array.from({ length: count }, (_, row) => {
    const problems = unread.get(row)?.problems;
    return problems ? { outcome: "REJECTED", problems: denied ? [denied] : problems, result: null } : answers.next().value!;
  });
}

const LONGEST_KEY = 200;

/** The change that an input asks for under a key; null where it has none, or is only tried. */
function keyedChange(caller: Caller, mutation: string, { idempotencyKey, ...asked }: ChangeInput): KeyedChange | null {
  if (idempotencyKey === undefined || idempotencyKey === null) return null;
  const length = [...idempotencyKey].length;
  if (length < 1 || length > LONGEST_KEY)
    throw fault("BAD_USER_INPUT", `idempotencyKey has ${length} characters; expected 1 to ${LONGEST_KEY}.`);
  return asked.dryRun ? null : { id: digestOf([caller.tokenId, idempotencyKey]), digest: digestOf([mutation, asked]) };
}

/** The fields of an input stand in the order of the schema, however they were sent. */
function digestOf(said: unknown): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

/**
 * Does some work, unless it was done before under its key: then it tells what that came to. The key is stored last, in the
 * transaction of the work. Of many at once one can store it; the others fail on it, are undone, and tried again as a whole.
 */
async function once<T extends Result>(
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
    if (stored.digest !== digest)
      throw fault("IDEMPOTENCY_KEY_REUSED", "This idempotencyKey came before with another change; make a new key for each change.");
    const answer = JSON.parse(stored.answer) as Performed<T>;
    return { ...answer, result: revived<T | readonly T[]>(answer.result, instants as Instants<T | readonly T[]>), replayed: true };
  }
}

const isRefused = (results: readonly { outcome: Outcome }[]) => results.every(({ outcome }) => outcome === "REJECTED");
