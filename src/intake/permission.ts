import { type Caller, type Deed, roleAllows } from "../domain/ground/caller.js";
import { type Problem, problem } from "../domain/ground/problem.js";
import { readsOnly } from "../domain/reporting/report-words.js";
import { type Change, type Result } from "../work/change.js";
import { answering } from "../work/unit-of-work.js";

/** What a result of a kind tells besides what all results do. */
type More<R extends Result> = Omit<R, keyof Result>;

/**
 * The first question of every change: does the role of the caller allow it? Of a row that it does not allow nothing is looked up. A row
 * that is forbidden, by its role or by what it would change, is told that and nothing else. `nothing`: what its result tells then.
 */
export function permitted<A, R extends Result>(
  { caller }: Change,
  asked: readonly A[],
  deedOf: (one: A) => Deed,
  nothing: More<R>,
  work: (allowed: readonly A[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const denied = asked.map((one) => forbidden(caller, deedOf(one)));
  const allowed = asked.filter((_, index) => denied[index] === null);
  return answering(
    async () => (allowed.length > 0 ? work(allowed) : []),
    (results) => {
      const done = results.values();
      return denied.map((found) => (found ? rejected([found], nothing) : onlyForbidden(done.next().value!, nothing)));
    },
  );
}

/** The same for a change of one thing. */
export async function permittedOne<R extends Result>({ caller }: Change, deed: Deed, nothing: More<R>, work: () => Promise<R>): Promise<R> {
  const denied = forbidden(caller, deed);
  return denied ? rejected([denied], nothing) : answering(work, (result) => onlyForbidden(result, nothing));
}

/** The refusal of what the role of a caller does not allow; null where it does. */
export function forbidden(caller: Caller, deed: Deed): Problem | null {
  if (roleAllows(caller, deed)) return null;
  if (deed === "RECORD") return problem("FORBIDDEN", null, readsOnly);
  return problem("FORBIDDEN", null, {
    en: `The role ${caller.role} does not allow to keep units, directives, later deadlines, published figures and school years; ask for a token of a steward.`,
    vi: `Vai trò ${caller.role} không được quản lý đơn vị, văn bản chỉ đạo, gia hạn, số liệu công bố và năm học; cần mã truy cập của người quản lý (steward).`,
  });
}

function onlyForbidden<R extends Result>(result: R, nothing: More<R>): R {
  const found = result.problems.filter(({ code }) => code === "FORBIDDEN");
  return found.length > 0 ? rejected(found, nothing) : result;
}

function rejected<R extends Result>(problems: Problem[], nothing: More<R>): R {
  return { outcome: "REJECTED", about: [], problems, ...nothing } as unknown as R;
}
