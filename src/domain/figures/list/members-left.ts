import { membershipReported, membership, membershipUnsaid } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const membersLeft: Indicator = {
  key: "membersLeft",
  name: { en: "Members who left", vi: "Số đoàn viên giảm (thôi việc, ra khỏi công đoàn, nghỉ hưu)" },
  definition: {
    en: "Members who left the union or their job, or retired, in the school year; transfers and structural loss excluded.",
    vi: "Số đoàn viên thôi việc, ra khỏi công đoàn hoặc nghỉ hưu trong năm học; không tính chuyển đi và giảm do sắp xếp tổ chức.",
  },
  numerator: {
    plus: [membership.membersLeft, membership.membersRetired],
    words: { en: "members who left or retired", vi: "đoàn viên thôi việc, ra khỏi công đoàn, nghỉ hưu" },
  },
  denominator: null,
  eligibility: { en: "Units with a membership report.", vi: "Đơn vị đã có báo cáo lao động và đoàn viên." },
  unit: "PEOPLE",
  period: "FLOW",
  direction: "LOWER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation.",
  obligation: membershipReported,
  unsaid: membershipUnsaid.membersLeft,
  isReported: true,
};
