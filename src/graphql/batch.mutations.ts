import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, Info, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type RecordFinding } from "../domain/findings/finding.js";
import { problem, type Problem } from "../domain/problem.js";
import { recordedKinds } from "../domain/records/kinds.js";
import { forbidden } from "../intake/permission.js";
import { type RecordDraft } from "../intake/reading.js";
import { type RowResult, submit } from "../intake/submit.js";
import { refuseMoreRows, rowsOfBatch } from "./batch-limits.js";
import { type GraphContext } from "./context.js";
import { declareEffects, type WithChanges } from "./effect.type.js";
import { BatchPayload, batchOf, DRY_RUN, HintedPayload, KeyField } from "./payload.type.js";
import { performed, rowByRow } from "./performed.js";
import { type Told } from "./sight.js";
import { draftOf, recordAnswer, type RecordInput, recordInputFor } from "./record.mutations.js";
import { FindingType, RecordType } from "./record.type.js";
import { asSent, placed, unreadableRows } from "./unreadable-rows.js";

@InputType({ description: "One row of a batch: exactly one of its fields." })
export class RecordRowInput {}
for (const { key, description } of recordedKinds)
  Field(() => recordInputFor(key), { nullable: true, description: `${description.split(/[:(;.]/)[0]!.trim()}.` })(
    RecordRowInput.prototype,
    key,
  );

@InputType({ description: "Records of any kinds, recorded at once." })
export class SubmitRecordsInput {
  @Field(() => [RecordRowInput], { description: rowsOfBatch("Rows of any kinds") })
  rows: Record<string, RecordInput | null | undefined>[];
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("required")
  idempotencyKey: string;
}

@ObjectType({ description: "What became of one row of a batch.", simpleResolvers: true })
export class RecordRow extends HintedPayload {
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
  @Field(() => RecordType, {
    nullable: true,
    description: "The record as it is stored now; of a refused correction, what stands against it.",
  })
  record: RecordType | null;
  @Field(() => [FindingType], { description: "What looks wrong in it; it was accepted and is flagged." })
  findings: RecordFinding[];
}

@ObjectType({ description: "Answer to a batch, row by row.", simpleResolvers: true })
export class SubmitRecordsPayload extends BatchPayload {
  @Field(() => [RecordRow], { description: "One for each row of the input, in its order." })
  rows: RecordRow[];
}
declareEffects(SubmitRecordsPayload);

@Resolver()
export class BatchMutations {
  @Mutation(() => SubmitRecordsPayload, {
    description:
      "Records many records of any kinds at once. Each row is answered by itself: a refused one stores nothing and hinders no other, also where it does not fit its type, if the rows come in a variable. The whole is one transaction.",
  })
  async submitRecords(
    @Arg("input", () => SubmitRecordsInput) input: SubmitRecordsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SubmitRecordsPayload & WithChanges> {
    const { rows, dryRun } = input;
    refuseMoreRows("submitRecords", rows);
    const unread = unreadableRows(context, info);
    const drafts = rows.map((row, index) => unread.get(index)?.problems ?? readRow(row));
    const readable = drafts.flatMap((draft) => ("kind" in draft ? [draft] : []));
    const sent = { ...input, rows: asSent(rows, unread) };
    const { results, ...told } = await performed(context, info, sent, (stores) => submit(stores, context.change(), readable));
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

function readRow(row: Record<string, RecordInput | null | undefined>): RecordDraft | Problem[] {
  const given = recordedKinds.flatMap(({ key }) => (row[key] ? [[key, row[key]] as const] : []));
  const [only] = given;
  if (!only || given.length > 1)
    return [
      problem(
        "INVALID",
        null,
        `A row holds exactly one of ${recordedKinds.map(({ key }) => key).join(", ")}; this one holds ${given.map(([key]) => key).join(", ") || "none"}.`,
      ),
    ];
  const [kind, input] = only;
  if (input.dryRun) return [problem("INVALID", `${kind}.dryRun`, "A row is not tried by itself; give dryRun to the whole batch.")];
  if (typeof input.idempotencyKey === "string")
    return [problem("INVALID", `${kind}.idempotencyKey`, "A row has no key of its own; the whole batch has one.")];
  return draftOf(kind, input);
}

function rowOf(draft: RecordDraft | Problem[], row: number, answer: Told<RowResult>): RecordRow {
  const within = "kind" in draft ? draft.kind : null;
  const problems = answer.problems.map((found) => ({ ...found, field: found.field && within ? `${within}.${found.field}` : found.field }));
  return { row, ...recordAnswer({ ...answer, problems: placed(problems, "rows", row) }) };
}
