import { type ActivityReport } from "./activity-report-fields.js";

/** What a report says of each indicator; `null` where it leaves it open, in part too. */
export function saidBy(report: ActivityReport) {
  const { welfare, initiativesRecognised, trainingInvited: invited, trainingAttended: attended } = report;
  return {
    ...{ initiativesRegistered: report.initiativesRegistered, communicationSessions: report.communicationSessions },
    communicationTurns: report.communicationTurns,
    trainingAttendance: invited === null || attended === null ? null : { invited, attended },
    welfareGifts: totalOf(welfare, ({ gifts }) => gifts),
    welfareRecipients: totalOf(welfare, ({ recipients }) => recipients),
    welfareAmount: totalOf(welfare, ({ amount }) => amount),
    initiativesRecognised: sumOf(initiativesRecognised, ({ count }) => count),
  };
}

function totalOf<R>(rows: readonly R[], amountOf: (row: R) => number | null): number | null {
  return rows.some((row) => amountOf(row) === null) ? null : sumOf(rows, amountOf);
}

/** What is known of a sum. */
export function sumOf<R>(rows: readonly R[], amountOf: (row: R) => number | null): number {
  return rows.reduce((total, row) => total + (amountOf(row) ?? 0), 0);
}

/** Indicators whose count a report may leave open. */
export const UNSAID = [
  "initiativesRegistered",
  "trainingAttendance",
  "communicationSessions",
  "communicationTurns",
  "welfareGifts",
  "welfareRecipients",
  "welfareAmount",
] as const satisfies readonly (keyof ReturnType<typeof saidBy>)[];
