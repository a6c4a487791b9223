import { membershipBalanced } from "../../records/kinds/membership-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(membershipBalanced);

/** A figure of data quality: its worklist with status NO lists the reports whose members do not add up. */
export const membershipBalance: Indicator = {
  ...completion,
  key: "membershipBalance",
  name: { en: "Membership report balances", vi: "Tỷ lệ báo cáo đoàn viên khớp số liệu" },
  definition: {
    en: "Units whose membership report balances (members at the end = members at the start + movements), of those that must report. The worklist with status NO lists the reports that do not.",
    vi: "Số đơn vị có báo cáo khớp số liệu (đoàn viên cuối kỳ = đoàn viên đầu kỳ + biến động) trên số đơn vị phải báo cáo. Danh sách trạng thái NO là các báo cáo chưa khớp.",
  },
  numerator: { ...yes, words: { en: "units whose membership report balances", vi: "đơn vị có báo cáo khớp số liệu" } },
  denominator: { ...expected, words: { en: "units that must send a membership report", vi: "đơn vị phải nộp báo cáo" } },
  eligibility: {
    en: "As for the membership report submitted.",
    vi: "Như chỉ tiêu nộp báo cáo lao động và đoàn viên.",
  },
  period: "FLOW",
  source: "The identity closing = opening + movements of the hub's membership report; forms 1-HĐCĐ and 2-HĐCĐ.",
};
