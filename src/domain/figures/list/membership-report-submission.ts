import { membershipReported } from "../../records/kinds/membership-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(membershipReported);

export const membershipReportSubmission: Indicator = {
  ...completion,
  key: "membershipReportSubmission",
  name: { en: "Membership report submitted", vi: "Tỷ lệ nộp báo cáo lao động và đoàn viên" },
  definition: {
    en: "Units that sent their membership report for the school year, of those that must.",
    vi: "Số đơn vị đã nộp báo cáo lao động và đoàn viên của năm học trên số đơn vị phải nộp.",
  },
  numerator: { ...yes, words: { en: "units with a membership report", vi: "đơn vị đã nộp báo cáo" } },
  denominator: { ...expected, words: { en: "units that must send a membership report", vi: "đơn vị phải nộp báo cáo" } },
  eligibility: {
    en: "Schools that may have a union, and occupational unions; another union, or a school that may have none, only if it reported people of its own.",
    vi: "Trường thuộc diện được thành lập công đoàn và nghiệp đoàn; công đoàn cơ sở hoặc trường không thuộc diện này chỉ tính khi đã nộp báo cáo riêng.",
  },
  period: "FLOW",
  source:
    "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation (cut-offs 31 May and 30 November). Due at the end of the school year unless a directive sets another day.",
};
