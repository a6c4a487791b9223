import { halfYearReportSubmitted } from "../../records/kinds/unit-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(halfYearReportSubmitted);

export const halfYearReportSubmission: Indicator = {
  ...completion,
  key: "halfYearReportSubmission",
  name: { en: "Report of the first half submitted", vi: "Tỷ lệ đơn vị nộp báo cáo giữa năm học" },
  definition: {
    en: "Units that have declared their report of the first half (cut-off 30 November) complete, of those that owe one.",
    vi: "Số đơn vị đã nộp báo cáo giữa năm học (kỳ 1/6–30/11, chốt 30/11) trên số đơn vị phải nộp.",
  },
  numerator: { ...yes, words: { en: "units whose half-year report is submitted or accepted", vi: "đơn vị đã nộp báo cáo giữa năm học" } },
  denominator: { ...expected, words: { en: "units that owe a half-year report", vi: "đơn vị phải nộp báo cáo giữa năm học" } },
  eligibility: {
    en: "As for the report of the year, and open by the cut-off of the first half.",
    vi: "Như chỉ tiêu nộp báo cáo tổng kết năm học và đã hoạt động trước ngày chốt 30/11.",
  },
  period: "FLOW",
  source:
    "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation (cut-off 30 November). Due 15 days after the cut-off unless a directive sets another day.",
};
