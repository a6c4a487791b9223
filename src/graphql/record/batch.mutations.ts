import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, ID, Info, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type RecordFinding } from "../../domain/findings/finding.js";
import { problem, type Problem } from "../../domain/ground/problem.js";
import { recordedKinds } from "../../domain/records/catalogue.js";
import { forbidden } from "../../intake/permission.js";
import { type RowResult } from "../../intake/records/batch.js";
import { isWithdrawal, type RowDraft } from "../../intake/records/reading.js";
import { submit } from "../../intake/records/submit.js";
import { mapInStretches } from "../../stretches.js";
import { MOST_FINDINGS } from "../../domain/findings/examination.js";
import { isDirecting, ofRecords } from "../cost/branch-work.js";
import { rowsOf } from "../cost/by-arguments.js";
import { batch, Costs, DIRECTIVE, Free, ROW } from "../cost/price.js";
import { rowsOfBatch } from "../cost/batch-limits.js";
import { type GraphContext } from "../engine/context.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { BatchPayload, batchOf, DRY_RUN, HintedPayload, KeyField } from "../engine/payload.type.js";
import { performed, rowByRow } from "../change/performed.js";
import { RECORD_INSTANTS } from "../../work/stored-answer.js";
import { type Told } from "../../work/told.js";
import { draftOf, recordAnswer, type RecordInput, recordInputFor } from "./record.mutations.js";
import { RecordKindEnum, RecordType } from "./record.type.js";
import { FindingType } from "./record-finding.type.js";
import { asSent, givenRows, placed, refuseMoreRows } from "../change/rows-of-variables.js";

const kindFields = recordedKinds.map(({ key, description }) => ({ key, description: `${description.split(/[:(;.]/)[0]!.trim()}.` }));
const keys = kindFields.map(({ key }) => key);

@InputType("RecordWithdrawalInput", {
  description:
    "A record to be taken back (rút lại): by kind and record, its id, or named by one of the other fields as the row that recorded it. Of such a row only what makes it that record is looked at: unit, school year and, where a unit may have several, its number, term or day.",
})
export class WithdrawalRowInput {
  @Field(() => RecordKindEnum, { nullable: true, description: "With record: what kind of record it is." })
  kind?: string | null;
  @Field(() => ID, { nullable: true, description: "Id of the record." })
  record?: string | null;
  @Field(() => String, { description: "Why; kept with the last version." })
  reason: string;
  @Field(() => Int, { nullable: true, description: "The version that you have read; without it the newest is withdrawn." })
  expectedVersion?: number | null;
}

@InputType({ description: "One row of a batch: exactly one of its fields." })
export class RecordRowInput {
  @Field(() => WithdrawalRowInput, {
    nullable: true,
    description:
      "Takes a record back. An import is undone by one batch that withdraws what its answer calls STORED in version 1; what it corrected was there before.",
  })
  withdraw?: WithdrawalRowInput | null;
}
for (const { key, description } of kindFields)
  for (const { prototype } of [RecordRowInput, WithdrawalRowInput])
    Field(() => recordInputFor(key), { nullable: true, description })(prototype, key);

/** The fields of a row that are named after kinds of records. */
type ByKind = Record<string, RecordInput | null | undefined>;

@InputType({ description: "Records of any kinds, recorded or withdrawn at once." })
export class SubmitRecordsInput {
  @Field(() => [RecordRowInput], { description: rowsOfBatch("Rows of any kinds") })
  rows: RecordRowInput[];
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("required")
  idempotencyKey: string;
}

@ObjectType({ description: "What became of one row of a batch.", simpleResolvers: true })
export class RecordRow extends HintedPayload {
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
  @Free("HELD")
  @Field(() => RecordType, {
    nullable: true,
    description: "The record as it is stored now; of a refused correction or withdrawal, what stands against it.",
  })
  record: RecordType | null;
  @Costs({ most: MOST_FINDINGS })
  @Field(() => [FindingType], { description: "What looks wrong in it; it was accepted and is flagged. Empty for a withdrawal." })
  findings: RecordFinding[];
}

@ObjectType({ description: "Answer to a batch, row by row.", simpleResolvers: true })
export class SubmitRecordsPayload extends BatchPayload {
  @Costs({ paged: true })
  @Field(() => [RecordRow], { description: "One for each row of the input, in its order." })
  rows: RecordRow[];
}
declareEffects(SubmitRecordsPayload);

@Resolver()
export class BatchMutations {
  @Costs({ ...batch((row) => ROW + (isDirecting(row) ? DIRECTIVE : 0)), branches: (args) => ofRecords(rowsOf(args)) })
  @Mutation(() => SubmitRecordsPayload, {
    description:
      "Records many records of any kinds at once, or takes them back. Each row is answered by itself: a refused one stores nothing and hinders no other, also where it does not fit its type, if the rows come in a variable. The whole is one transaction.",
  })
  async submitRecords(
    @Arg("input", () => SubmitRecordsInput) input: SubmitRecordsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SubmitRecordsPayload & WithChanges> {
    const { dryRun } = input;
    const given = givenRows(context, info, input.rows);
    const { rows, unread } = given;
    refuseMoreRows("submitRecords", rows);
    const drafts = await mapInStretches(rows, (row, index) => unread.get(index)?.problems ?? readRow(row));
    const readable = drafts.flatMap((draft) => ("kind" in draft ? [draft] : []));
    const sent = { ...input, rows: asSent(given) };
    const { results, ...told } = await performed(context, info, sent, { record: RECORD_INSTANTS }, (stores) =>
      submit(stores, context.change(), readable),
    );
    const misread = new Map(drafts.flatMap((draft, row) => ("kind" in draft ? [] : [[row, { problems: draft }] as const])));
    const answers = rowByRow(rows.length, misread, results, forbidden(context.caller, "RECORD"));
    return {
      ...batchOf(
        dryRun,
        answers.map((answer, row) => rowOf(drafts[row]!, row, answer)),
      ),
      ...told,
    };
  }
}

function readRow(row: RecordRowInput): RowDraft | Problem[] {
  const byKind = row as ByKind;
  const given = keys.filter((key) => byKind[key]);
  const [kind] = given;
  if (row.withdraw && !kind) return readWithdrawal(row.withdraw);
  if (!kind || given.length > 1 || row.withdraw)
    return [
      problem("INVALID", null, {
        en: `A row holds exactly one of ${[...keys, "withdraw"].join(", ")}; this one holds ${[...given, ...(row.withdraw ? ["withdraw"] : [])].join(", ") || "none"}.`,
        vi: `Mỗi dòng chỉ có một trong ${[...keys, "withdraw"].join(", ")}; dòng này có ${[...given, ...(row.withdraw ? ["withdraw"] : [])].join(", ") || "không mục nào"}.`,
      }),
    ];
  const input = byKind[kind]!;
  return ofBatch(kind, input) ?? draftOf(kind, input);
}

function readWithdrawal({ kind, record, reason, expectedVersion, ...row }: WithdrawalRowInput): RowDraft | Problem[] {
  const byKind = row as ByKind;
  const [named, ...others] = keys.filter((key) => byKind[key]);
  const withdrawal = { expectedVersion: expectedVersion ?? null, reason };
  if (!named && kind && keys.includes(kind) && typeof record === "string") return { kind, record, ...withdrawal };
  if (!named || others.length > 0 || kind || typeof record === "string")
    return [
      problem("INVALID", "withdraw", {
        en: `What is withdrawn is named by kind and record, its id, or by exactly one of ${keys.join(", ")}, as the row that recorded it; kind is one of these, too.`,
        vi: `Hồ sơ cần rút được ghi bằng kind và record (id của hồ sơ), hoặc bằng đúng một trong ${keys.join(", ")} như dòng đã lập hồ sơ; kind cũng là một trong các giá trị này.`,
      }),
    ];
  const input = byKind[named]!;
  const field = ["expectedVersion", "reason"].find((name) => ![null, undefined].includes(input[name as "reason"] as null));
  if (field)
    return [
      problem("INVALID", `withdraw.${named}.${field}`, {
        en: `Of a withdrawal ${field} stands beside ${named}, not in it: withdraw.${field}.`,
        vi: `Khi rút hồ sơ, ${field} ghi bên cạnh ${named}, không ghi bên trong: withdraw.${field}.`,
      }),
    ];
  const wrong = ofBatch(named, input);
  return (
    wrong?.map((found) => ({ ...found, field: `withdraw.${found.field}` })) ?? { kind: named, record: draftOf(named, input), ...withdrawal }
  );
}

/** What a row may not say, as it is said of the whole batch. */
function ofBatch(kind: string, { dryRun, idempotencyKey }: RecordInput): Problem[] | null {
  if (dryRun)
    return [
      problem("INVALID", `${kind}.dryRun`, {
        en: "A row is not tried by itself; give dryRun to the whole batch.",
        vi: "Không chạy thử từng dòng; hãy ghi dryRun cho cả lượt gửi.",
      }),
    ];
  if (typeof idempotencyKey === "string")
    return [
      problem("INVALID", `${kind}.idempotencyKey`, {
        en: "A row has no key of its own; the whole batch has one.",
        vi: "Từng dòng không có khóa riêng; khóa (idempotencyKey) là của cả lượt gửi.",
      }),
    ];
  return null;
}

function rowOf(draft: RowDraft | Problem[], row: number, answer: Told<RowResult>): RecordRow {
  const within = (field: string) => {
    if (!("kind" in draft)) return field;
    if (!isWithdrawal(draft)) return `${draft.kind}.${field}`;
    return OF_WITHDRAWALS.has(field) ? `withdraw.${field}` : `withdraw.${draft.kind}.${field}`;
  };
  const problems = answer.problems.map((found) => ({ ...found, field: found.field && within(found.field) }));
  return { row, ...recordAnswer({ ...answer, problems: placed(problems, "rows", row) }) };
}

/** What is said of a withdrawal besides which record it is. */
const OF_WITHDRAWALS = new Set(["record", "reason", "expectedVersion"]);
