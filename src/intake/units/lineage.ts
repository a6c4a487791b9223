import { type Level, LEVEL_IN_VIETNAMESE } from "../../domain/tree/unit.js";
import { type Day, NEVER, vietnameseDay } from "../../domain/ground/day.js";
import { lives, placementOn, type UnitHistory } from "../../domain/tree/history.js";
import { endReasonOf, type SuccessionKind, successionOf, tooManyRelatives } from "../../domain/tree/lineage.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type References } from "../../work/references.js";

/** Reads the successors named for an end: other units of the branch, of the same level, open on that day. */
export async function successorProblems(
  stores: Stores,
  references: References,
  named: readonly string[],
  { history, on }: { history: UnitHistory; on: Day },
): Promise<{ successorIds: string[]; problems: Problem[] }> {
  const excess = tooManyRelatives("successors", named);
  if (excess) return { successorIds: [], problems: [excess] };
  const ids = named.map((reference) => references.id(reference));
  const histories = await stores.units.histories(ids.flatMap((id) => id ?? []));
  const problems: Problem[] = [];
  for (const [index, id] of ids.entries()) {
    const field = `successors.${index}`;
    const successor = id === null ? undefined : histories.get(id);
    if (!successor) problems.push(await references.notFound(named[index] ?? "", field));
    else if (successor.unit.id === history.unit.id)
      problems.push(
        problem("RULE", field, {
          en: `${history.unit.code} does not follow itself; name the units that take its place.`,
          vi: `${history.unit.code} không kế tiếp chính mình; hãy ghi các đơn vị thay thế.`,
        }),
      );
    else if (successor.unit.level !== history.unit.level) problems.push(otherLevel(successor, history.unit, field));
    else if (!placementOn(successor, on))
      problems.push(
        problem("UNIT_CLOSED", field, {
          en: `${successor.unit.code} is not open on ${on}; a successor takes over on that day.`,
          vi: `${successor.unit.code} không hoạt động vào ngày ${vietnameseDay(on)}; đơn vị kế tiếp tiếp nhận từ ngày đó.`,
        }),
      );
  }
  return { successorIds: [...new Set(ids.flatMap((id) => id ?? []))], problems };
}

/** What is wrong with the predecessors of a unit about to be registered; `found`: each as it was looked up. */
export function predecessorProblems(
  found: readonly UnitHistory[],
  { code, level, openedOn }: { code: string; level: UnitHistory["unit"]["level"]; openedOn: Day },
): Problem[] {
  return found.flatMap((predecessor, index) => {
    const field = `predecessors.${index}`;
    if (predecessor.unit.level !== level) return [otherLevel(predecessor, { code, level }, field)];
    if (lifeBefore(predecessor, openedOn)) return [];
    const opened = vietnameseDay(predecessor.placements[0]?.from ?? openedOn);
    return [
      problem("RULE", field, {
        en: `${predecessor.unit.code} opened on ${predecessor.placements[0]?.from}, not before ${openedOn}; a predecessor was there first.`,
        vi: `${predecessor.unit.code} hoạt động từ ngày ${opened}, không trước ngày ${vietnameseDay(openedOn)}; đơn vị tiền thân phải có trước.`,
      }),
    ];
  });
}

/**
 * What kind of succession the registering of a successor tells: as the predecessor ended; of predecessors that still stand a
 * merger where there are several, a split where there is one. When such a one is closed, its reason decides anew.
 */
export function kindAtFounding(predecessor: UnitHistory, openedOn: Day, together: number): SuccessionKind {
  const life = lifeBefore(predecessor, openedOn);
  const last = predecessor.placements.find(({ until }) => until === life?.until);
  if (last && last.until !== NEVER) return successionOf(endReasonOf(last));
  return together > 1 ? "MERGED" : "SPLIT";
}

/** The last stretch of days on which a unit was open that began before a day. */
function lifeBefore({ placements }: UnitHistory, on: Day): { from: Day; until: Day } | undefined {
  return lives(placements).findLast(({ from }) => from < on);
}

/** What rests on units that came to be known or changed: what ended and may count through one of them, and who follows them, in whose reports something may be found. */
export async function restingOn({ units, lineage }: Stores, unitIds: readonly string[]): Promise<string[]> {
  const heirs = (await lineage.outOf(unitIds)).map(({ successorId }) => successorId);
  return [...(await units.endedBehind(unitIds)), ...heirs];
}

function otherLevel({ unit }: UnitHistory, than: { code: string; level: Level }, field: string): Problem {
  return problem("WRONG_LEVEL", field, {
    en: `${unit.code} is of level ${unit.level}, ${than.code} of level ${than.level}; a unit follows one of its own level.`,
    vi: `${unit.code} là ${LEVEL_IN_VIETNAMESE[unit.level]}, ${than.code} là ${LEVEL_IN_VIETNAMESE[than.level]}; đơn vị chỉ kế tiếp đơn vị cùng cấp.`,
  });
}
