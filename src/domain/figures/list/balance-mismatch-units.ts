import { membershipBalanced } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const balanceMismatchUnits: Indicator = {
  key: "balanceMismatchUnits",
  name: { en: "Units whose membership report does not balance", vi: "Số đơn vị có báo cáo đoàn viên chưa khớp" },
  definition: {
    en: "Units whose membership report does not balance: members at the end are not members at the start and the movements.",
    vi: "Số đơn vị có đoàn viên cuối kỳ trong báo cáo khác đoàn viên đầu kỳ cộng biến động.",
  },
  numerator: {
    plus: [membershipBalanced.measures.NO],
    words: { en: "units whose report does not balance", vi: "đơn vị có báo cáo chưa khớp" },
  },
  denominator: null,
  eligibility: { en: "Units with a membership report.", vi: "Đơn vị đã nộp báo cáo lao động và đoàn viên." },
  unit: "UNITS",
  period: "STATE",
  direction: "LOWER",
  source: "The identity closing = opening + movements of the hub's membership report; a figure of data quality.",
  obligation: membershipBalanced,
  isReported: true,
};
