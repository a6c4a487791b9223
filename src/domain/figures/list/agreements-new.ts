import { agreementsInYear } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsNew: Indicator = {
  key: "agreementsNew",
  name: { en: "New collective agreements", vi: "Số thỏa ước lao động tập thể ký mới" },
  definition: {
    en: "Collective agreements signed for the first time from the day after the last reference date to this one. An agreement of several schools counts once, where it was reported.",
    vi: "Số thỏa ước lao động tập thể ký lần đầu từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này. Thỏa ước có nhiều trường chỉ tính một lần, tại đơn vị báo cáo.",
  },
  numerator: { plus: [agreementsInYear.agreementsNew], words: { en: "agreements signed for the first time", vi: "thỏa ước ký mới" } },
  denominator: null,
  eligibility: { en: "Agreements of non-public schools.", vi: "Thỏa ước của trường ngoài công lập." },
  unit: "AGREEMENTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 75, 76.",
  obligation: null,
};
