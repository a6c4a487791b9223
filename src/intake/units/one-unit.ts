import { type Day } from "../../domain/ground/day.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { type UnitAction } from "../../domain/tree/unit-version.js";
import { repost } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems, unitChange } from "../reason.js";
import { type Change } from "../../work/change.js";
import { References } from "../../work/references.js";
import { Refused } from "../../work/unit-of-work.js";
import { versionConflict } from "../conflict.js";
import { namesakeHints, watchingNames } from "./namesakes.js";
import { permittedOne } from "../permission.js";
import { type UnitResult, unitResult } from "./register.js";
import { dayProblems } from "./unit-problems.js";
import { verdictOn } from "../locks/verdict.js";

/** A change of one unit as it is asked for. */
export interface Asked {
  /** Id or code of the unit. */
  reference: string;
  expectedVersion: number | null;
  action: UnitAction;
  /** Why it is changed, in the words of whoever changes it. */
  changeReason: string | null;
  /** Fields that hold a day. */
  days: readonly (readonly [string, Day | null])[];
  /** Other units that the change names. */
  others?: readonly string[];
  /** The change leaves the lines of the units below as they are. */
  onlyItself?: boolean;
  /** What it would change, by the names of its fields: told where the version is not the one expected. */
  differing(history: UnitHistory, references: References): Promise<string[]> | string[];
}

/**
 * The part that all changes of one unit share: who may, which version, store, re-post. `null` from `work`: nothing to do. `alsoStore`:
 * what else is stored with it; answers the units that it touches. Judged by what it did: where it touched the past of others, or a locked year, all of it is undone. So is
 * one of an older version, which is made only to tell first whether it is forbidden.
 */
export function changeUnit(
  stores: Stores,
  change: Change,
  asked: Asked,
  work: Work,
  alsoStore: (unitId: string) => Promise<string[]> = async () => [],
): Promise<UnitResult> {
  return permittedOne(change, "STEWARD", { unitId: null }, () => changeOne(stores, change, asked, work, alsoStore));
}

type Work = (history: UnitHistory, references: References) => Promise<UnitHistory | Problem[] | null> | UnitHistory | Problem[] | null;

async function changeOne(
  stores: Stores,
  change: Change,
  { reference, expectedVersion, action, changeReason, days, others = [], onlyItself = false, differing }: Asked,
  work: Work,
  alsoStore: (unitId: string) => Promise<string[]>,
): Promise<UnitResult> {
  await stores.gate.alone();
  const refused = (problems: Problem[], unitId: string | null = null) => unitResult("REJECTED", unitId, problems);
  const references = await References.find(stores, change, [reference, ...others]);
  const unitId = references.id(reference);
  if (!unitId) return refused([await references.notFound(reference, "unit")]);
  const faults = days.flatMap(([field, day]) => (day === null ? [] : dayProblems(field, day)));
  faults.push(...reasonProblems(changeReason, "changeReason"));
  const history = (await stores.units.histories([unitId])).get(unitId);
  if (faults.length > 0 || !history) return refused(faults, unitId);
  if (unitId === change.caller.unitId) return refused([topOfBranch(history)], unitId);
  const conflict = versionConflict(expectedVersion, history.unit.version, { en: history.unit.code, vi: history.unit.code });
  const stale = conflict ? [{ ...conflict, differing: await differing(history, references) }] : [];
  const result = await work(history, references);
  if (Array.isArray(result) || (result === null && conflict)) return refused([...stale, ...(result ?? [])], unitId);
  if (result === null) return unitResult("UNCHANGED", unitId);
  await stores.units.replace(result, unitChange(change, action, changeReason));
  const following = await alsoStore(unitId);
  const branch = onlyItself ? [unitId] : [...(await stores.units.branchEver(unitId)), ...(await stores.units.endedBehind([unitId]))];
  // A change of the first day leaves no trace of the parent before.
  const watching = watchingNames([history, result]);
  const years = await stores.schoolYears.all();
  // What is found in the reports of who follows rests on the days of those that ended.
  const heirs = onlyItself ? [] : (await stores.lineage.outOf(branch)).map(({ successorId }) => successorId);
  const touched = await repost(stores, [...branch, ...watching, ...following, ...heirs], years, true, years);
  const problems = [...stale, ...(await verdictOn(stores, change, days[0]?.[0] ?? null, touched, years))];
  if (problems.length > 0) throw new Refused(refused(problems, unitId));
  const { hints, about } = (await namesakeHints(stores, change, [result])).get(unitId) ?? { hints: [], about: [] };
  return { ...unitResult("STORED", unitId, [], [unitId, ...about]), hints };
}

/** The top of a branch belongs to those above it. */
export function topOfBranch({ unit }: UnitHistory): Problem {
  return problem("FORBIDDEN", "unit", {
    en: `${unit.code} is the top of your branch; only a unit above it changes, moves or closes it.`,
    vi: `${unit.code} là đơn vị đứng đầu phạm vi quản lý; chỉ đơn vị cấp trên được sửa, chuyển hoặc đóng.`,
  });
}
