import { type Day } from "../ground/day.js";
import { lastDayIn, type UnitHistory } from "./history.js";
import { type Problem, problem } from "../ground/problem.js";
import { countsEventOf, type SchoolYear } from "./school-year.js";
import { type Placement } from "./unit.js";

/**
 * Why a unit ended. Wording: reorganisation of 2025 (dispatches 4133 and 4173/TLĐ-ToC of the general confederation on unions
 * whose staff the budget pays wholly; Law 97/2025/QH15, by which district federations ended) and practice.
 */
export const END_REASONS = {
  DISSOLVED_BUDGET_100: "Dissolved: its staff are paid wholly by the state budget (giải thể do hưởng 100% lương từ ngân sách).",
  DISTRICT_ABOLISHED: "Ended with the district level on 1 July 2025 (kết thúc hoạt động do bỏ cấp huyện).",
  SECTOR_ABOLISHED: "Ended with the sector union above or as one (kết thúc hoạt động công đoàn ngành).",
  MERGED: "Merged into another unit of its level (sáp nhập, hợp nhất).",
  SPLIT: "Split into several units of its level (chia, tách).",
  SCHOOL_CLOSED: "Its school or employer closed (trường, đơn vị giải thể).",
  OTHER: "Another reason, or none was given (lý do khác).",
} as const;
export type EndReason = keyof typeof END_REASONS;

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
  return problem("OUT_OF_RANGE", field, `${field} takes at most ${MOST_RELATIVES} entries, not ${named.length}.`);
}

/** Which kind of succession an end makes. */
export function successionOf(reason: EndReason): SuccessionKind {
  return reason === "MERGED" || reason === "SPLIT" ? reason : "REPLACED";
}

/** How many successors an end must have at least: a merger one, a split two. */
export function leastSuccessors(reason: EndReason): number {
  return reason === "SPLIT" ? 2 : reason === "MERGED" ? 1 : 0;
}

/** Short words of an end, as a distribution shows them. */
export const END_REASON_WORDS: Readonly<Record<EndReason, { en: string; vi: string }>> = {
  DISSOLVED_BUDGET_100: { en: "dissolved, staff paid wholly by the budget", vi: "giải thể do hưởng 100% lương từ ngân sách" },
  DISTRICT_ABOLISHED: { en: "district level abolished", vi: "bỏ cấp huyện" },
  SECTOR_ABOLISHED: { en: "sector union abolished", vi: "kết thúc công đoàn ngành" },
  MERGED: { en: "merged", vi: "sáp nhập, hợp nhất" },
  SPLIT: { en: "split", vi: "chia, tách" },
  SCHOOL_CLOSED: { en: "school closed", vi: "trường, đơn vị giải thể" },
  OTHER: { en: "other or not told", vi: "lý do khác hoặc chưa rõ" },
};

/** Why a unit closed at the end of a placement; OTHER where nobody said. Only asked of one after which the unit is closed. */
export function endReasonOf(placement: Placement): EndReason {
  return placement.endReason ?? "OTHER";
}
