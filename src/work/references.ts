import { sees } from "./sight.js";
import { type Problem, problem } from "../domain/ground/problem.js";
import { NO_WORDS, type Words } from "../domain/ground/words.js";
import { cleanText, identityFold } from "../domain/ground/vietnamese.js";
import type { Stores } from "../storage/stores/stores.js";
import { type Asker } from "./change.js";
import { closest, didYouMean } from "./closest.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that a reference is, however it is written; `null` for everything else, which is read as a code. */
export function idIn(reference: string): string | null {
  const folded = identityFold(reference);
  return uuid.test(folded) ? folded : null;
}

/** Turns what callers write for units, an id or a code, into ids, and only of units in their branch. */
export class References {
  private constructor(
    private readonly ids: ReadonlyMap<string, string>,
    private readonly suggest: (reference: string) => Promise<Words>,
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
      if (idIn(reference) !== null || left-- <= 0) return NO_WORDS;
      codes ??= codesOfBranch(stores, change);
      const near = closest(reference, await codes);
      return didYouMean(near);
    });
  }

  /** The id, or `null` where the caller has no such unit. */
  id(reference: string): string | null {
    return this.ids.get(cleanText(reference)) ?? null;
  }

  async notFound(reference: string, field: string): Promise<Problem> {
    const [asked, meant] = [reference.slice(0, 70), await this.suggest(reference)];
    return problem("UNIT_NOT_FOUND", field, {
      en: `There is no unit "${asked}" in your branch.${meant.en}`,
      vi: `Không có đơn vị "${asked}" trong phạm vi quản lý.${meant.vi}`,
    });
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
