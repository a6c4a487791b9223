import { membershipReported, membership, membershipUnsaid } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const membersLostStructurally: Indicator = {
  key: "membersLostStructurally",
  name: { en: "Members lost by reorganisation", vi: "Số đoàn viên giảm do sắp xếp tổ chức" },
  definition: {
    en: "Members lost in the school year because units were dissolved, split or re-assigned; who left or retired is in membersLeft.",
    vi: "Số đoàn viên giảm trong năm học do giải thể, chia tách, sắp xếp lại tổ chức; người thôi việc, ra khỏi công đoàn, nghỉ hưu tính riêng.",
  },
  numerator: {
    plus: [membership.membersStructuralLoss],
    words: { en: "members lost by reorganisation", vi: "đoàn viên giảm do sắp xếp tổ chức" },
  },
  denominator: null,
  eligibility: { en: "Units with a membership report.", vi: "Đơn vị đã có báo cáo lao động và đoàn viên." },
  unit: "PEOPLE",
  period: "FLOW",
  direction: "NEUTRAL",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation; dispatch 4173/TLĐ-ToC (May 2025).",
  obligation: membershipReported,
  unsaid: membershipUnsaid.membersLostStructurally,
  isReported: true,
};
