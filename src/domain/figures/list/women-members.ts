import { membershipReported, membership, membershipUnsaid } from "../../records/kinds/membership-report.js";
import { type Indicator } from "../indicator.js";

export const womenMembers: Indicator = {
  key: "womenMembers",
  name: { en: "Women among the union members", vi: "Số đoàn viên nữ" },
  definition: {
    en: "Women among the union members at the end of the school year, as the membership reports have them.",
    vi: "Số đoàn viên nữ cuối kỳ của năm học theo báo cáo lao động và đoàn viên.",
  },
  numerator: { plus: [membership.womenMembers], words: { en: "women who are union members", vi: "đoàn viên nữ" } },
  denominator: null,
  eligibility: {
    en: "Units with a membership report: schools for their own people, unions for people who belong to none of their schools, so that nobody counts twice.",
    vi: "Đơn vị đã có báo cáo: trường tính người của trường; công đoàn chỉ tính người không thuộc trường nào của mình, để không ai bị tính hai lần.",
  },
  unit: "PEOPLE",
  period: "STATE",
  direction: "HIGHER",
  source: "Forms 1-HĐCĐ and 2-HĐCĐ of the general confederation (cut-offs 31 May and 30 November).",
  obligation: membershipReported,
  unsaid: membershipUnsaid.womenMembers,
  isReported: true,
};
