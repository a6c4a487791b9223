import { addDays, type Day, vietnameseDay } from "../../ground/day.js";
import { activityReported } from "../../records/kinds/activity-report.js";
import { labourConferenceHeld, staffConferenceHeld } from "../../records/kinds/conference.js";
import { membershipReported } from "../../records/kinds/membership-report.js";
import { programmeAdopted } from "../../records/kinds/union-year.js";
import { type Obligation } from "../../counting/obligation.js";
import { yearCheck } from "../check.js";
import { type Words } from "../../ground/words.js";
import { isEvidence } from "../unit-file.js";

/** Duties of every school year that one record answers, and what that record is called. */
const REPORTS: readonly { duty: Obligation; words: Words }[] = [
  { duty: staffConferenceHeld, words: { en: "The staff conference", vi: "Hội nghị cán bộ, viên chức" } },
  { duty: labourConferenceHeld, words: { en: "The labour conference", vi: "Hội nghị người lao động" } },
  { duty: membershipReported, words: { en: "The membership report", vi: "Báo cáo lao động và đoàn viên" } },
  { duty: activityReported, words: { en: "The activity report", vi: "Báo cáo hoạt động công đoàn" } },
  { duty: programmeAdopted, words: { en: "The union's working year", vi: "Chương trình công tác năm của công đoàn" } },
];

/** Of a unit from which nothing came all year long NOTHING_REPORTED says so, once and not for each report. */
export const reportLate = yearCheck<{ duty: string; due: Day }>({
  key: "REPORT_LATE",
  severity: "NOTICE",
  name: { en: "Report late", vi: "Báo cáo quá hạn" },
  rule: {
    en: "A unit that reports something of a school year reports all that it owes, by the day that a directive or the law sets, else by the end of the school year.",
    vi: "Đơn vị đã có báo cáo trong năm học phải báo cáo đủ các nội dung, trước thời hạn của văn bản chỉ đạo hoặc của luật, nếu không có thì trước khi kết thúc năm học.",
  },
  mending: {
    en: "Record it, or record that it was not done and why.",
    vi: "Ghi nhận báo cáo, hoặc ghi nhận là không thực hiện và lý do.",
  },
  source: "The directive in force; of staff conferences Law 10/2022/QH15 Art. 51(1).",
  look({ account, records }) {
    if (!records.some((record) => isEvidence(record) && record.schoolYear !== null)) return [];
    return REPORTS.flatMap(({ duty }) => {
      const due = account.due[duty.key];
      if (!due || !account.tally[duty.measures.NO_REPORT.key]) return [];
      return [{ record: null, field: duty.key, since: addDays(due, 1), values: { duty: duty.key, due } }];
    });
  },
  message({ duty, due }) {
    const words = REPORTS.find((report) => report.duty.key === duty)?.words ?? { en: duty, vi: duty };
    return {
      en: `${words.en} was due by ${due}, and nothing has been recorded.`,
      vi: `${words.vi} quá hạn ${vietnameseDay(due)}, chưa có gì được ghi nhận.`,
    };
  },
});
