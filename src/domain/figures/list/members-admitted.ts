import { membershipReported, membership, membershipUnsaid } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const membersAdmitted: Indicator = {
  key: "membersAdmitted",
  name: { en: "Members admitted", vi: "Số đoàn viên kết nạp (phát triển đoàn viên)" },
  definition: {
    en: "Members newly admitted and former members who rejoined in the school year; gross, nothing taken away.",
    vi: "Số đoàn viên kết nạp mới và kết nạp lại trong năm học; số gộp, chưa trừ số giảm.",
  },
  numerator: {
    plus: [membership.membersAdmitted, membership.membersRejoined],
    words: { en: "members admitted or rejoined", vi: "đoàn viên kết nạp mới và kết nạp lại" },
  },
  denominator: null,
  eligibility: { en: "Units with a membership report.", vi: "Đơn vị đã có báo cáo lao động và đoàn viên." },
  unit: "PEOPLE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; plans for new members count this gross number.",
  obligation: membershipReported,
  unsaid: membershipUnsaid.membersAdmitted,
  isReported: true,
};
