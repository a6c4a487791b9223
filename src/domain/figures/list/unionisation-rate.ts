import { membershipReported, membership } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const unionisationRate: Indicator = {
  key: "unionisationRate",
  name: { en: "Unionisation rate", vi: "Tỷ lệ tập hợp đoàn viên" },
  definition: {
    en: "Union members, of the workers of units that may have a union, at the end of the school year.",
    vi: "Số đoàn viên trên tổng số lao động của các đơn vị thuộc diện được thành lập công đoàn, cuối kỳ của năm học.",
  },
  numerator: {
    plus: [membership.organisedMembers],
    words: { en: "union members of units that may have a union", vi: "đoàn viên của đơn vị thuộc diện được thành lập công đoàn" },
  },
  denominator: {
    plus: [membership.organisableWorkers],
    words: { en: "workers of units that may have a union", vi: "lao động của đơn vị thuộc diện được thành lập công đoàn" },
  },
  eligibility: {
    en: "Units with a membership report, with or without a union. Left out of both numbers: occupational unions, whose members have no employer, and since 15 June 2025 public schools of autonomy group 4.",
    vi: "Đơn vị đã có báo cáo, dù có hay chưa có công đoàn. Không tính vào cả hai số: nghiệp đoàn (đoàn viên không có quan hệ lao động) và, từ 15/6/2025, trường công lập tự chủ nhóm 4.",
  },
  unit: "RATE",
  period: "STATE",
  direction: "HIGHER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ; dispatches 4133/TLĐ-ToC and 4173/TLĐ-ToC (May 2025); Decree 60/2021 Art. 9.",
  obligation: membershipReported,
};
