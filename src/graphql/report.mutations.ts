import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type Problem } from "../domain/problem.js";
import { periodClosing } from "../domain/records/period-closing.js";
import { type ReportAction } from "../domain/report.js";
import { type ReportingPeriod } from "../domain/reporting-period.js";
import { cleanText } from "../domain/vietnamese.js";
import { inUnitOfWork } from "../intake/change.js";
import { closePeriod, reopenPeriod } from "../intake/period-closing.js";
import { actOnReports, type AskedReport, type ReportResult } from "../intake/reports.js";
import { type GraphContext } from "./context.js";
import { fault } from "./faults.js";
import { IndicatorType } from "./indicator.type.js";
import { BatchPayload, batchOf, VersionedPayload } from "./payload.type.js";
import { recordOf, recordTypeFor, type RecordType } from "./record.type.js";
import { lackingIndicators, ReportingPeriodEnum, ReportOfPeriod } from "./report.type.js";
import { unitOf, UnitType } from "./unit.type.js";

/** Reports of one request: more than a province has districts, unions and schools. */
const MOST_REPORTS = 5_000;

@InputType({ description: "Which report is meant." })
export class ReportInput {
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
}

@InputType({ description: "Which report is meant, and why." })
export class ReasonedReportInput extends ReportInput {
  @Field(() => String, { description: "Why, in 1 to 500 characters: whoever has to correct it reads it (lý do)." })
  declare reason: string;
}

@InputType({ description: "Reports of many units, dealt with at once." })
export class ReportsInput {
  @Field(() => [ReportInput], { description: "Up to 5,000 reports." })
  reports: ReportInput[];
  @Field(() => Boolean, { defaultValue: false, description: "Answers the same and changes nothing." })
  dryRun: boolean;
}

@ObjectType({ description: "What became of a report.", simpleResolvers: true })
export class ReportPayload extends VersionedPayload {
  @Field(() => UnitType, { nullable: true, description: "The unit whose report it is; null where the caller has no such unit." })
  unit: UnitType | null;
  @Field(() => ReportOfPeriod, {
    nullable: true,
    description: "The report as it stands now; null where unit or school year are not known.",
  })
  report: ReportOfPeriod | null;
  @Field(() => [IndicatorType], {
    description: "A warning: what it owes and nothing has been reported of. It was done all the same (nội dung còn thiếu).",
  })
  missing: IndicatorType[];
}

@ObjectType({ description: "What became of one report of a batch.", simpleResolvers: true })
export class ReportRow extends ReportPayload {
  @Field(() => Int, { description: "Place of the row in the input, from 0." })
  row: number;
}

@ObjectType({ description: "Answer to a batch of reports, row by row.", simpleResolvers: true })
export class ReportsPayload extends BatchPayload {
  @Field(() => [ReportRow], { description: "One for each report of the input, in its order." })
  rows: ReportRow[];
}

@ObjectType({ description: "What became of the closing of a period.", simpleResolvers: true })
export class ClosingPayload extends VersionedPayload {
  @Field(() => recordTypeFor(periodClosing.key), {
    nullable: true,
    description: "The closing as it stands now; null where there never was one.",
  })
  closing: RecordType | null;
}

@Resolver()
export class ReportMutations {
  @Mutation(() => ReportPayload, {
    description:
      "Submits a unit's report of a period to the unit above: it declares that its records are complete (nộp báo cáo). Missing records are told as a warning.",
  })
  submitReport(@Arg("input", () => ReportInput) input: ReportInput, @Ctx() context: GraphContext): Promise<ReportPayload> {
    return acted(context, "SUBMIT", input);
  }

  @Mutation(() => ReportPayload, {
    description: "Accepts a submitted report, as a unit above (duyệt báo cáo): the unit's records of the period are locked from now on.",
  })
  acceptReport(@Arg("input", () => ReportInput) input: ReportInput, @Ctx() context: GraphContext): Promise<ReportPayload> {
    return acted(context, "ACCEPT", input);
  }

  @Mutation(() => ReportPayload, { description: "Returns a submitted report, as a unit above, with the reason (trả lại báo cáo)." })
  returnReport(@Arg("input", () => ReasonedReportInput) input: ReasonedReportInput, @Ctx() context: GraphContext): Promise<ReportPayload> {
    return acted(context, "RETURN", input);
  }

  @Mutation(() => ReportPayload, {
    description:
      "Opens an accepted report again, as a unit above, with the reason (mở lại báo cáo): the unit may correct its records and submits it again. In a closed period only for whoever keeps the unit that closed it.",
  })
  reopenReport(@Arg("input", () => ReasonedReportInput) input: ReasonedReportInput, @Ctx() context: GraphContext): Promise<ReportPayload> {
    return acted(context, "REOPEN", input);
  }

  @Mutation(() => ReportsPayload, { description: "Submits the reports of many units; each row is answered by itself (nộp nhiều báo cáo)." })
  submitReports(@Arg("input", () => ReportsInput) input: ReportsInput, @Ctx() context: GraphContext): Promise<ReportsPayload> {
    return actedOnMany(context, "SUBMIT", input);
  }

  @Mutation(() => ReportsPayload, {
    description: "Accepts the reports of many units; each row is answered by itself (duyệt nhiều báo cáo).",
  })
  acceptReports(@Arg("input", () => ReportsInput) input: ReportsInput, @Ctx() context: GraphContext): Promise<ReportsPayload> {
    return actedOnMany(context, "ACCEPT", input);
  }

  @Mutation(() => ClosingPayload, {
    description:
      "Closes a period in a province and all below it (khoá sổ kỳ báo cáo): no record of the period changes any more, accepted or not. The worklist of reportAcceptance says whose report is still missing.",
  })
  closePeriod(@Arg("input", () => ReportInput) input: ReportInput, @Ctx() context: GraphContext): Promise<ClosingPayload> {
    return closed(context, closePeriod, input);
  }

  @Mutation(() => ClosingPayload, {
    description: "Opens a closed period again, with the reason (mở lại kỳ báo cáo). Accepted reports stay accepted.",
  })
  reopenPeriod(@Arg("input", () => ReasonedReportInput) input: ReasonedReportInput, @Ctx() context: GraphContext): Promise<ClosingPayload> {
    return closed(context, reopenPeriod, input);
  }
}

function askedOf({ unit, schoolYear, period, expectedVersion = null, reason = null }: ReportInput): AskedReport {
  return { unit, schoolYear, period, expectedVersion, reason: cleanText(reason ?? "") || null };
}

async function acted(context: GraphContext, action: ReportAction, input: ReportInput): Promise<ReportPayload> {
  const [result] = await inUnitOfWork(context.database, false, (stores) =>
    actOnReports(stores, context.change(), action, [askedOf(input)]),
  );
  context.renew();
  if (!result) throw new Error("a report was dealt with and nothing answered");
  return payloadOf(context, input, result);
}

async function actedOnMany(context: GraphContext, action: ReportAction, { reports, dryRun }: ReportsInput): Promise<ReportsPayload> {
  if (reports.length > MOST_REPORTS) throw fault("BAD_USER_INPUT", `reports: ${reports.length} rows; expected at most ${MOST_REPORTS}.`);
  const results = await inUnitOfWork(context.database, dryRun, (stores) =>
    actOnReports(stores, context.change(), action, reports.map(askedOf)),
  );
  context.renew();
  const rows = await Promise.all(
    results.map(async (result, row) => {
      const userErrors: Problem[] = result.problems.map((found) => ({
        ...found,
        field: ["reports", row, found.field].filter((part) => part !== null).join("."),
      }));
      return { row, ...(await payloadOf(context, reports[row]!, { ...result, problems: userErrors })) };
    }),
  );
  return batchOf(dryRun, rows);
}

async function payloadOf(context: GraphContext, { schoolYear, period }: ReportInput, result: ReportResult): Promise<ReportPayload> {
  const view = result.unitId ? await context.loaders.unit(result.unitId) : null;
  const years = await context.loaders.schoolYears();
  const year = years.find(({ label }) => label === schoolYear);
  const reports = view && year ? await context.loaders.reports.load({ unitId: view.id, schoolYear: year.label }) : null;
  return {
    outcome: result.outcome,
    version: result.report?.version ?? null,
    unit: view && unitOf(view),
    report: view && year && reports ? new ReportOfPeriod(view, year, period, reports) : null,
    missing: lackingIndicators(result.missing),
    userErrors: result.problems,
  };
}

async function closed(context: GraphContext, work: typeof closePeriod, input: ReportInput): Promise<ClosingPayload> {
  const { outcome, report, problems } = await inUnitOfWork(context.database, false, (stores) =>
    work(stores, context.change(), askedOf(input)),
  );
  context.renew();
  return { outcome, closing: report && recordOf(report), version: report?.version ?? null, userErrors: problems };
}
