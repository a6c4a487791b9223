import { yearReportEvidenced } from "../../counting/report-evidence.js";
import { type Indicator, completionOf } from "../indicator.js";
import { reportSubmission } from "./report-submission.js";

const { yes, expected, ...completion } = completionOf(yearReportEvidenced, reportSubmission);

export const reportEvidence: Indicator = {
  ...completion,
  key: "reportEvidence",
  name: { en: "Records of the year complete", vi: "Tỷ lệ đơn vị đủ số liệu năm học" },
  definition: {
    en: "Units that have a record for everything they owe in the school year, whether or not they have submitted their report: completeness by the evidence, not by declaration.",
    vi: "Số đơn vị đã có đủ số liệu cho mọi nội dung phải báo cáo trong năm học, dù đã nộp báo cáo hay chưa: tính theo số liệu thực có, không theo khai báo.",
  },
  numerator: { ...yes, words: { en: "units of which nothing is missing", vi: "đơn vị đủ số liệu năm học" } },
  denominator: { ...expected, words: { en: "units that owe a report", vi: "đơn vị phải nộp báo cáo" } },
  eligibility: {
    en: "As for the report submitted. What was reported as not done is a record, too: only silence is missing.",
    vi: "Như chỉ tiêu nộp báo cáo tổng kết năm học. Nội dung đã báo là chưa thực hiện vẫn tính là có số liệu; chỉ nội dung không báo cáo mới tính là thiếu.",
  },
  period: "FLOW",
  source: "Follows from the records of all kinds; a figure of data quality.",
};
