import { agreementsInYear } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsProlonged: Indicator = {
  key: "agreementsProlonged",
  name: { en: "Prolongations of collective agreements", vi: "Số lượt kéo dài thời hạn thỏa ước lao động tập thể" },
  definition: {
    en: "Prolongations of collective agreements, each after a new ballot, from the day after the last reference date to this one; an agreement prolonged twice counts twice. An agreement signed anew is a renewal.",
    vi: "Số lượt kéo dài thời hạn thỏa ước lao động tập thể sau khi lấy ý kiến lại, từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này; thỏa ước kéo dài hai lần tính hai lượt. Ký thỏa ước mới thay thế là ký lại.",
  },
  numerator: { plus: [agreementsInYear.agreementsProlonged], words: { en: "prolongations", vi: "lượt kéo dài" } },
  denominator: null,
  eligibility: { en: "Agreements of non-public schools.", vi: "Thỏa ước của trường ngoài công lập." },
  unit: "AGREEMENTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 76, 83.",
  obligation: null,
};
