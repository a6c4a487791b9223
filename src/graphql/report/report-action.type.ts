import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { periodClosing } from "../../domain/records/kinds/period-closing.js";
import { type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { evidence } from "../../domain/counting/report-evidence.js";
import { Costs, Free } from "../cost/price.js";
import { rowsOfBatch } from "../cost/batch-limits.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { IndicatorType } from "../figure/indicator.type.js";
import { BatchPayload, DRY_RUN, KeyField, VersionedPayload } from "../engine/payload.type.js";
import { recordTypeFor, type RecordType } from "../record/record.type.js";
import { ReportingPeriodEnum, ReportOfPeriod } from "./report.type.js";
import { UnitType } from "../unit/unit.type.js";

@InputType({ description: "Which report is meant." })
export class ReportRowInput {
  @Field(() => ID, { description: "Id or code of the unit whose report it is." })
  unit: string;
  @Field(() => String, { description: 'Label of the school year, e.g. "2024-2025".' })
  schoolYear: string;
  @Field(() => ReportingPeriodEnum, { defaultValue: "WHOLE_YEAR", description: "Which period; the whole year unless given." })
  period: ReportingPeriod;
  @Field(() => Int, { nullable: true, description: "The version that you have read; 0 where nothing has been submitted yet." })
  expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: "A remark, or why it is submitted again; kept with the version." })
  reason?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Required to accept: `fingerprint` of the report, and to close: `branchFingerprint` of the unit's report, as you have read them. Other figures are VERSION_CONFLICT.",
  })
  fingerprint?: string | null;
}

@InputType({ description: "Which report is meant, and whether it is only tried." })
export class ReportInput extends ReportRowInput {
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("optional")
  idempotencyKey?: string | null;
}

@InputType({ description: "Which report is meant, and why." })
export class ReasonedReportInput extends ReportInput {
  @Field(() => String, { description: "Why, in 1 to 500 characters: whoever has to correct it reads it (lý do)." })
  declare reason: string;
}

@InputType({ description: "Reports of many units, dealt with at once." })
export class ReportsInput {
  @Field(() => [ReportRowInput], { description: rowsOfBatch("Reports") })
  reports: ReportRowInput[];
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("required")
  idempotencyKey: string;
}

@ObjectType({ simpleResolvers: true })
export abstract class ReportAnswer extends VersionedPayload {
  @Free("HELD")
  @Field(() => UnitType, { nullable: true, description: "The unit whose report it is; null where the caller has no such unit." })
  unit: UnitType | null;
  @Free("HELD")
  @Field(() => ReportOfPeriod, {
    nullable: true,
    description: "The report as it stands now, of one that is only tried as it would; null where unit or school year are not known.",
  })
  report: ReportOfPeriod | null;
  @Costs({ most: evidence.length })
  @Field(() => [IndicatorType], {
    description: "A warning: what it owes and nothing has been reported of. It was done all the same (nội dung còn thiếu).",
  })
  missing: IndicatorType[];
}

@ObjectType({ description: "What became of a report.", simpleResolvers: true })
export class ReportPayload extends ReportAnswer implements WithChanges {
  changes?: WithChanges["changes"];
  replayed?: boolean;
}

@ObjectType({ description: "What became of one report of a batch.", simpleResolvers: true })
export class ReportRow extends ReportAnswer {
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
}

@ObjectType({ description: "Answer to a batch of reports, row by row.", simpleResolvers: true })
export class ReportsPayload extends BatchPayload {
  @Costs({ paged: true })
  @Field(() => [ReportRow], { description: "One for each report of the input, in its order." })
  rows: ReportRow[];
}

@ObjectType({ description: "What became of the closing of a period.", simpleResolvers: true })
export class ClosingPayload extends VersionedPayload {
  @Free("HELD")
  @Field(() => recordTypeFor(periodClosing.key), {
    nullable: true,
    description: "The closing as it stands now; null where there never was one.",
  })
  closing: RecordType | null;
}

for (const payload of [ReportPayload, ReportsPayload, ClosingPayload]) declareEffects(payload);
