import { yearReportSubmitted } from "../../records/kinds/unit-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(yearReportSubmitted);

export const reportSubmission: Indicator = {
  ...completion,
  key: "reportSubmission",
  name: { en: "Report of the year submitted", vi: "Tỷ lệ đơn vị nộp báo cáo tổng kết năm học" },
  definition: {
    en: "Units that have declared their report of the school year complete (submitted or accepted), of those that owe one. Whether the records are there is said by the evidenced completeness.",
    vi: "Số đơn vị đã nộp báo cáo tổng kết năm học (chờ duyệt hoặc đã duyệt) trên số đơn vị phải nộp, theo khai báo của đơn vị. Số liệu có đủ hay không thể hiện ở chỉ tiêu đủ số liệu năm học.",
  },
  numerator: { ...yes, words: { en: "units whose report is submitted or accepted", vi: "đơn vị đã nộp báo cáo" } },
  denominator: { ...expected, words: { en: "units that owe a report", vi: "đơn vị phải nộp báo cáo" } },
  eligibility: {
    en: "Every school, grassroots or occupational union and federation that has a unit above it and counts in the year. A returned report counts as not done until it is submitted again.",
    vi: "Mọi trường, công đoàn cơ sở, nghiệp đoàn và liên đoàn có đơn vị cấp trên và được tính trong năm. Báo cáo bị trả lại tính là chưa nộp cho đến khi nộp lại.",
  },
  period: "FLOW",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation. Due at the end of the school year unless a directive sets another day.",
};
