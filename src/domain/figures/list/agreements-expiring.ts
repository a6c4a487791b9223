import { agreementsInForce } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsExpiring: Indicator = {
  key: "agreementsExpiring",
  name: { en: "Collective agreements about to expire", vi: "Số thỏa ước lao động tập thể sắp hết hạn" },
  definition: {
    en: "Collective agreements in force on the reference date that end within 90 days after it: their renewal may be bargained.",
    vi: "Số thỏa ước lao động tập thể đang có hiệu lực tại ngày chốt số liệu và hết hạn trong 90 ngày sau đó: được thương lượng kéo dài hoặc ký lại.",
  },
  numerator: {
    plus: [agreementsInForce.agreementsExpiring],
    words: { en: "agreements that end within 90 days", vi: "thỏa ước hết hạn trong 90 ngày" },
  },
  denominator: null,
  eligibility: {
    en: "Agreements in force, each once, where it was reported.",
    vi: "Thỏa ước đang có hiệu lực, mỗi thỏa ước tính một lần tại đơn vị báo cáo.",
  },
  unit: "AGREEMENTS",
  period: "STATE",
  direction: "NEUTRAL",
  source: "Labour Code 45/2019/QH14 Art. 83.",
  obligation: null,
};
