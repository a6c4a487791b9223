import { agreementsInYear } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsAmended: Indicator = {
  key: "agreementsAmended",
  name: { en: "Amendments of collective agreements", vi: "Số lượt sửa đổi, bổ sung thỏa ước lao động tập thể" },
  definition: {
    en: "Amendments of collective agreements from the day after the last reference date to this one; an agreement amended twice counts twice.",
    vi: "Số lượt sửa đổi, bổ sung thỏa ước lao động tập thể từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này; thỏa ước sửa đổi hai lần tính hai lượt.",
  },
  numerator: { plus: [agreementsInYear.agreementsAmended], words: { en: "amendments", vi: "lượt sửa đổi, bổ sung" } },
  denominator: null,
  eligibility: { en: "Agreements of non-public schools.", vi: "Thỏa ước của trường ngoài công lập." },
  unit: "AGREEMENTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 82.",
  obligation: null,
};
