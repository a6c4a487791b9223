import { type Problem, problem } from "../../domain/ground/problem.js";
import { identityKey, recordedBy, type RecordVersion, type StoredRecord } from "../../domain/records/record.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import type { Stores } from "../../storage/stores/stores.js";
import { accept, type Batch, changeOf, type RowResult } from "./batch.js";
import { reasonProblems } from "../reason.js";
import { type Result } from "../../work/change.js";
import { differingFields, versionConflict } from "../conflict.js";
import { identityOf, isWithdrawal, type Reading, type Withdrawal } from "./reading.js";
import { REPEATED } from "./recording.js";

/** Versions of records that callers had read before they came to withdraw them, by "id version". */
export type VersionsRead = ReadonlyMap<string, RecordVersion>;

/** Judges a row that takes a record back: a last version that counts nowhere, with its reason. All versions stay readable. */
export async function takeBack(batch: Batch, reading: Reading, asked: Withdrawal, versionsRead: VersionsRead): Promise<RowResult> {
  const { change, present, locks, stored } = batch;
  const { kind } = reading;
  const answer = (outcome: Result["outcome"], record: StoredRecord | null, problems: Problem[]): RowResult => ({
    ...{ outcome, record, problems, findings: [] },
    about: record ? [record.unitId] : reading.named,
  });
  const refused = (problems: Problem[], record: StoredRecord | null = null) => answer("REJECTED", record, problems);
  if (reading.problems.length > 0) return refused(reading.problems);
  const identity = identityOf(reading, present);
  const key = identity && identityKey(identity);
  const record = (key === null ? null : present.get(key)) ?? null;
  const inBatch = key === null ? undefined : stored.get(key);
  if (!record && !inBatch)
    return refused([
      problem("RECORD_NOT_FOUND", null, {
        en: `There is no ${kind.typeName} of this unit as it is named here; name it as it was recorded.`,
        vi: `Đơn vị không có ${kind.name.vi} như đã ghi ở đây; hãy ghi đúng như khi lập hồ sơ.`,
      }),
    ]);
  const reason = cleanText(asked.reason);
  const [tooLong] = reasonProblems(reason);
  if (reason === "" || tooLong)
    return refused([
      tooLong ??
        problem("REQUIRED", "reason", {
          en: "Say in 1 to 500 characters why the record is withdrawn.",
          vi: "Ghi lý do rút hồ sơ (reason), từ 1 đến 500 ký tự.",
        }),
    ]);
  if (inBatch && inBatch.record.state === "STANDING") return refused([REPEATED], inBatch.record);
  if (inBatch || record?.state === "WITHDRAWN") return answer("UNCHANGED", inBatch?.record ?? record, []);
  if (!record) throw new Error("a record is neither there nor in the batch");
  const conflict = versionConflict(asked.expectedVersion, record.version, { en: "The record", vi: "hồ sơ" });
  const gone = changeOf(batch, reading);
  const judgement = await locks.judge(gone);
  const locked = await locks.problems(judgement);
  if (conflict) {
    const read = versionsRead.get(`${record.recordId} ${asked.expectedVersion}`);
    const differing = read ? differingFields(kind, read.content, record.content) : [];
    return refused([{ ...conflict, differing }, ...locked], record);
  }
  if (locked.length > 0) return refused(locked, record);
  const withdrawn: StoredRecord = {
    ...record,
    version: record.version + 1,
    state: "WITHDRAWN",
    recordedAt: change.now,
    ...recordedBy(change.caller),
    reason,
  };
  accept(batch, gone, { record: withdrawn, before: record, judgement });
  return answer("STORED", withdrawn, []);
}

/** What was read of the records that are to be withdrawn and have changed since. */
export async function versionsRead(
  stores: Stores,
  readings: readonly Reading[],
  present: ReadonlyMap<string, StoredRecord>,
): Promise<VersionsRead> {
  const spans = readings.flatMap((reading) => {
    const { asked } = reading;
    const identity = identityOf(reading, present);
    const record = identity && present.get(identityKey(identity));
    if (!record || !isWithdrawal(asked) || asked.expectedVersion === null || asked.expectedVersion === record.version) return [];
    return [{ recordId: record.recordId, from: asked.expectedVersion, to: asked.expectedVersion }];
  });
  const versions = await stores.records.versions(spans);
  return new Map(versions.map((version) => [`${version.recordId} ${version.version}`, version]));
}
