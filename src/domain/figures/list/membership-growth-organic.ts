import { membershipReported, membership, membershipUnsaid } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const membershipGrowthOrganic: Indicator = {
  key: "membershipGrowthOrganic",
  name: { en: "Membership growth (organic)", vi: "Tỷ lệ tăng trưởng đoàn viên (không tính sắp xếp tổ chức)" },
  definition: {
    en: "Members admitted and rejoined less members who left or retired, of the members at the start, in units that stood all year; transfers and structural change excluded.",
    vi: "Số đoàn viên kết nạp mới, kết nạp lại trừ số thôi việc, ra khỏi công đoàn và nghỉ hưu trên số đoàn viên đầu kỳ của các đơn vị hoạt động suốt năm học; không tính chuyển đến, chuyển đi và sắp xếp tổ chức.",
  },
  numerator: {
    plus: [membership.organicGain],
    minus: [membership.organicLoss],
    words: { en: "admitted and rejoined less left and retired", vi: "kết nạp mới, kết nạp lại trừ thôi việc, ra khỏi công đoàn, nghỉ hưu" },
  },
  denominator: {
    plus: [membership.membersAtStartContinuing],
    words: { en: "members at the start in units that stood all year", vi: "đoàn viên đầu kỳ của đơn vị hoạt động suốt năm học" },
  },
  eligibility: {
    en: "Units with a membership report, open without a break from the day after the last reference date to this one.",
    vi: "Đơn vị đã có báo cáo, hoạt động liên tục từ ngày liền sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source:
    "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; the hub's own division, so that mergers and dissolutions do not hide recruiting.",
  obligation: membershipReported,
  unsaid: membershipUnsaid.membershipGrowthOrganic,
};
