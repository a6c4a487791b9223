import { agreementsInYear } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsRenewed: Indicator = {
  key: "agreementsRenewed",
  name: { en: "Renewed collective agreements", vi: "Số thỏa ước lao động tập thể ký lại" },
  definition: {
    en: "Collective agreements signed again after an earlier one from the day after the last reference date to this one. An agreement of several schools counts once, where it was reported.",
    vi: "Số thỏa ước lao động tập thể ký lại sau thỏa ước trước từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này. Thỏa ước có nhiều trường chỉ tính một lần, tại đơn vị báo cáo.",
  },
  numerator: { plus: [agreementsInYear.agreementsRenewed], words: { en: "agreements signed again", vi: "thỏa ước ký lại" } },
  denominator: null,
  eligibility: { en: "Agreements of non-public schools.", vi: "Thỏa ước của trường ngoài công lập." },
  unit: "AGREEMENTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 83.",
  obligation: null,
};
