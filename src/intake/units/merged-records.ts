import { sees } from "../../work/sight.js";
import { capital, type Words } from "../../domain/ground/words.js";
import { type Problem } from "../../domain/ground/problem.js";
import { canonical } from "../../domain/records/content.js";
import { kindOf, recordKinds } from "../../domain/records/catalogue.js";
import { periodClosing } from "../../domain/records/kinds/period-closing.js";
import { identityKey, type RecordIdentity, recordedBy, sizeProblems, type StoredRecord } from "../../domain/records/record.js";
import { joining } from "../../domain/records/unit-lists.js";
import { unitReport } from "../../domain/records/kinds/unit-report.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { cleanText, identityFold } from "../../domain/ground/vietnamese.js";
import { inStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change } from "../../work/change.js";
import { BranchDeadlines } from "../records/branch-deadlines.js";
import { Holding } from "../records/holding.js";
import { type Judgement } from "../locks/judgement.js";
import { Locks } from "../locks/locks.js";
import { Predecessors } from "../records/predecessors.js";
import { PeopleCounted } from "../records/people-counted.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { isDirecting, type RecordChange } from "../records/record-change.js";
import { contextOf, unitProblems } from "../records/recording.js";
import { clashing, told, type Twins } from "./merged-words.js";

/** A version that a record gets, and that before it. */
interface Step {
  before: StoredRecord;
  record: StoredRecord;
  asked: RecordChange;
}

/** What becomes of the records of a duplicate, and of those that name it. */
export interface MergedRecords {
  /** Those that stand in the way, each sort once: they speak for a branch, and cannot be another's. */
  staying: readonly StoredRecord[];
  /** Reports of periods, which speak of the records of the duplicate alone: they are withdrawn. */
  reports: readonly StoredRecord[];
  steps: readonly Step[];
  problems: Problem[];
}

const ALL_KINDS = recordKinds.map(({ key }) => key);

/**
 * The records of a duplicate as the right unit's own, and those of others with the right unit in its place, each with its next version; the records
 * keep their ids. Where the right unit has withdrawn the same record, its content becomes the next version of that one. What both have in force
 * stands against each other, and is a problem.
 */
export async function mergedRecords(stores: Stores, change: Change, twins: Twins, reason: string | null): Promise<MergedRecords> {
  const [from, to] = [twins.duplicate.unit.id, twins.right.unit.id];
  const all = (await stores.records.ofUnit(from)).filter(({ state }) => state === "STANDING");
  const [staying, others] = split(all, (record) => isDirecting(record) || record.kind === periodClosing.key);
  const [reports, own] = split(others, ({ kind }) => kind === unitReport.key);
  const held = (await stores.records.heldBy([from], ALL_KINDS)).map(({ record }) => record);
  const naming = held.filter(({ unitId }) => unitId !== from);
  const present = await stores.records.byIdentity(own.flatMap((record) => identitiesAt(to, record)));
  const steps: Step[] = [];
  const problems: Problem[] = [];
  const clashes: Words[] = [];
  const version = (of: StoredRecord, given: Partial<StoredRecord>): StoredRecord => ({
    ...{ ...of, version: of.version + 1, recordedAt: change.now, ...recordedBy(change.caller), reason: reason && cleanText(reason) },
    ...given,
  });
  const place = (before: StoredRecord) => {
    const kind = kindOf(before.kind);
    const joined = joining(kind.fields, before.content, from, to);
    if (!joined) {
      const { en, vi } = told(before);
      return void clashes.push({ en: `${en}, which says something else of each of them`, vi: `${vi}, ghi khác nhau về hai đơn vị` });
    }
    const content = canonical(kind.fields, joined);
    if (before.unitId !== from) return void steps.push(stepOf(before, version(before, { content })));
    const known = identitiesAt(to, before).flatMap((identity) => present.get(identityKey(identity)) ?? []);
    const inForce = known.find(({ state }) => state === "STANDING");
    if (inForce) {
      const { en, vi } = told(before);
      const [old, other] = [before.recordId, inForce.recordId];
      return void clashes.push({ en: `${en} (${old} and ${other})`, vi: `${vi} (${old} và ${other})` });
    }
    const [twin] = known;
    if (!twin) return void steps.push(stepOf(before, version(before, { content, unitId: to })));
    steps.push(
      { before, record: version(before, { state: "WITHDRAWN" }), asked: { before, after: null } },
      { ...stepOf(twin, version(twin, { content, state: "STANDING", provenance: before.provenance })) },
    );
  };
  await inStretches([...own, ...naming], place, stores.pause);
  problems.push(...clashing(twins, clashes), ...(await ruleProblems(stores, change, twins, steps)));
  return { staying, reports, steps, problems };
}

/** What the locks, the past of others and the bounds of a unit say to records that go over, one after the other as in a batch. */
export async function judgeMerged(
  stores: Stores,
  change: Change,
  { duplicate, right }: Twins,
  steps: readonly Step[],
  years: readonly SchoolYear[],
): Promise<{ problems: Problem[]; judgements: { step: Step; judgement: Judgement }[]; locks: Locks }> {
  const locks = await Locks.on(
    stores,
    change,
    steps.map(({ asked }) => asked),
    { years, predecessors: Predecessors.none },
  );
  const holding = await Holding.of(
    stores,
    steps.flatMap(({ asked: { after } }) => after ?? []),
  );
  const counted = await PeopleCounted.of(
    stores,
    change,
    steps.map(({ asked }) => asked),
    new Map(),
  );
  const histories = new Map([duplicate, right].map((history) => [history.unit.id, history]));
  const problems = new Map<string, Problem>();
  const judgements: { step: Step; judgement: Judgement }[] = [];
  for (const step of steps) {
    const { asked, record } = step;
    const judgement = await locks.judge(asked);
    const { after } = asked;
    const bounds = after ? [...holding.problems(asked.before, after, histories), ...(await counted.overlaps(after, histories))] : [];
    for (const found of [...(await locks.problems(judgement)), ...bounds, ...sizeProblems(record.content)])
      problems.set(found.message.en, { ...found, field: "unit" });
    locks.accept(asked, record, judgement.late);
    holding.accept(asked.before, asked.after && record);
    counted.accept({ before: asked.before, after: asked.after && record });
    judgements.push({ step, judgement });
  }
  return { problems: [...problems.values()], judgements, locks };
}

function stepOf(before: StoredRecord, record: StoredRecord): Step {
  return { before, record, asked: { before: before.state === "STANDING" ? before : null, after: record } };
}

/** What would be the same record of another unit: as it is written, and as it reads. */
function identitiesAt(unitId: string, { kind, schoolYear, key }: StoredRecord): RecordIdentity[] {
  const keys = new Set(kindOf(kind).keyIsWritten ? [key, identityFold(key)] : [key]);
  return [...keys].map((one) => ({ unitId, kind, schoolYear, key: one }));
}

/**
 * What the rules of a record refuse of the right unit and allowed of the duplicate, e.g. an agreement of a public school. What they refuse of both
 * was allowed when it came. Acknowledgements and later deadlines rest on what is found in a unit and on its directives, and go without.
 */
async function ruleProblems(stores: Stores, change: Change, { duplicate, right }: Twins, steps: readonly Step[]): Promise<Problem[]> {
  const judged = steps.filter(
    ({ record: { kind, state } }) => state === "STANDING" && !kindOf(kind).fromAbove && kindOf(kind).touches !== "FINDINGS",
  );
  if (judged.length === 0) return [];
  const units = judged.flatMap(({ before, record }) => [...subjectsOf(before), ...subjectsOf(record)]);
  const histories = await stores.units.histories(
    await stores.units.withAncestors([...new Set([duplicate.unit.id, right.unit.id, ...units])]),
  );
  const views = await stores.unitReader.views([...new Set(judged.map(({ record: { unitId } }) => unitId))], change.today);
  const isSeen = ({ unitId }: StoredRecord) => {
    const view = views.get(unitId);
    return view !== undefined && sees(change.caller, view);
  };
  // The sentences of a kind name the unit whose record it is.
  const sentence = (record: StoredRecord, { message }: Problem): Words => {
    const { en, vi } = told(record);
    if (isSeen(record)) return { en: `${en}: ${message.en}`, vi: `${capital(vi)}: ${message.vi}` };
    return {
      en: `${en} of a unit outside your branch may not name ${right.unit.code}, as it does ${duplicate.unit.code}.`,
      vi: `${capital(vi)} của đơn vị ngoài phạm vi quản lý không được ghi ${right.unit.code} như đang ghi ${duplicate.unit.code}.`,
    };
  };
  const years = await stores.schoolYears.all();
  const facts = { change, histories, findings: new Map(), deadlines: BranchDeadlines.none, years, predecessors: Predecessors.none };
  const refused = ({ kind: key, unitId, schoolYear, content }: StoredRecord): Problem[] => {
    const [kind, unit] = [kindOf(key), histories.get(unitId)!];
    const year = years.find(({ label }) => label === schoolYear) ?? null;
    return [...unitProblems(kind, unit, year), ...kind.rules(content, contextOf(facts, unit, { kind, year }))];
  };
  const placeOf = ({ code, field }: Problem) => `${code} ${field?.replace(/\.\d+/g, "") ?? ""}`;
  const problems: Problem[] = [];
  const look = ({ before, record }: Step) => {
    // A twin of the right unit takes over what the duplicate's said.
    const was = before.unitId === right.unit.id && before.state === "WITHDRAWN" ? { ...record, unitId: duplicate.unit.id } : before;
    const known = new Set(refused(was).map(placeOf));
    for (const found of refused(record))
      if (!known.has(placeOf(found))) problems.push({ ...found, field: "unit", message: sentence(record, found) });
  };
  await inStretches(judged, look, stores.pause);
  return problems;
}

function split<T>(list: readonly T[], fits: (one: T) => boolean): [T[], T[]] {
  return [list.filter(fits), list.filter((one) => !fits(one))];
}
