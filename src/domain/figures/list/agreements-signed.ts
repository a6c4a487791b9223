import { agreementsInYear } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsSigned: Indicator = {
  key: "agreementsSigned",
  name: { en: "Collective agreements signed", vi: "Số thỏa ước lao động tập thể ký trong năm học" },
  definition: {
    en: "Collective agreements signed from the day after the last reference date to this one, for the first time or again. An agreement of several schools counts once, where it was reported.",
    vi: "Số thỏa ước lao động tập thể ký mới hoặc ký lại từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này. Thỏa ước có nhiều trường chỉ tính một lần, tại đơn vị báo cáo.",
  },
  numerator: { plus: [agreementsInYear.agreementsSigned], words: { en: "agreements signed", vi: "thỏa ước đã ký" } },
  denominator: null,
  eligibility: { en: "Agreements of non-public schools.", vi: "Thỏa ước của trường ngoài công lập." },
  unit: "AGREEMENTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 75, 76.",
  obligation: null,
};
