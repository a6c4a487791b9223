import { sees } from "../domain/caller.js";
import { type Problem, problem } from "../domain/problem.js";
import { kindOf } from "../domain/records/kinds.js";
import { type StoredRecord } from "../domain/records/record.js";
import type { Stores } from "../storage/stores.js";
import { type Change } from "./change.js";
import { type Twins } from "./merged-records.js";

/** Codes that are named of each sort; how many there are it says. */
const MOST_NAMED = 5;
/** Duplicates that a unit may have: above that somebody joins what is no duplicate. */
export const MOST_DUPLICATES = 50;

/**
 * What cannot go over to another unit with a duplicate, each sort named, of units outside the caller's branch only how many they are. Units below it are
 * moved first, each from the day on which it came: so each of them is judged, told and kept as a move of its own.
 */
export async function mergedInUse(
  stores: Stores,
  change: Change,
  { duplicate, right }: Twins,
  staying: readonly StoredRecord[],
): Promise<Problem[]> {
  const { id, code } = duplicate.unit;
  const labels = (await stores.schoolYears.all()).map(({ label }) => label);
  const below = (await stores.units.placementsBelow(id)).map(({ unitId }) => unitId);
  const before = (await stores.lineage.into([id])).map(({ predecessorId }) => predecessorId);
  const after = (await stores.lineage.outOf([id])).map(({ successorId }) => successorId);
  const published = (await stores.vintages.ofYears(labels)).filter(({ unitId }) => unitId === id);
  const tokens = await stores.tokens.countLive(id, change.now);
  const views = await stores.unitReader.views([...new Set([...below, ...before, ...after])], change.today);
  const codesOf = (ids: readonly string[]) =>
    ids.map((of) => {
      const view = views.get(of);
      return view && sees(change.caller, view) ? view.code : null;
    });
  const others = (ids: readonly string[]) => codesOf([...new Set(ids)].filter((of) => of !== right.unit.id));
  const sorts = [
    sort(codesOf([...new Set(below)]), "units that stand or stood below it"),
    sort(others(before), "predecessors"),
    sort(others(after), "successors"),
    sort(
      staying.map(({ kind }) => kindOf(kind).typeName),
      "records that speak for its branch",
    ),
    sort(
      published.map(({ id: vintage }) => vintage),
      "vintages that it published",
    ),
    sort(Array<null>(tokens).fill(null), "tokens for its branch"),
  ].flatMap((one) => one ?? []);
  const problems: Problem[] = [];
  if (sorts.length > 0)
    problems.push(
      problem(
        "IN_USE",
        "unit",
        `${code} cannot be joined to ${right.unit.code} yet: ${sorts.join("; ")}. Move what is below it from the day on which it came, name its successors and predecessors anew, withdraw or revoke the rest.`,
      ),
    );
  const known = await stores.mergedUnits.of([id, right.unit.id]);
  const duplicates = [...known.values()].flat().length;
  if (duplicates >= MOST_DUPLICATES)
    problems.push(
      problem("TOO_MANY", "into", `${right.unit.code} would have more than ${MOST_DUPLICATES} duplicates, the most that a unit may have.`),
    );
  return problems;
}

/** "successors: 3 (A, B)"; null where there is none. What is null has no name for the caller. */
function sort(names: readonly (string | null)[], what: string): string | null {
  if (names.length === 0) return null;
  const named = [...new Set(names.flatMap((name) => name ?? []))].sort();
  const more = named.length > MOST_NAMED ? [...named.slice(0, MOST_NAMED), "…"] : named;
  return `${what}: ${names.length}${more.length > 0 ? ` (${more.join(", ")})` : ""}`;
}
