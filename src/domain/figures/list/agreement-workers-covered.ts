import { agreementInForce, agreementWorkers } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

/** Rests on two reports: the agreement, whose coverage it carries, and the membership report, which has the workers. */
export const agreementWorkersCovered: Indicator = {
  key: "agreementWorkersCovered",
  name: { en: "Workers covered by a collective agreement", vi: "Tỷ lệ người lao động được áp dụng thỏa ước lao động tập thể" },
  definition: {
    en: "Workers of the non-public schools covered by a collective agreement in force (or in grace) on the reference date, of the workers of all non-public schools with a union.",
    vi: "Số lao động của các trường ngoài công lập có thỏa ước lao động tập thể đang có hiệu lực (hoặc được kéo dài) tại ngày chốt số liệu trên tổng số lao động của các trường ngoài công lập có công đoàn.",
  },
  numerator: {
    plus: [agreementWorkers.agreementWorkersCovered],
    words: { en: "workers of schools covered by an agreement", vi: "lao động của trường có thỏa ước" },
  },
  denominator: {
    plus: [agreementWorkers.agreementWorkersEligible],
    words: { en: "workers of non-public schools with a union", vi: "lao động của trường ngoài công lập có công đoàn" },
  },
  eligibility: {
    en: "Non-public schools with a union. A school without a membership report adds nothing to either number.",
    vi: "Trường ngoài công lập có công đoàn. Trường chưa có báo cáo lao động và đoàn viên không được tính vào cả hai số.",
  },
  unit: "RATE",
  period: "STATE",
  direction: "HIGHER",
  source: "Labour Code 45/2019/QH14 Art. 78(2): an agreement binds the employer and all its workers.",
  obligation: agreementInForce,
};
