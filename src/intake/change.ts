import { authorship } from "../domain/ground/authorship.js";
import { type Caller, sees } from "../domain/ground/caller.js";
import { type Day, dayInVietnam } from "../domain/ground/day.js";
import { type Problem, problem } from "../domain/ground/problem.js";
import { type UnitAction, type UnitChange } from "../domain/tree/unit-version.js";
import { type Provenance } from "../domain/tree/unit.js";
import { cleanText, identityFold } from "../domain/ground/vietnamese.js";
import type { Database } from "../storage/database/database.js";
import type { Stores } from "../storage/stores/stores.js";
import { closest } from "./closest.js";
import { type Words } from "../domain/ground/words.js";

/** Who changes the hub, when, and where the facts come from. */
export interface Change {
  caller: Caller;
  now: Date;
  today: Day;
  provenance: Provenance;
}

export function changeBy(caller: Caller, now: Date, provenance: Provenance = "REPORTED"): Change {
  return { caller, now, today: dayInVietnam(now), provenance };
}

/** STORED: something changed. UNCHANGED: it was so already. REJECTED: nothing was stored; the problems say why. */
export type Outcome = "STORED" | "UNCHANGED" | "REJECTED";

/** What became of a change of one thing. */
export interface Result {
  outcome: Outcome;
  /** Ids of the units of which it tells: nobody who may not see them all is told it. */
  about: readonly string[];
  problems: Problem[];
  /** What else a change that was stored does, and what it does not. */
  hints?: Words[];
}

class Undone<T> {
  constructor(readonly result: T) {}
}

/** Thrown where what a change did turns out to be refused: all of it is undone, and it answers this. */
export class Refused {
  constructor(readonly result: unknown) {}
}

/** What some work comes to, made into an answer; also where all of it is undone. */
export async function answering<T, A>(work: () => Promise<T>, answer: (result: T) => A | Promise<A>): Promise<A> {
  let result: T;
  try {
    result = await work();
  } catch (thrown) {
    throw thrown instanceof Refused ? new Refused(await answer(thrown.result as T)) : thrown;
  }
  return answer(result);
}

/** One unit of work. A dry run does all of it, answers the same and then undoes it. */
export async function inUnitOfWork<T>(database: Database, dryRun: boolean, work: (stores: Stores) => Promise<T>): Promise<T> {
  try {
    return await database.write(async (stores) => {
      const result = await work(stores);
      if (dryRun) throw new Undone(result);
      return result;
    });
  } catch (thrown) {
    if (thrown instanceof Undone || thrown instanceof Refused) return thrown.result as T;
    throw thrown;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that a reference is, however it is written; `null` for everything else, which is read as a code. */
export function idIn(reference: string): string | null {
  const folded = identityFold(reference);
  return uuid.test(folded) ? folded : null;
}

/** In whose branch units are looked up, and as of when. */
type Asker = Pick<Change, "caller" | "today">;

/** Turns what callers write for units, an id or a code, into ids, and only of units in their branch. */
export class References {
  private constructor(
    private readonly ids: ReadonlyMap<string, string>,
    private readonly suggest: (reference: string) => Promise<string>,
  ) {}

  static async find(stores: Stores, change: Asker, references: readonly string[]): Promise<References> {
    const wanted = [...new Set(references.map(cleanText))];
    const byCode = await stores.unitReader.idsByCode(wanted.filter((reference) => idIn(reference) === null));
    const asId = (reference: string) => idIn(reference) ?? byCode.get(reference);
    const views = await stores.unitReader.views([...new Set(wanted.flatMap((reference) => asId(reference) ?? []))], change.today);
    const ids = new Map<string, string>();
    for (const reference of wanted) {
      const view = views.get(asId(reference) ?? "");
      if (view && sees(change.caller, view)) ids.set(reference, view.id);
    }
    let codes: Promise<string[]> | null = null;
    let left = MOST_SUGGESTIONS;
    return new References(ids, async (reference) => {
      if (idIn(reference) !== null || left-- <= 0) return "";
      codes ??= codesOfBranch(stores, change);
      const near = closest(reference, await codes);
      return near ? ` Did you mean "${near}"?` : "";
    });
  }

  /** The id, or `null` where the caller has no such unit. */
  id(reference: string): string | null {
    return this.ids.get(cleanText(reference)) ?? null;
  }

  async notFound(reference: string, field: string): Promise<Problem> {
    return problem("UNIT_NOT_FOUND", field, `There is no unit "${reference.slice(0, 70)}" in your branch.${await this.suggest(reference)}`);
  }
}

/** A batch with a wrong code in every row would otherwise keep everybody waiting for seconds. */
const MOST_SUGGESTIONS = 50;
/** Codes among which a mistyped one is looked for. */
const CODES_TO_COMPARE = 5_000;

async function codesOfBranch(stores: Stores, { caller, today }: Asker): Promise<string[]> {
  const units = await stores.unitReader.page(
    { on: today, today, branch: caller.unitId },
    { by: "CODE", descending: false },
    { after: null, before: null, backwards: false, limit: CODES_TO_COMPARE },
  );
  return units.map(({ code }) => code);
}

/** Characters of a reason that are kept. */
const LONGEST_REASON = 500;

/** What the version of a unit says of a change. */
export function unitChange({ caller, now }: Change, action: UnitAction, reason: string | null): UnitChange {
  return { action, ...authorship(caller, now, reason && cleanText(reason)) };
}

/** A problem where a reason is too long to be kept; `field`: where it stands in the input. */
export function reasonProblems(reason: string | null, field = "reason"): Problem[] {
  const length = [...(reason ?? "")].length;
  return length > LONGEST_REASON
    ? [problem("OUT_OF_RANGE", field, `The reason has ${length} characters; expected at most ${LONGEST_REASON}.`)]
    : [];
}
