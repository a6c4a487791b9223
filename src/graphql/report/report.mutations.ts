import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { type StoredRecord } from "../../domain/records/record.js";
import { type ReportAction } from "../../domain/reporting/report.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { closePeriod, reopenPeriod } from "../../intake/reports/period-closing.js";
import { forbidden } from "../../intake/permission.js";
import { actOnReports, type AskedReport, type ReportResult } from "../../intake/reports/reports.js";
import { ofClosing } from "../cost/branch-work.js";
import { batch, CHANGE, Costs, ROW } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { type WithChanges } from "../change/with-effects.js";
import { batchOf } from "../engine/payload.type.js";
import { performed, performedOne, rowByRow } from "../change/performed.js";
import { RECORD_INSTANTS } from "../../work/stored-answer.js";
import { type Told } from "../../work/told.js";
import { shownRecord } from "../record/record.type.js";
import {
  ClosingPayload,
  ReasonedReportInput,
  type ReportAnswer,
  ReportInput,
  ReportPayload,
  type ReportRowInput,
  ReportsInput,
  ReportsPayload,
} from "./report-action.type.js";
import { type Reports } from "../loaders/report.loader.js";
import { lackingIndicators, ReportOfPeriod } from "./report.type.js";
import { unitOf } from "../unit/unit.type.js";
import { asSent, givenRows, placed, refuseMoreRows } from "../change/rows-of-variables.js";

@Resolver()
export class ReportMutations {
  @Costs({ points: CHANGE })
  @Mutation(() => ReportPayload, {
    description:
      "Submits a unit's report of a period to the unit above: it declares that its records are complete (nộp báo cáo). Missing records are told as a warning.",
  })
  submitReport(
    @Arg("input", () => ReportInput) input: ReportInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportPayload> {
    return acted(context, info, "SUBMIT", input);
  }

  @Costs({ points: CHANGE })
  @Mutation(() => ReportPayload, {
    description:
      "Accepts a submitted report, as a unit above (duyệt báo cáo), of the figures that were read (fingerprint): the unit's records of the period are locked from now on.",
  })
  acceptReport(
    @Arg("input", () => ReportInput) input: ReportInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportPayload> {
    return acted(context, info, "ACCEPT", input);
  }

  @Costs({ points: CHANGE })
  @Mutation(() => ReportPayload, { description: "Returns a submitted report, as a unit above, with the reason (trả lại báo cáo)." })
  returnReport(
    @Arg("input", () => ReasonedReportInput) input: ReasonedReportInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportPayload> {
    return acted(context, info, "RETURN", input);
  }

  @Costs({ points: CHANGE })
  @Mutation(() => ReportPayload, {
    description:
      "Opens an accepted report again, as a unit above, with the reason (mở lại báo cáo): the unit may correct its records and submits it again. In a closed period only for whoever keeps the unit that closed it.",
  })
  reopenReport(
    @Arg("input", () => ReasonedReportInput) input: ReasonedReportInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportPayload> {
    return acted(context, info, "REOPEN", input);
  }

  @Costs(batch(() => ROW))
  @Mutation(() => ReportsPayload, { description: "Submits the reports of many units; each row is answered by itself (nộp nhiều báo cáo)." })
  submitReports(
    @Arg("input", () => ReportsInput) input: ReportsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportsPayload> {
    return actedOnMany(context, info, "SUBMIT", input);
  }

  @Costs(batch(() => ROW))
  @Mutation(() => ReportsPayload, {
    description: "Accepts the reports of many units; each row is answered by itself (duyệt nhiều báo cáo).",
  })
  acceptReports(
    @Arg("input", () => ReportsInput) input: ReportsInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ReportsPayload> {
    return actedOnMany(context, info, "ACCEPT", input);
  }

  @Costs({ points: CHANGE, branches: ofClosing })
  @Mutation(() => ClosingPayload, {
    description:
      "Closes a period in a province and all below it (khóa sổ kỳ báo cáo): no record of the period changes any more, accepted or not, and none that counts in many years changes a figure of it. Closed means closed: of the whole year neither the tree, the units' profiles nor directives change a figure either, for nobody, until the period or the report of the unit is opened again. The worklist of reportAcceptance says whose report is still missing.",
  })
  closePeriod(
    @Arg("input", () => ReportInput) input: ReportInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ClosingPayload> {
    return closed(context, info, closePeriod, input);
  }

  @Costs({ points: CHANGE })
  @Mutation(() => ClosingPayload, {
    description: "Opens a closed period again, with the reason (mở lại kỳ báo cáo). Accepted reports stay accepted.",
  })
  reopenPeriod(
    @Arg("input", () => ReasonedReportInput) input: ReasonedReportInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ClosingPayload> {
    return closed(context, info, reopenPeriod, input);
  }
}

function askedOf({ unit, schoolYear, period, expectedVersion = null, reason = null, fingerprint = null }: ReportRowInput): AskedReport {
  return { unit, schoolYear, period, expectedVersion, reason: cleanText(reason ?? "") || null, fingerprint };
}

async function acted(context: GraphContext, info: GraphQLResolveInfo, action: ReportAction, input: ReportInput): Promise<ReportPayload> {
  const { changes, replayed, ...told } = await performedOne(context, info, input, { report: RECORD_INSTANTS }, (stores) =>
    actOnReports(stores, context.change(), action, [askedOf(input)]),
  );
  return { ...(await answerOf(context, input, told)), changes, replayed };
}

async function actedOnMany(
  context: GraphContext,
  info: GraphQLResolveInfo,
  action: ReportAction,
  input: ReportsInput,
): Promise<ReportsPayload & WithChanges> {
  const { dryRun } = input;
  const given = givenRows(context, info, input.reports);
  const { rows: reports, unread } = given;
  refuseMoreRows(info.fieldName, reports);
  const readable = reports.filter((_, index) => !unread.has(index));
  const sent = { ...input, reports: asSent(given) };
  const { results, ...told } = await performed(context, info, sent, { report: RECORD_INSTANTS }, (stores) =>
    actOnReports(stores, context.change(), action, readable.map(askedOf)),
  );
  const answers = rowByRow(reports.length, unread, results, forbidden(context.caller, "RECORD"));
  const rows = await Promise.all(
    answers.map(async (answer, row) => ({
      ...(await answerOf(context, reports[row]!, { ...answer, problems: placed(answer.problems, "reports", row) })),
      row,
    })),
  );
  return { ...batchOf(dryRun, rows), ...told };
}

async function answerOf(
  context: GraphContext,
  { schoolYear, period }: ReportRowInput,
  { outcome, problems, result }: Told<ReportResult>,
): Promise<ReportAnswer> {
  const { unitId = null, report = null, missing = [] } = result ?? {};
  const view = unitId ? await context.loaders.unit(unitId) : null;
  const years = await context.loaders.schoolYears();
  const year = years.find(({ label }) => label === schoolYear);
  const reports = view && year ? await context.loaders.reports.load({ unitId: view.id, schoolYear: year.label }) : null;
  return {
    outcome,
    version: report?.version ?? null,
    unit: view && unitOf(view),
    report: view && year && reports ? new ReportOfPeriod(view, year, period, withReport(reports, report)) : null,
    missing: lackingIndicators(missing),
    userErrors: problems,
  };
}

async function closed(
  context: GraphContext,
  info: GraphQLResolveInfo,
  work: typeof closePeriod,
  input: ReportInput,
): Promise<ClosingPayload & WithChanges> {
  const { outcome, problems, result, ...told } = await performedOne(context, info, input, { report: RECORD_INSTANTS }, (stores) =>
    work(stores, context.change(), askedOf(input)),
  );
  const { record, version } = shownRecord(result?.report);
  return { outcome, closing: record, version, userErrors: problems, ...told };
}

/** The reports of a unit with one as an action leaves it: what is only tried is not stored. */
function withReport({ held, dossier }: Reports, report: StoredRecord | null): Reports {
  return { held: report ? [...held.filter(({ recordId }) => recordId !== report.recordId), report] : held, dossier };
}
