import { addDays, type Day, NEVER, vietnameseDay } from "../../domain/ground/day.js";
import { joined, lives, placementOn, type UnitHistory } from "../../domain/tree/history.js";
import { endReasonOf, leastSuccessors, type Succession, successionOf } from "../../domain/tree/lineage.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { capital } from "../../domain/ground/words.js";
import { type Placement } from "../../domain/tree/unit.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { References } from "../../work/references.js";
import { successorProblems } from "./lineage.js";
import { changeUnit } from "./one-unit.js";
import { type UnitResult } from "./register.js";
import { livesInVietnamese, underParentProblems } from "./unit-problems.js";
import { END_REASON_WORDS, type EndReason } from "../../domain/tree/end-reason.js";

export interface UnitClosing {
  unit: string;
  on: Day;
  /** Why; what was told before, else OTHER, unless given. */
  reason: EndReason | null;
  /** Ids or codes of the units that take its place; those known before unless given. */
  successors: readonly string[] | null;
  expectedVersion: number | null;
  changeReason: string | null;
}

/**
 * Closes a unit: `on` is the first day on which it is no longer open. What stands below it must have gone before. Sent again
 * for the same day it corrects the reason and the successors.
 */
export async function closeUnit(stores: Stores, change: Change, closing: UnitClosing): Promise<UnitResult> {
  const { unit, on, expectedVersion, changeReason } = closing;
  let before: Succession[] = [];
  let after: Succession[] = [];
  const differing = async ({ unit: { id }, placements }: UnitHistory, references: References) => {
    const last = placements.find(({ until }) => until === on);
    const known = (await stores.lineage.outOf([id])).filter((one) => one.on === on).map(({ successorId }) => successorId);
    const named = closing.successors?.map((successor) => references.id(successor) ?? successor) ?? known;
    return [
      ...(last ? [] : ["on"]),
      ...(closing.reason === null || (last && endReasonOf(last) === closing.reason) ? [] : ["reason"]),
      ...([...new Set(named)].sort().join() === known.sort().join() ? [] : ["successors"]),
    ];
  };
  const asked = {
    reference: unit,
    expectedVersion,
    action: "CLOSED" as const,
    changeReason,
    days: [["on", on] as const],
    others: closing.successors ?? [],
    differing,
  };
  const work = async (history: UnitHistory, references: References) => {
    const life = lives(history.placements).find(({ from, until }) => from < on && on <= until);
    if (!life) return [notOpenBefore(history, on)];
    before = await stores.lineage.outOf([history.unit.id]);
    const last = history.placements.find(({ until }) => until === life.until);
    const known = last && life.until !== NEVER ? endReasonOf(last) : "OTHER";
    const reason = closing.reason ?? known;
    const { successorIds, problems } = await successorProblems(stores, references, closing.successors ?? [], { history, on });
    const ofLife = (succession: Succession) => succession.on > life.from && isOfLife(history, succession.on, life.from);
    const named = successorIds.map((successorId) => ({
      predecessorId: history.unit.id,
      successorId,
      on,
      kind: successionOf(reason),
    }));
    const seen = await References.find(
      stores,
      change,
      before.map(({ successorId }) => successorId),
    );
    const replaced = (succession: Succession) =>
      closing.successors !== null && ofLife(succession) && seen.id(succession.successorId) !== null;
    const kept = before.filter((succession) => !replaced(succession));
    after = [...kept.map((one) => (ofLife(one) ? { ...one, kind: successionOf(reason) } : one)), ...named];
    const count = new Set(after.filter(ofLife).map(({ successorId }) => successorId)).size;
    if (problems.length === 0 && count < leastSuccessors(reason)) problems.push(tooFewSuccessors(reason, count));
    if (life.until !== on) problems.push(...(await stillBelow(stores, change, history, { from: on, until: life.until })));
    if (problems.length > 0) return problems;
    if (life.until === on && reason === known && isSame(before, after)) return null;
    const placements = history.placements
      .filter(({ from }) => from < on || from >= life.until)
      .map((placement) =>
        placement.from < on && placement.until >= on && placement.from >= life.from
          ? { ...placement, until: on, endReason: reason }
          : placement,
      );
    return { ...history, placements: joined(placements) };
  };
  return changeUnit(stores, change, asked, work, (unitId) => succeed(stores, unitId, before, after));
}

export interface UnitReopening {
  unit: string;
  on: Day;
  parent: string | null;
  expectedVersion: number | null;
  changeReason: string | null;
}

/**
 * Opens a closed unit again from a day, under a parent or under the one it had. On the day of its closing it undoes it: the
 * reason and the successors of that end are taken back.
 */
export async function reopenUnit(
  stores: Stores,
  change: Change,
  { unit, on, parent, expectedVersion, changeReason }: UnitReopening,
): Promise<UnitResult> {
  let before: Succession[] = [];
  let after: Succession[] = [];
  const differing = (history: UnitHistory, references: References) => {
    const open = placementOn(history, on);
    return [...(open ? [] : ["on"]), ...(parent !== null && open?.parentId !== references.id(parent) ? ["parent"] : [])];
  };
  const asked = {
    reference: unit,
    expectedVersion,
    action: "REOPENED" as const,
    changeReason,
    days: [["on", on] as const],
    others: parent === null ? [] : [parent],
    differing,
  };
  const work = async (history: UnitHistory, references: References) => {
    if (placementOn(history, on))
      return [
        problem("RULE", "on", {
          en: `${history.unit.code} is open on ${on} already.`,
          vi: `${history.unit.code} đang hoạt động vào ngày ${vietnameseDay(on)}.`,
        }),
      ];
    const last = history.placements.findLast(({ until }) => until <= on);
    if (!last) return [notOpenedYet(history)];
    const parentId = parent === null ? last.parentId : references.id(parent);
    if (parent !== null && !parentId) return [await references.notFound(parent, "parent")];
    if (parentId && (await References.find(stores, change, [parentId])).id(parentId) === null) return [formerParentOfOthers(history)];
    const until = history.placements.find(({ from }) => from > on)?.from ?? NEVER;
    const above = parentId ? (await stores.units.histories([parentId])).get(parentId) : undefined;
    const problems = above ? underParentProblems(above, { level: history.unit.level, from: on, until }, "parent") : [];
    if (problems.length > 0) return problems;
    if (last.until === on) {
      before = await stores.lineage.outOf([history.unit.id]);
      const life = lives(history.placements).find((candidate) => candidate.until === on)!;
      const ofEnd = (succession: Succession) => succession.on > life.from && isOfLife(history, succession.on, life.from);
      after = before
        .filter((succession) => !ofEnd(succession) || succession.on < on)
        .map((succession) => (ofEnd(succession) ? { ...succession, kind: "SPLIT" } : succession));
    }
    const added: Placement = { unitId: history.unit.id, parentId, from: on, until };
    return { ...history, placements: joined([...history.placements, added].sort((a, b) => (a.from < b.from ? -1 : 1))) };
  };
  return changeUnit(stores, change, asked, work, (unitId) => succeed(stores, unitId, before, after));
}

/** Stores a predecessor's successions and answers who follows, or no longer does: they may count as founded or not. */
async function succeed(stores: Stores, unitId: string, before: readonly Succession[], after: readonly Succession[]): Promise<string[]> {
  if (isSame(before, after)) return [];
  await stores.lineage.replace(unitId, after);
  return [...new Set([...before, ...after].map(({ successorId }) => successorId))];
}

function isSame(a: readonly Succession[], b: readonly Succession[]): boolean {
  const told = (list: readonly Succession[]) => list.map(({ successorId, on, kind }) => `${successorId} ${on} ${kind}`).sort();
  return told(a).join() === told(b).join();
}

/** Whether a day belongs to the life that began on `from`: it lies before the next one. */
function isOfLife(history: UnitHistory, on: Day, from: Day): boolean {
  const next = lives(history.placements).find((life) => life.from > from);
  return !next || on < next.from;
}

async function stillBelow(stores: Stores, change: Change, { unit }: UnitHistory, days: { from: Day; until: Day }): Promise<Problem[]> {
  const below = (await stores.units.placementsBelow(unit.id)).filter(({ from, until }) => until > days.from && from < days.until);
  if (below.length === 0) return [];
  const ids = below.map(({ unitId }) => unitId);
  const references = await References.find(stores, change, ids);
  const told = ids.flatMap((id) => references.id(id) ?? []).slice(0, 3);
  const codes = [...(await stores.units.histories(told)).values()].map(({ unit: child }) => child.code);
  const named = codes.length === 0 ? "" : ` (${codes.join(", ")}${below.length > codes.length ? ", …" : ""})`;
  return [
    problem("OUTSIDE_PARENT_LIFE", "unit", {
      en: `${below.length} units still stand below it on or after ${days.from}${named}; move or close them first.`,
      vi: `Còn ${below.length} đơn vị trực thuộc từ ngày ${vietnameseDay(days.from)} trở đi${named}; hãy chuyển hoặc đóng các đơn vị đó trước.`,
    }),
  ];
}

function tooFewSuccessors(reason: EndReason, count: number): Problem {
  return problem("REQUIRED", "successors", {
    en: `${reason} takes at least ${leastSuccessors(reason)} successor${reason === "SPLIT" ? "s" : ""}, ${count} ${count === 1 ? "is" : "are"} known: name them here, or register them first with this unit among their predecessors.`,
    vi: `${capital(END_REASON_WORDS[reason].vi)}: cần ít nhất ${leastSuccessors(reason)} đơn vị kế tiếp, mới có ${count}: hãy ghi tại đây, hoặc đăng ký các đơn vị đó trước với đơn vị này là đơn vị tiền thân.`,
  });
}

function notOpenBefore(history: UnitHistory, on: Day): Problem {
  const open = lives(history.placements).map(({ from, until }) => (until === NEVER ? `from ${from}` : `from ${from} until ${until}`));
  return problem("UNIT_CLOSED", "on", {
    en: `${history.unit.code} was not open on ${addDays(on, -1)}, the day before; it is open ${open.join(" and ")}.`,
    vi: `${history.unit.code} không hoạt động vào ngày ${vietnameseDay(addDays(on, -1))}, ngày liền trước; đơn vị hoạt động ${livesInVietnamese(history)}.`,
  });
}

function formerParentOfOthers({ unit }: UnitHistory): Problem {
  return problem("FORBIDDEN", "parent", {
    en: `${unit.code} last stood under a unit outside your branch; name the parent under which it opens.`,
    vi: `Lần gần nhất ${unit.code} trực thuộc đơn vị ngoài phạm vi quản lý; hãy ghi đơn vị cấp trên khi mở lại (parent).`,
  });
}

function notOpenedYet({ unit, placements }: UnitHistory): Problem {
  return problem("OUT_OF_RANGE", "on", {
    en: `${unit.code} opens only on ${placements[0]?.from}; a unit is reopened after it was closed.`,
    vi: `${unit.code} chỉ hoạt động từ ngày ${vietnameseDay(placements[0]?.from ?? NEVER)}; đơn vị mở lại sau khi đã đóng.`,
  });
}
