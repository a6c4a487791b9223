import { type Problem, problem } from "../domain/problem.js";
import { kindOf } from "../domain/records/kinds.js";
import { recordedBy, type StoredRecord } from "../domain/records/record.js";
import { cleanText } from "../domain/vietnamese.js";
import type { Stores } from "../storage/stores.js";
import { type Change, References, type Result, reasonProblems } from "./change.js";
import { differingFields, versionConflict } from "./conflict.js";
import { Locks } from "./locks.js";
import { rejudgedHint } from "./hints.js";
import { permittedOne } from "./permission.js";
import { subjectsOf } from "./record-change.js";
import { repostFor } from "./reposting.js";
import { lockOtherSubjects } from "./subject-locks.js";

export interface Withdrawal {
  kind: string;
  recordId: string;
  expectedVersion: number | null;
  reason: string;
}

/** What became of a withdrawal. `record` is what is stored now; of a refused one, what stands against it. */
export interface WithdrawalResult extends Result {
  record: StoredRecord | null;
}

/** Takes a record back: a last version that counts nowhere, with its reason. All versions stay readable. */
export function withdraw(stores: Stores, change: Change, asked: Withdrawal): Promise<WithdrawalResult> {
  return permittedOne(change, kindOf(asked.kind).deed, { record: null }, () => takeBack(stores, change, asked));
}

async function takeBack(
  stores: Stores,
  change: Change,
  { kind, recordId, expectedVersion, reason }: Withdrawal,
): Promise<WithdrawalResult> {
  const answer = (outcome: Result["outcome"], record: StoredRecord | null, problems: Problem[]): WithdrawalResult => ({
    ...{ outcome, record, problems },
    about: record ? [record.unitId] : [],
  });
  const refused = (found: Problem, record: StoredRecord | null = null, ...others: Problem[]) =>
    answer("REJECTED", record, [found, ...others]);
  if (kindOf(kind).touches === "BRANCH") await stores.gate.alone();
  else await stores.gate.share();
  const first = (await stores.records.byIds([recordId])).get(recordId);
  const references = await References.find(stores, change, first ? [first.unitId] : []);
  if (!first || first.kind !== kind || references.id(first.unitId) === null)
    return refused(problem("RECORD_NOT_FOUND", "record", `There is no ${kindOf(kind).typeName} "${recordId}" in your branch.`));
  const why = cleanText(reason);
  const [tooLong] = reasonProblems(why);
  if (why === "" || tooLong)
    return refused(tooLong ?? problem("REQUIRED", "reason", "Say in 1 to 500 characters why the record is withdrawn."));

  await stores.units.lock(subjectsOf(first));
  const record = (await stores.records.byIds([recordId])).get(recordId) ?? first;
  await lockOtherSubjects(stores, [record], subjectsOf(first));
  if (record.state === "WITHDRAWN") return answer("UNCHANGED", record, []);
  const conflict = versionConflict(expectedVersion, record.version, "The record");
  const years = await stores.schoolYears.all();
  const gone = { before: record, after: null };
  const locks = await Locks.on(stores, change, [gone], years);
  const judgement = await locks.judge(gone);
  const [locked, ...others] = await locks.problems(judgement);
  if (conflict) {
    const asRead = expectedVersion ?? record.version;
    const [read] = await stores.records.versions([{ recordId, from: asRead, to: asRead }]);
    const differing = read ? differingFields(kindOf(kind), read.content, record.content) : [];
    return refused({ ...conflict, differing }, record, ...(locked ? [locked, ...others] : []));
  }
  if (locked) return refused(locked, record, ...others);
  const withdrawn: StoredRecord = {
    ...record,
    version: record.version + 1,
    state: "WITHDRAWN",
    recordedAt: change.now,
    ...recordedBy(change.caller),
    reason: why,
  };
  await stores.records.save([{ record: withdrawn, isNew: false, subjects: subjectsOf(record) }]);
  if (locks.marksOf(recordId).length > 0) await stores.knownLate.replace([recordId], []);
  await locks.expectKept(await repostFor(stores, [record], years, judgement.judged));
  return { ...answer("STORED", withdrawn, []), hints: rejudgedHint(judgement.rejudged) };
}
