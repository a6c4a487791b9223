import { vietnameseNumber } from "../ground/words.js";
import { type Day } from "../ground/day.js";
import { lastDayIn, type UnitHistory } from "./history.js";
import { type Problem, problem } from "../ground/problem.js";
import { countsEventOf, type SchoolYear } from "./school-year.js";
import { type Placement } from "./unit.js";
import { type EndReason } from "./end-reason.js";

/** What became of the predecessor when another unit of its level followed it. */
export const SUCCESSION_KINDS = {
  MERGED: "The predecessor was merged into the successor (sáp nhập, hợp nhất).",
  SPLIT: "The successor was split off or is a part of the predecessor (chia, tách).",
  REPLACED: "The predecessor ended for another reason and the successor took its place (thay thế).",
} as const;
export type SuccessionKind = keyof typeof SUCCESSION_KINDS;

/** A dated fact: one unit follows another of the same level. `on`: the day on which it took over. */
export interface Succession {
  predecessorId: string;
  successorId: string;
  on: Day;
  kind: SuccessionKind;
}

/** Whether another took over from a unit that ended in a school year: both on days that count in it, the end before its reference date. */
export function tookOverIn(year: SchoolYear, predecessor: Pick<UnitHistory, "placements">, { on }: Pick<Succession, "on">): boolean {
  const last = lastDayIn(predecessor, year);
  return last !== null && last < year.referenceDate && countsEventOf(year, on);
}

/** More units than one was ever merged of, or split into. */
const MOST_RELATIVES = 500;

/** Refuses more successors or predecessors than one change may name. */
export function tooManyRelatives(field: "successors" | "predecessors", named: readonly string[]): Problem | null {
  if (named.length <= MOST_RELATIVES) return null;
  return problem("OUT_OF_RANGE", field, {
    en: `${field} takes at most ${MOST_RELATIVES} entries, not ${named.length}.`,
    vi: `${field === "successors" ? "Danh sách đơn vị kế tiếp" : "Danh sách đơn vị tiền thân"} (${field}) có tối đa ${MOST_RELATIVES} mục, không phải ${vietnameseNumber(named.length)}.`,
  });
}

/** Which kind of succession an end makes. */
export function successionOf(reason: EndReason): SuccessionKind {
  return reason === "MERGED" || reason === "SPLIT" ? reason : "REPLACED";
}

/** How many successors an end must have at least: a merger one, a split two. */
export function leastSuccessors(reason: EndReason): number {
  return reason === "SPLIT" ? 2 : reason === "MERGED" ? 1 : 0;
}

/** Why a unit closed at the end of a placement; OTHER where nobody said. Only asked of one after which the unit is closed. */
export function endReasonOf(placement: Placement): EndReason {
  return placement.endReason ?? "OTHER";
}
