import { agreementsInYear } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementFiledOnTime: Indicator = {
  key: "agreementFiledOnTime",
  name: { en: "Collective agreement filed on time", vi: "Tỷ lệ gửi thỏa ước lao động tập thể đúng hạn" },
  definition: {
    en: "Collective agreements sent to the provincial labour authority within 10 days of signing, of those signed from the day after the last reference date to this one.",
    vi: "Số thỏa ước lao động tập thể được gửi đến cơ quan chuyên môn về lao động cấp tỉnh trong 10 ngày kể từ ngày ký trên số thỏa ước ký từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này.",
  },
  numerator: {
    plus: [agreementsInYear.agreementsFiledOnTime],
    words: { en: "agreements filed within 10 days", vi: "thỏa ước gửi trong 10 ngày" },
  },
  denominator: { plus: [agreementsInYear.agreementsSigned], words: { en: "agreements signed", vi: "thỏa ước đã ký" } },
  eligibility: {
    en: "Agreements signed in the year; one whose filing is not known counts as not filed on time.",
    vi: "Thỏa ước ký trong năm; chưa rõ ngày gửi thì tính là chưa gửi đúng hạn.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 77.",
  obligation: null,
};
