import { v7 as newId } from "uuid";
import { ALWAYS, type Day, NEVER, isDay } from "../../domain/ground/day.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { type LateFact } from "../../domain/counting/known-late.js";
import { type Succession, tooManyRelatives } from "../../domain/tree/lineage.js";
import { type Problem } from "../../domain/ground/problem.js";
import {
  type AutonomyGroup,
  KINDS,
  levelOf,
  type Ownership,
  type Profile,
  profileOf,
  sameProfile,
  type SchoolLevel,
  type UnitKind,
} from "../../domain/tree/unit.js";
import { cleanText, identityFold } from "../../domain/ground/vietnamese.js";
import { mapInStretches } from "../../stretches.js";
import { repost } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems, unitChange } from "../reason.js";
import { type Change, type Outcome, type Result } from "../../work/change.js";
import { References } from "../../work/references.js";
import { knownLateHint, Names } from "../hints.js";
import { kindAtFounding, predecessorProblems, restingOn } from "./lineage.js";
import { namesakeHints, watchingNames } from "./namesakes.js";
import { permitted } from "../permission.js";
import { inheritanceProblems } from "./inheritance.js";
import { RegisteredPast } from "../locks/registered-past.js";
import { codeProblems, dayProblems, IS_TOP, NEEDS_PARENT, profileProblems, takenCode, underParentProblems } from "./unit-problems.js";
import { verdictOn } from "../locks/verdict.js";

/** A unit about to be registered. `parent` is an id or a code, also of another unit of the same batch; none for a root. */
export interface UnitDraft {
  code: string;
  kind: UnitKind;
  name: string;
  parent: string | null;
  openedOn: Day;
  schoolLevel: SchoolLevel | null;
  ownership: Ownership | null;
  autonomyGroup: AutonomyGroup | null;
  /** Ids or codes of the units that were merged or split into it, or whose place it takes. */
  predecessors?: readonly string[];
  /** Why it is registered so. */
  changeReason?: string | null;
}

export interface UnitResult extends Result {
  unitId: string | null;
}

/** `about`: the units of which it tells, where that is not the unit alone. */
export function unitResult(
  outcome: Outcome,
  unitId: string | null,
  problems: Problem[] = [],
  about: readonly string[] = unitId ? [unitId] : [],
): UnitResult {
  return { outcome, about, unitId, problems };
}

/**
 * Registers units, row by row, parents before their children. A refused row hinders only those that stand under it. In a year that was
 * closed before a unit became known it does not count; registered again as it is, it counts in those that have been opened again.
 */
export function registerUnits(stores: Stores, change: Change, drafts: readonly UnitDraft[]): Promise<UnitResult[]> {
  return permitted(
    change,
    drafts,
    () => "STEWARD",
    { unitId: null },
    (allowed) => registerAll(stores, change, allowed),
  );
}

async function registerAll(stores: Stores, change: Change, drafts: readonly UnitDraft[]): Promise<UnitResult[]> {
  await stores.gate.alone();
  const parents = drafts.flatMap(({ parent }) => parent ?? []);
  const predecessors = drafts.flatMap((draft) => draft.predecessors ?? []);
  const references = await References.find(stores, change, [...parents, ...predecessors, ...drafts.map(({ code }) => code)]);
  const codes = await stores.unitReader.idsByCode(drafts.map(({ code }) => cleanText(code)));
  const named = [...parents, ...predecessors].flatMap((reference) => references.id(reference) ?? []);
  const known = await stores.units.histories([...(await stores.units.withAncestors(named)), ...codes.values()]);
  const years = await stores.schoolYears.all();
  const past = await RegisteredPast.of(stores, change, {
    parents: parents.flatMap((reference) => known.get(references.id(reference) ?? "") ?? []),
    existing: [...codes.values()],
    years,
    histories: known,
  });
  const followed: Succession[] = [];
  const follower = new Set((await stores.lineage.into(predecessors.length > 0 ? [...codes.values()] : [])).map(pairOf));
  const fresh = new Map<string, UnitHistory>();
  const lifted = new Map<string, UnitHistory>();
  const reasons = new Map<UnitHistory, string | null | undefined>();
  const registered = (history: UnitHistory) => unitChange(change, "REGISTERED", reasons.get(history) ?? null);
  const results = await mapInStretches(drafts, register, stores.pause);
  const entered = [...fresh.values()];
  await stores.units.insert(entered, registered);
  await stores.lineage.insert(followed);
  for (const history of lifted.values()) await stores.units.replace(history, registered(history));
  await stores.knownLate.replace([...lifted.keys()], past.marks);
  const ids = [...entered, ...lifted.values()].map(({ unit }) => unit.id);
  const resting = followed.length + lifted.size > 0 ? await restingOn(stores, ids) : [];
  const touched = await repost(stores, [...ids, ...resting, ...watchingNames(entered)], years, true, years);
  const [broken] = await verdictOn(stores, change, null, touched, years);
  if (broken) throw new Error(`the registered units touch what nobody may: ${broken.message.en}`);
  return withHints(stores, change, results, past.marks, await namesakeHints(stores, change, entered));

  async function register(draft: UnitDraft): Promise<UnitResult> {
    const code = cleanText(draft.code);
    const problems: Problem[] = [];
    const { openedOn } = draft;
    const parentId = draft.parent === null ? null : references.id(draft.parent);
    const parent = draft.parent === null ? null : (fresh.get(identityFold(draft.parent)) ?? (parentId ? known.get(parentId) : undefined));
    if (parent === undefined) problems.push(await references.notFound(draft.parent ?? "", "parent"));
    if (draft.parent === null && change.caller.role !== "ADMINISTRATOR") problems.push(NEEDS_PARENT);
    const profile: Profile = { ...draft, unitId: "", name: cleanText(draft.name), from: ALWAYS, until: NEVER };
    problems.push(...codeProblems(code), ...profileProblems(profile), ...reasonProblems(draft.changeReason ?? null, "changeReason"));
    problems.push(...dayProblems("openedOn", openedOn));
    if (parent && Object.hasOwn(KINDS, draft.kind)) problems.push(...parentProblems(parent, draft));
    if (draft.kind === "CONFEDERATION" && draft.parent !== null) problems.push(IS_TOP);
    const before: UnitHistory[] = [];
    const excess = tooManyRelatives("predecessors", draft.predecessors ?? []);
    if (excess) problems.push(excess);
    for (const [index, reference] of excess ? [] : (draft.predecessors ?? []).entries()) {
      const history = known.get(references.id(reference) ?? "");
      if (history) before.push(history);
      else problems.push(await references.notFound(reference, `predecessors.${index}`));
    }
    if (problems.length === 0) problems.push(...predecessorProblems(before, { code, level: levelOf(draft.kind), openedOn }));
    const behind = problems.length > 0 ? [] : await inheritanceProblems(stores, change, { predecessors: before, parent, openedOn, years });
    const codeKey = identityFold(code);
    const existing = fresh.get(codeKey) ?? known.get(codes.get(code) ?? "");
    // What a unit of others has for its first values is not told either.
    const isSeen = fresh.has(codeKey) || references.id(code) !== null;
    const same =
      existing?.unit.code === code && isSeen && isSame(existing, profile, parent?.unit.id ?? null, openedOn) && follows(existing, before);
    if (same && problems.length === 0) {
      const stays = fresh.has(codeKey) || lifted.has(existing.unit.id) || behind.length > 0;
      if (stays || !past.lift(existing.unit.id)) return unitResult("UNCHANGED", existing.unit.id);
      lifted.set(existing.unit.id, existing);
      reasons.set(existing, draft.changeReason);
      return unitResult("STORED", existing.unit.id);
    }
    problems.push(...behind);
    if (existing) problems.push(takenCode(code, isSeen ? existing.unit : null));
    if (parent && isDay(openedOn)) problems.push(...(await past.foreign(parent, openedOn)));
    const about = [parent, ...before].flatMap((one) => one?.unit.id ?? []);
    if (problems.length > 0) return unitResult("REJECTED", null, problems, about);
    const id = newId();
    const history: UnitHistory = {
      unit: { id, code, codeKey, level: levelOf(draft.kind), version: 1, provenance: change.provenance },
      placements: [{ unitId: id, parentId: parent?.unit.id ?? null, from: draft.openedOn, until: NEVER }],
      profiles: [profileOf({ ...profile, unitId: id })],
    };
    fresh.set(codeKey, history);
    reasons.set(history, draft.changeReason);
    if (parent) past.add(id, parent.unit.id, openedOn);
    const distinct = new Set(before);
    for (const one of distinct) {
      const succession = { predecessorId: one.unit.id, successorId: id, on: openedOn, kind: kindAtFounding(one, openedOn, distinct.size) };
      followed.push(succession);
      follower.add(pairOf(succession));
    }
    return unitResult("STORED", id);
  }

  function follows({ unit }: UnitHistory, before: readonly UnitHistory[]): boolean {
    return before.every((one) => follower.has(pairOf({ predecessorId: one.unit.id, successorId: unit.id })));
  }

  function isSame(
    { placements: [placement], profiles: [first] }: UnitHistory,
    profile: Profile,
    parentId: string | null,
    openedOn: Day,
  ): boolean {
    return placement?.parentId === parentId && placement.from === openedOn && first !== undefined && sameProfile(first, profile);
  }
}

const pairOf = ({ predecessorId, successorId }: Pick<Succession, "predecessorId" | "successorId">) => `${predecessorId} ${successorId}`;

function parentProblems(parent: UnitHistory, draft: UnitDraft): Problem[] {
  return isDay(draft.openedOn)
    ? underParentProblems(parent, { level: levelOf(draft.kind), from: draft.openedOn, until: NEVER }, "parent")
    : [];
}

/** Answers with the years in which each unit does not count, and with others of its name. */
async function withHints(
  stores: Stores,
  change: Change,
  results: UnitResult[],
  marks: readonly LateFact[],
  namesakes: Awaited<ReturnType<typeof namesakeHints>>,
): Promise<UnitResult[]> {
  const names = await Names.of(stores, change, marks);
  const byUnit = new Map<string, LateFact[]>();
  for (const mark of marks) if (!byUnit.get(mark.unitId)?.push(mark)) byUnit.set(mark.unitId, [mark]);
  return results.map((result) => {
    if (result.outcome !== "STORED") return { ...result, hints: [] };
    const { hints, about } = namesakes.get(result.unitId ?? "") ?? { hints: [], about: [] };
    const late = knownLateHint(names.listed(byUnit.get(result.unitId ?? "") ?? []));
    return { ...result, about: [...result.about, ...about], hints: [...late, ...hints] };
  });
}
