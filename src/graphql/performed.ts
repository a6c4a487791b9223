import { createHash } from "node:crypto";
import type { GraphQLResolveInfo } from "graphql";
import { type Caller } from "../domain/caller.js";
import { inUnitOfWork, type Outcome } from "../intake/change.js";
import { type TallyChange, withEffects } from "../rollup/effects.js";
import type { Stores } from "../storage/stores.js";
import { type GraphContext } from "./context.js";
import { fault } from "./faults.js";
import { type ChangeInput } from "./payload.type.js";
import { selects } from "./selection.js";

/** Work tells of each object what became of it. */
type Done = { outcome: Outcome } | readonly { outcome: Outcome }[];

/** What a unit of work of a mutation came to. `changes`: what it did to the figures; null where nobody asked. */
interface Performed<T> {
  result: T;
  changes: readonly TallyChange[] | null;
  /** The change had been made before under the same key; this is what it came to then. */
  replayed: boolean;
}

/** A change with an idempotency key. `id` stands for the caller and the key, `digest` for all that is asked. */
interface KeyedChange {
  id: string;
  digest: string;
}

/**
 * One unit of work of a mutation; what it does to the figures is looked at only where `effects` is selected. Made before under
 * the same key, it is not made again, and tells what it came to then, whatever role the caller has now: nothing is changed by it.
 */
export async function performed<T extends Done>(
  context: GraphContext,
  info: GraphQLResolveInfo,
  input: ChangeInput,
  work: (stores: Stores) => Promise<T>,
): Promise<Performed<T>> {
  const { database, caller, now, today } = context;
  const keyed = keyedChange(caller, info.fieldName, input);
  const perform = async (stores: Stores): Promise<Performed<T>> => ({
    ...(selects(info, "effects") ? await withEffects(stores, { caller, today }, work) : { result: await work(stores), changes: null }),
    replayed: false,
  });
  const done = await inUnitOfWork(
    database,
    input.dryRun ?? false,
    (stores) => (keyed ? once(stores, keyed, now, () => perform(stores)) : perform(stores)),
    (result) => ({ result: result as T, changes: selects(info, "effects") ? [] : null, replayed: false }),
  );
  context.renew(!input.dryRun && !isRefused(done));
  if (done.replayed) await refuseForeign(context, done);
  return done;
}

/** What a caller was told once it is told again only while all of it stands in its branch. */
async function refuseForeign({ loaders }: GraphContext, done: Performed<unknown>): Promise<void> {
  const views = await Promise.all(unitsIn(done).map((id) => loaders.unit(id)));
  if (views.includes(null))
    throw fault(
      "UNIT_NOT_FOUND",
      "This change was made before under the same idempotencyKey; its answer tells of a unit that is not in your branch any more.",
    );
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
async function once<T extends Done>(
  { idempotency }: Stores,
  { id, digest }: KeyedChange,
  now: Date,
  work: () => Promise<Performed<T>>,
): Promise<Performed<T>> {
  const before = await idempotency.find(id);
  if (before) return replay(before);
  const done = await work();
  if (isRefused(done)) {
    // It may have been refused because the same change was made while it waited.
    const meanwhile = await idempotency.find(id);
    return meanwhile ? replay(meanwhile) : done;
  }
  await idempotency.insert(id, { digest, answer: JSON.stringify(done) }, now);
  return done;

  function replay(stored: { digest: string; answer: string }): Performed<T> {
    if (stored.digest !== digest)
      throw fault("IDEMPOTENCY_KEY_REUSED", "This idempotencyKey came before with another change; make a new key for each change.");
    return { ...(JSON.parse(stored.answer, revived) as Performed<T>), replayed: true };
  }
}

const isRefused = ({ result }: Performed<Done>) => [result].flat().every(({ outcome }) => outcome === "REJECTED");

const INSTANTS = ["recordedAt", "publishedAt"];

/** JSON knows no instants. */
function revived(key: string, value: unknown): unknown {
  return INSTANTS.includes(key) && typeof value === "string" ? new Date(value) : value;
}

/** The units of which a result tells something. */
function unitsIn({ result, changes }: Performed<unknown>): string[] {
  const ids = new Set((changes ?? []).map(({ unit }) => unit.id));
  JSON.stringify(result, (key, value: unknown) => {
    if (key === "unitId" && typeof value === "string") ids.add(value);
    return value;
  });
  return [...ids];
}
