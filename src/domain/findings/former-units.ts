import { type ActivityReport } from "../records/kinds/activity-report-fields.js";
import { saidBy, sumOf } from "../records/kinds/activity-counts.js";
import { activityReport } from "../records/kinds/activity-report.js";
import { membershipReport } from "../records/kinds/membership-report.js";
import { type Content } from "../records/field.js";
import { type Words } from "../ground/words.js";
import { type FiledRecord, type FormerUnit } from "./unit-file.js";

/** A figure of a report beside the same of predecessors, as both are compared. */
export interface Compared {
  field: string;
  own: number;
  theirs: number;
}

/** What reports that may include predecessors count, and what it is called. Members lost and gained by a merger are none of it. */
const COUNTED: Readonly<Record<string, { words: Readonly<Record<string, Words>>; of(content: Content): Record<string, number | null> }>> = {
  [membershipReport.key]: {
    words: {
      membersOpening: { en: "members at the start", vi: "đoàn viên đầu kỳ" },
      workersOpening: { en: "workers at the start", vi: "lao động đầu kỳ" },
      admitted: { en: "newly admitted", vi: "kết nạp mới" },
      rejoined: { en: "rejoined", vi: "kết nạp lại" },
      transferredIn: { en: "transferred in", vi: "chuyển đến" },
      transferredOut: { en: "transferred out", vi: "chuyển đi" },
      left: { en: "left", vi: "thôi việc, ra khỏi công đoàn" },
      retired: { en: "retired", vi: "nghỉ hưu" },
    },
    of: (content) => content as Record<string, number | null>,
  },
  [activityReport.key]: {
    words: {
      welfare: { en: "gifts", vi: "suất quà" },
      "welfare.recipients": { en: "people helped", vi: "lượt người được chăm lo" },
      initiativesRegistered: { en: "initiatives registered", vi: "sáng kiến đăng ký" },
      initiativesRecognised: { en: "initiatives recognised", vi: "sáng kiến được công nhận" },
      awards: { en: "awards", vi: "lượt khen thưởng" },
      trainingInvited: { en: "invited to training", vi: "cán bộ được triệu tập tập huấn" },
      trainingAttended: { en: "attending training", vi: "cán bộ dự tập huấn" },
      communicationSessions: { en: "sessions of communication", vi: "buổi tuyên truyền" },
      communicationTurns: { en: "attendances at them", vi: "lượt người dự tuyên truyền" },
    },
    of(content) {
      const report = content as unknown as ActivityReport;
      const { welfareGifts, welfareRecipients, initiativesRecognised } = saidBy(report);
      const { initiativesRegistered, trainingInvited, trainingAttended, communicationSessions, communicationTurns } = report;
      return {
        ...{ welfare: welfareGifts, "welfare.recipients": welfareRecipients, initiativesRegistered, initiativesRecognised },
        ...{ awards: sumOf(report.awards, ({ count }) => count), trainingInvited, trainingAttended },
        ...{ communicationSessions, communicationTurns },
      };
    },
  },
};

/** The figures of a report of which both its unit and some predecessors said something, side by side. */
export function comparedWith(kind: string, content: Content, formers: readonly FormerUnit[]): Compared[] {
  const counted = COUNTED[kind];
  const theirs = formers.flatMap(({ reports }) => reports.filter((report) => report.kind === kind));
  if (!counted || theirs.length === 0) return [];
  const [own, all] = [counted.of(content), theirs.map((report) => counted.of(report.content))];
  return Object.keys(counted.words).flatMap((field) => {
    const said = all.flatMap((of) => of[field] ?? []);
    const count = own[field] ?? null;
    return count === null || said.length === 0 ? [] : [{ field, own: count, theirs: said.reduce((sum, one) => sum + one, 0) }];
  });
}

/** What a figure is called. */
export function figureWords(field: string): Words {
  return Object.values(COUNTED).flatMap(({ words }) => words[field] ?? [])[0] ?? { en: field, vi: field };
}

/** The latest day on which a report or one of the predecessors' was recorded. */
export function seenSince({ kind, recordedOn }: FiledRecord, formers: readonly FormerUnit[]): string {
  const days = formers.flatMap(({ reports }) => reports.filter((report) => report.kind === kind).map((report) => report.recordedOn));
  return [recordedOn, ...days].sort().at(-1)!;
}
