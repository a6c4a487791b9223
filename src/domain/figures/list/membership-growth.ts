import { membershipReported, membership } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const membershipGrowth: Indicator = {
  key: "membershipGrowth",
  name: { en: "Membership growth (total)", vi: "Tỷ lệ tăng trưởng đoàn viên (chung)" },
  definition: {
    en: "Members on the reference date less members on the day after the last one, of the latter; transfers and structural change included.",
    vi: "Số đoàn viên cuối kỳ trừ số đoàn viên đầu kỳ (ngày liền sau ngày chốt số liệu năm học trước) trên số đoàn viên đầu kỳ, gồm cả chuyển đến, chuyển đi và biến động do sắp xếp tổ chức.",
  },
  numerator: {
    plus: [membership.members],
    minus: [membership.membersAtStart],
    words: { en: "members at the end less members at the start", vi: "đoàn viên cuối kỳ trừ đoàn viên đầu kỳ" },
  },
  denominator: {
    plus: [membership.membersAtStart],
    words: { en: "members on the day after the last reference date", vi: "đoàn viên đầu kỳ" },
  },
  eligibility: {
    en: "Units with a membership report; one that closed before the reference date counts with its members at the start and none at the end, as its successor counts with those who came.",
    vi: "Đơn vị đã có báo cáo; đơn vị kết thúc hoạt động trước ngày chốt số liệu được tính số đầu kỳ, không có số cuối kỳ, vì đơn vị kế tiếp đã tính số đoàn viên tiếp nhận.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; the hub's own division.",
  obligation: membershipReported,
};
