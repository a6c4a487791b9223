import { addDays, type Day, NEVER } from "../domain/day.js";
import { lives, placementOn, profileOn, type UnitHistory } from "../domain/history.js";
import { problem } from "../domain/problem.js";
import { levelOf, type Placement, type Profile } from "../domain/unit.js";
import { cleanText } from "../domain/vietnamese.js";
import type { Stores } from "../storage/stores.js";
import { type Change, References } from "./change.js";
import { changeUnit, topOfBranch } from "./one-unit.js";
import { profileOf, profileProblems, sameProfile, underParentProblems, type UnitResult } from "./register.js";

/** New values; what is not given stays. `from`: the day from which they hold; without it they correct what holds today. */
export interface UnitUpdate extends Partial<Omit<Profile, "unitId" | "from" | "until">> {
  unit: string;
  from: Day | null;
  expectedVersion: number | null;
}

/** Gives a unit another profile from a day, or corrects the one that holds. What makes it count is re-posted. */
export function updateUnit(stores: Stores, change: Change, { unit, from, expectedVersion, ...given }: UnitUpdate): Promise<UnitResult> {
  return changeUnit(stores, change, { reference: unit, expectedVersion, days: [["from", from]], onlyItself: true }, (history) => {
    const holding = profileOn(history, from ?? change.today);
    const wanted = profileOf({ ...holding, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) });
    wanted.name = cleanText(wanted.name);
    if (wanted.ownership !== "PUBLIC" && given.autonomyGroup === undefined) wanted.autonomyGroup = null;
    const problems = profileProblems(wanted);
    if (levelOf(wanted.kind) !== history.unit.level)
      problems.push(
        problem(
          "WRONG_LEVEL",
          "kind",
          `${wanted.kind} is not a kind of the level ${history.unit.level}; a unit's level never changes: register a new one.`,
        ),
      );
    if (problems.length > 0) return problems;
    if (sameProfile(wanted, holding)) return null;
    const profiles = history.profiles.flatMap((profile) => {
      if (profile !== holding) return [profile];
      if (from === null || profile.from === from) return [{ ...wanted, from: profile.from, until: profile.until }];
      return [
        { ...profile, until: from },
        { ...wanted, from, until: profile.until },
      ];
    });
    return { ...history, profiles };
  });
}

export interface UnitMove {
  unit: string;
  parent: string;
  on: Day;
  expectedVersion: number | null;
}

/** Places a unit, with all below it, under another parent from a day. */
export function moveUnit(stores: Stores, change: Change, { unit, parent, on, expectedVersion }: UnitMove): Promise<UnitResult> {
  return changeUnit(
    stores,
    change,
    { reference: unit, expectedVersion, days: [["on", on]], others: [parent] },
    async (history, references) => {
      const placement = placementOn(history, on);
      if (!placement) return [problem("UNIT_CLOSED", "on", `${history.unit.code} is not open on ${on}.`)];
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

export interface UnitClosing {
  unit: string;
  on: Day;
  expectedVersion: number | null;
}

/** Closes a unit: `on` is the first day on which it is no longer open. What stands below it must have gone before. */
export function closeUnit(stores: Stores, change: Change, { unit, on, expectedVersion }: UnitClosing): Promise<UnitResult> {
  return changeUnit(stores, change, { reference: unit, expectedVersion, days: [["on", on]] }, async (history) => {
    const life = lives(history.placements).find(({ from, until }) => from < on && on <= until);
    if (!life)
      return [
        problem(
          "UNIT_CLOSED",
          "on",
          `${history.unit.code} was not open on ${addDays(on, -1)}, the day before; it is open ${openDays(history)}.`,
        ),
      ];
    if (life.until === on) return null;
    const below = (await stores.units.placementsBelow(history.unit.id)).filter(({ from, until }) => until > on && from < life.until);
    if (below.length > 0) {
      const references = await References.find(
        stores,
        change,
        below.map(({ unitId }) => unitId),
      );
      const told = below.flatMap(({ unitId }) => references.id(unitId) ?? []).slice(0, 3);
      const codes = [...(await stores.units.histories(told)).values()].map(({ unit: child }) => child.code);
      const named = codes.length === 0 ? "" : ` (${codes.join(", ")}${below.length > codes.length ? ", …" : ""})`;
      return [
        problem(
          "OUTSIDE_PARENT_LIFE",
          "unit",
          `${below.length} units still stand below it on or after ${on}${named}; move or close them first.`,
        ),
      ];
    }
    const placements = history.placements
      .filter(({ from }) => from < on || from >= life.until)
      .map((placement) =>
        placement.from < on && placement.until > on && placement.from >= life.from ? { ...placement, until: on } : placement,
      );
    return { ...history, placements };
  });
}

export interface UnitReopening {
  unit: string;
  on: Day;
  parent: string | null;
  expectedVersion: number | null;
}

/** Opens a closed unit again from a day, under a parent or under the one it had. On the day of its closing it undoes it. */
export function reopenUnit(stores: Stores, change: Change, { unit, on, parent, expectedVersion }: UnitReopening): Promise<UnitResult> {
  return changeUnit(
    stores,
    change,
    { reference: unit, expectedVersion, days: [["on", on]], others: parent === null ? [] : [parent] },
    async (history, references) => {
      if (placementOn(history, on)) return [problem("RULE", "on", `${history.unit.code} is open on ${on} already.`)];
      const last = history.placements.findLast(({ until }) => until <= on);
      if (!last)
        return [
          problem(
            "OUT_OF_RANGE",
            "on",
            `${history.unit.code} opens only on ${history.placements[0]?.from}; a unit is reopened after it was closed.`,
          ),
        ];
      const parentId = parent === null ? last.parentId : references.id(parent);
      if (parent !== null && !parentId) return [await references.notFound(parent, "parent")];
      const until = history.placements.find(({ from }) => from > on)?.from ?? NEVER;
      const above = parentId ? (await stores.units.histories([parentId])).get(parentId) : undefined;
      const problems = above ? underParentProblems(above, { level: history.unit.level, from: on, until }, "parent") : [];
      if (problems.length > 0) return problems;
      const added: Placement = { unitId: history.unit.id, parentId, from: on, until };
      return { ...history, placements: joined([...history.placements, added].sort((a, b) => (a.from < b.from ? -1 : 1))) };
    },
  );
}

function openDays(history: UnitHistory): string {
  return lives(history.placements)
    .map(({ from, until }) => (until === NEVER ? `from ${from}` : `from ${from} until ${until}`))
    .join(" and ");
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

/** Adjoining placements under one parent are one. */
function joined(placements: readonly Placement[]): Placement[] {
  const result: Placement[] = [];
  for (const placement of placements) {
    const last = result.at(-1);
    if (last && last.until === placement.from && last.parentId === placement.parentId) last.until = placement.until;
    else result.push({ ...placement });
  }
  return result;
}
