import { yearReportOnTime } from "../../records/kinds/unit-report.js";
import { type Indicator, completionOf } from "../indicator.js";
import { reportSubmission } from "./report-submission.js";

const { yes, expected, ...completion } = completionOf(yearReportOnTime, reportSubmission);

export const reportOnTime: Indicator = {
  ...completion,
  key: "reportOnTime",
  name: { en: "Report of the year submitted on time", vi: "Tỷ lệ đơn vị nộp báo cáo tổng kết năm học đúng hạn" },
  definition: {
    en: "Units whose report of the school year was submitted on or before the last day, of those that owe one.",
    vi: "Số đơn vị nộp báo cáo tổng kết năm học chậm nhất vào ngày cuối của hạn trên số đơn vị phải nộp.",
  },
  numerator: { ...yes, words: { en: "units that submitted their report by the deadline", vi: "đơn vị nộp báo cáo đúng hạn" } },
  denominator: { ...expected, words: { en: "units that owe a report", vi: "đơn vị phải nộp báo cáo" } },
  eligibility: {
    en: "As for the report submitted. The first submission counts; after a return the next one does. An accepted report that is opened again for a correction keeps its day.",
    vi: "Như chỉ tiêu nộp báo cáo tổng kết năm học. Tính theo lần nộp đầu tiên; sau khi bị trả lại thì tính lần nộp tiếp theo. Báo cáo đã duyệt được mở lại để sửa vẫn giữ ngày nộp.",
  },
  period: "FLOW",
  source:
    "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation. The deadline is that of reportSubmission; without one, the end of the school year.",
};
