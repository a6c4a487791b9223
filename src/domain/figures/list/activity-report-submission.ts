import { activityReported } from "../../records/kinds/activity-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(activityReported);

export const activityReportSubmission: Indicator = {
  ...completion,
  key: "activityReportSubmission",
  name: { en: "Activity report submitted", vi: "Tỷ lệ nộp báo cáo hoạt động năm học" },
  definition: {
    en: "Schools that sent their yearly activity report for the school year, of all schools.",
    vi: "Số trường đã nộp báo cáo hoạt động của năm học trên tổng số trường.",
  },
  numerator: { ...yes, words: { en: "schools with an activity report", vi: "trường đã nộp báo cáo" } },
  denominator: { ...expected, words: { en: "schools that must report", vi: "trường phải báo cáo" } },
  eligibility: {
    en: "Every school; a union or federation only if it reported what it did itself.",
    vi: "Mọi trường; công đoàn hoặc liên đoàn chỉ tính khi có báo cáo phần tự thực hiện.",
  },
  period: "FLOW",
  source: "Form 1-HĐCĐ of the general confederation. Due at the end of the school year unless a directive sets another day.",
};
