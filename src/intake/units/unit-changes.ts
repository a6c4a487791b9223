import { type Day, vietnameseDay } from "../../domain/ground/day.js";
import { joined, placementOn, profileOn, type UnitHistory } from "../../domain/tree/history.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { LEVEL_IN_VIETNAMESE, levelOf, type Placement, type Profile, profileOf, sameProfile } from "../../domain/tree/unit.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { adds } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { changeUnit, topOfBranch } from "./one-unit.js";
import { type UnitResult } from "./register.js";
import { profileProblems, underParentProblems } from "./unit-problems.js";
import { foreignPast } from "../locks/verdict.js";

/** New values; what is not given stays. `from`: the day from which they hold; without it they correct what holds today. */
export interface UnitUpdate extends Partial<Omit<Profile, "unitId" | "from" | "until">> {
  unit: string;
  from: Day | null;
  expectedVersion: number | null;
  changeReason: string | null;
}

/** Gives a unit another profile from a day, or corrects the one that holds. What makes it count is re-posted. */
export function updateUnit(
  stores: Stores,
  change: Change,
  { unit, from, expectedVersion, changeReason, ...given }: UnitUpdate,
): Promise<UnitResult> {
  const profilesOf = (history: UnitHistory) => {
    const holding = profileOn(history, from ?? change.today);
    const wanted = profileOf({ ...holding, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) });
    wanted.name = cleanText(wanted.name);
    return { holding, wanted };
  };
  const differing = (history: UnitHistory) => {
    const { holding, wanted } = profilesOf(history);
    return (["name", "kind", "schoolLevel", "ownership", "autonomyGroup"] as const).filter((field) => wanted[field] !== holding[field]);
  };
  const asked = {
    reference: unit,
    expectedVersion,
    action: "UPDATED" as const,
    changeReason,
    days: [["from", from] as const],
    onlyItself: true,
    differing,
  };
  return changeUnit(stores, change, asked, async (history) => {
    const { holding, wanted } = profilesOf(history);
    if (wanted.ownership !== "PUBLIC" && given.autonomyGroup === undefined) wanted.autonomyGroup = null;
    if (sameProfile(wanted, holding)) return null;
    const profiles = history.profiles.flatMap((profile) => {
      if (profile !== holding) return [profile];
      if (from === null || profile.from === from) return [{ ...wanted, from: profile.from, until: profile.until }];
      return [
        { ...profile, until: from },
        { ...wanted, from, until: profile.until },
      ];
    });
    const updated = { ...history, profiles };
    const problems = [...(await reachesOthers(stores, change, history, updated)), ...profileProblems(wanted)];
    if (levelOf(wanted.kind) !== history.unit.level)
      problems.push(
        problem("WRONG_LEVEL", "kind", {
          en: `${wanted.kind} is not a kind of the level ${history.unit.level}; a unit's level never changes: register a new one.`,
          vi: `${wanted.kind} không phải là loại đơn vị của cấp ${LEVEL_IN_VIETNAMESE[history.unit.level]}; cấp của đơn vị không thay đổi: hãy đăng ký đơn vị mới.`,
        }),
      );
    return problems.length > 0 ? problems : updated;
  });
}

/**
 * What a unit is said to be in the years that others keep stays, its name, too: a correction without a day holds back to the
 * beginning of what it corrects. A year in which it adds to no figure is nobody's.
 */
async function reachesOthers(stores: Stores, change: Change, before: UnitHistory, after: UnitHistory): Promise<Problem[]> {
  const reached = (await stores.schoolYears.all()).filter(
    ({ referenceDate }) => !sameProfile(profileOn(before, referenceDate), profileOn(after, referenceDate)),
  );
  const dossiers = await stores.ledger.dossiers(
    [before.unit.id],
    reached.map(({ label }) => label),
  );
  const places = dossiers.filter(adds).map(({ unitId, schoolYear, line }) => ({ unitId, schoolYear, lines: [line] }));
  return foreignPast(stores, change, "from", places);
}

export interface UnitMove {
  unit: string;
  parent: string;
  on: Day;
  expectedVersion: number | null;
  changeReason: string | null;
}

/** Places a unit, with all below it, under another parent from a day. */
export function moveUnit(
  stores: Stores,
  change: Change,
  { unit, parent, on, expectedVersion, changeReason }: UnitMove,
): Promise<UnitResult> {
  return changeUnit(
    stores,
    change,
    {
      reference: unit,
      expectedVersion,
      action: "MOVED",
      changeReason,
      days: [["on", on]],
      others: [parent],
      differing: (history, references) => (placementOn(history, on)?.parentId === references.id(parent) ? [] : ["parent"]),
    },
    async (history, references) => {
      const placement = placementOn(history, on);
      if (!placement)
        return [
          problem("UNIT_CLOSED", "on", {
            en: `${history.unit.code} is not open on ${on}.`,
            vi: `${history.unit.code} không hoạt động vào ngày ${vietnameseDay(on)}.`,
          }),
        ];
      if (placement.parentId === null && change.caller.role !== "ADMINISTRATOR") return [topOfBranch(history)];
      const parentId = references.id(parent);
      if (!parentId) return [await references.notFound(parent, "parent")];
      if (parentId === placement.parentId) return null;
      const parentHistory = (await stores.units.histories([parentId])).get(parentId);
      const problems = parentHistory
        ? underParentProblems(parentHistory, { level: history.unit.level, from: on, until: placement.until }, "parent")
        : [];
      if (problems.length > 0) return problems;
      return { ...history, placements: withParent(history.placements, placement, { from: on, until: placement.until }, parentId) };
    },
  );
}

/** The placements with another parent for some days of one of them. */
function withParent(all: readonly Placement[], one: Placement, days: { from: Day; until: Day }, parentId: string): Placement[] {
  return joined(
    all.flatMap((placement) => {
      if (placement !== one) return [placement];
      const before = placement.from < days.from ? [{ ...placement, until: days.from }] : [];
      return [...before, { ...placement, parentId, ...days }];
    }),
  );
}
