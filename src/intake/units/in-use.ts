import { type Words } from "../../domain/ground/words.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { codesSeen } from "../hints.js";

/** Codes that are named of each sort. */
const MOST_NAMED = 5;

/** What depends on a unit that is to be taken away, whatever becomes of it. */
export interface InUse {
  /** The code of a unit that was asked for, as far as the caller sees it. */
  codeOf(id: string): string | null;
  /** The units that depend on it, each sort in a phrase. */
  units: Words[];
  tokens: Words[];
}

/** Looks up what depends on a unit. `also`: more units whose codes are asked for; `but`: one that may follow it, or be followed. */
export async function inUse(
  stores: Stores,
  change: Change,
  unitId: string,
  { also = [], but = null }: { also?: readonly string[]; but?: string | null } = {},
): Promise<InUse> {
  const below = (await stores.units.placementsBelow(unitId)).map(({ unitId: id }) => id);
  const before = (await stores.lineage.into([unitId])).map(({ predecessorId }) => predecessorId);
  const after = (await stores.lineage.outOf([unitId])).map(({ successorId }) => successorId);
  const tokens = await stores.tokens.countLive(unitId, change.now);
  const codes = await codesSeen(stores, change, [...new Set([...also, ...below, ...before, ...after])]);
  const codeOf = (id: string) => codes.get(id) ?? null;
  const codesOf = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id !== but).map(codeOf);
  return {
    codeOf,
    units: [
      ...sortInUse(
        codesOf(below),
        "unit that stands or stood below it",
        "units that stand or stood below it",
        "đơn vị trực thuộc, hiện nay hoặc trước đây",
      ),
      ...sortInUse(codesOf(before), "predecessor", "predecessors", "đơn vị tiền thân"),
      ...sortInUse(codesOf(after), "successor", "successors", "đơn vị kế tiếp"),
    ],
    tokens: sortInUse(
      Array<null>(tokens).fill(null),
      "token for its branch",
      "tokens for its branch",
      "mã truy cập cho phạm vi của đơn vị",
    ),
  };
}

/** "3 successors (A, B)"; nothing where there is none. What is null has no name for the caller. */
export function sortInUse(names: readonly (string | null)[], one: string, several: string, vi: string): Words[] {
  if (names.length === 0) return [];
  const named = [...new Set(names.flatMap((name) => name ?? []))].sort();
  const more = named.length > MOST_NAMED ? [...named.slice(0, MOST_NAMED), "…"] : named;
  const listed = more.length > 0 ? ` (${more.join(", ")})` : "";
  return [{ en: `${names.length} ${names.length === 1 ? one : several}${listed}`, vi: `${names.length} ${vi}${listed}` }];
}
