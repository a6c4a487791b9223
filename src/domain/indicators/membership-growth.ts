import { membershipReported } from "../records/membership-report.js";
import { type Indicator } from "./indicator.js";

export const membershipGrowth: Indicator = {
  key: "membershipGrowth",
  name: { en: "Membership growth (total)", vi: "Tỷ lệ tăng trưởng đoàn viên (chung)" },
  definition: {
    en: "Members at the end of the school year less members at its start, of the members at its start; transfers and structural change included.",
    vi: "Số đoàn viên cuối kỳ trừ số đoàn viên đầu kỳ trên số đoàn viên đầu kỳ của năm học, gồm cả chuyển đến, chuyển đi và biến động do sắp xếp tổ chức.",
  },
  numerator: {
    plus: ["members"],
    minus: ["membersAtStart"],
    words: { en: "members at the end less members at the start", vi: "đoàn viên cuối kỳ trừ đoàn viên đầu kỳ" },
  },
  denominator: { plus: ["membersAtStart"], words: { en: "members at the start of the school year", vi: "đoàn viên đầu kỳ" } },
  eligibility: {
    en: "Units with a membership report that are open on the reference date; a unit that closed before it is in neither number.",
    vi: "Đơn vị đã có báo cáo và còn hoạt động tại ngày chốt số liệu; đơn vị đã kết thúc hoạt động trước đó không được tính.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; the hub's own division.",
  obligation: membershipReported,
};
