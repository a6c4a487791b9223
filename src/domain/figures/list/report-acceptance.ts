import { yearReportAccepted } from "../../records/kinds/unit-report.js";
import { type Indicator, completionOf } from "../indicator.js";
import { reportSubmission } from "./report-submission.js";

const { yes, expected, ...completion } = completionOf(yearReportAccepted, reportSubmission);

export const reportAcceptance: Indicator = {
  ...completion,
  key: "reportAcceptance",
  name: { en: "Report of the year accepted", vi: "Tỷ lệ báo cáo tổng kết năm học được duyệt" },
  definition: {
    en: "Units whose report of the school year has been accepted by a union above, of those that owe one. A report that still waits counts as without an answer.",
    vi: "Số đơn vị có báo cáo tổng kết năm học đã được cấp trên duyệt trên số đơn vị phải nộp. Báo cáo đang chờ duyệt tính là chưa có kết quả.",
  },
  numerator: { ...yes, words: { en: "units whose report is accepted", vi: "đơn vị có báo cáo đã được duyệt" } },
  denominator: { ...expected, words: { en: "units that owe a report", vi: "đơn vị phải nộp báo cáo" } },
  eligibility: {
    en: "As for the report submitted. A returned report counts as not accepted.",
    vi: "Như chỉ tiêu nộp báo cáo tổng kết năm học. Báo cáo bị trả lại tính là chưa được duyệt.",
  },
  period: "FLOW",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; a figure of data quality.",
};
