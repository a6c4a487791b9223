import { type Indicator } from "./indicator.js";

export const agreementsRenewed: Indicator = {
  key: "agreementsRenewed",
  name: { en: "Renewed collective agreements", vi: "Số thoả ước lao động tập thể ký lại" },
  definition: {
    en: "Collective agreements signed again after an earlier one in the twelve months up to the reference date. An agreement of several schools counts once, where it was reported.",
    vi: "Số thoả ước lao động tập thể ký lại sau thoả ước trước trong mười hai tháng tính đến ngày chốt số liệu. Thoả ước có nhiều trường chỉ tính một lần, tại đơn vị báo cáo.",
  },
  numerator: { plus: ["agreementsRenewed"], words: { en: "agreements signed again", vi: "thoả ước ký lại" } },
  denominator: null,
  eligibility: { en: "Agreements of non-public schools.", vi: "Thoả ước của trường ngoài công lập." },
  unit: "AGREEMENTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 83.",
  obligation: null,
};
