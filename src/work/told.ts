import { inBranch } from "../domain/ground/caller.js";
import { problem } from "../domain/ground/problem.js";
import type { Stores } from "../storage/stores/stores.js";
import { type Asker, type Result } from "./change.js";
import { type TallyChange } from "./effects.js";
import { sees } from "./sight.js";

/** What a change came to. `changes`: what it did to the figures; null where nobody asked. */
export interface Outcomes<T> {
  result: T | readonly T[];
  changes: readonly TallyChange[] | null;
}

/** What a caller is told of a result; `result` is null where it is not for its eyes. */
export interface Told<T extends Result> extends Pick<Result, "outcome" | "problems"> {
  result: T | null;
}

/** What a caller is told of what a change came to, result by result. */
export interface ToldOutcomes<T extends Result> extends Pick<Outcomes<T>, "changes"> {
  results: readonly Told<T>[];
}

/**
 * What a caller is told of what a change came to: a result, or an effect, only where it may see every unit of which it tells, as they
 * stand now. That asks what queries ask.
 */
export async function toldOf<T extends Result>(
  { unitReader }: Stores,
  { caller, today }: Asker,
  { result, changes }: Outcomes<T>,
): Promise<ToldOutcomes<T>> {
  const results = [result].flat() as T[];
  const about = results.map((one) => one.about ?? unitsIn(one));
  const ids = [...about.flat(), ...(changes ?? []).map(({ unit, voidUnder }) => voidUnder ?? unit.id)];
  const views = await unitReader.views([...new Set(ids)], today);
  const seen = (id: string) => {
    const view = views.get(id);
    return view !== undefined && sees(caller, view);
  };
  return {
    results: results.map((one, index) => {
      const { outcome, problems } = one;
      if (about[index]!.every(seen)) return { outcome, problems, result: one };
      return { outcome, problems: outcome === "REJECTED" ? [HIDDEN] : [], result: null };
    }),
    changes: changes && changes.filter(({ unit, voidUnder }) => (voidUnder === null ? inBranch(caller, []) : seen(voidUnder ?? unit.id))),
  };
}

const HIDDEN = problem("UNIT_NOT_FOUND", null, {
  en: "This was answered before under the same idempotencyKey; the answer tells of a unit that is not in your branch any more.",
  vi: "Yêu cầu này đã được trả lời với cùng idempotencyKey; câu trả lời nói về đơn vị không còn trong phạm vi quản lý.",
});

/** The units of which a result tells that was stored by 0.4.0, when results did not declare them. */
function unitsIn(result: unknown): string[] {
  const ids: string[] = [];
  JSON.stringify(result, (key, value: unknown) => {
    if (key === "unitId" && typeof value === "string") ids.push(value);
    return value;
  });
  return ids;
}
