import { membershipReported } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const unreportedUnits: Indicator = {
  key: "unreportedUnits",
  name: { en: "Units without a membership report", vi: "Số đơn vị chưa nộp báo cáo lao động và đoàn viên" },
  definition: {
    en: "Units that must send a membership report for the school year and have not, due or not yet due.",
    vi: "Số đơn vị phải nộp nhưng chưa nộp báo cáo lao động và đoàn viên của năm học, kể cả chưa đến hạn.",
  },
  numerator: { plus: [membershipReported.measures.NO_REPORT], words: { en: "units without a report", vi: "đơn vị chưa nộp báo cáo" } },
  denominator: null,
  eligibility: { en: "As for the membership report submitted.", vi: "Như chỉ tiêu nộp báo cáo lao động và đoàn viên." },
  unit: "UNITS",
  period: "STATE",
  direction: "LOWER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; a figure of data quality.",
  obligation: membershipReported,
};
