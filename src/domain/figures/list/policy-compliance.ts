import { policyApplied } from "../../records/kinds/activity-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(policyApplied);

export const policyCompliance: Indicator = {
  ...completion,
  key: "policyCompliance",
  name: { en: "Pay and benefit policy applied in full", vi: "Tỷ lệ đơn vị thực hiện đầy đủ chế độ, chính sách" },
  definition: {
    en: "Schools that report that pay, allowances, insurance and other benefits were all applied in full in the school year, of all schools. Their own word.",
    vi: "Số trường báo cáo đã thực hiện đầy đủ tiền lương, phụ cấp, bảo hiểm và các chế độ khác trong năm học trên tổng số trường. Số liệu tự báo cáo.",
  },
  numerator: { ...yes, words: { en: "schools that applied all of it", vi: "trường thực hiện đầy đủ" } },
  denominator: { ...expected, words: { en: "schools", vi: "trường học" } },
  eligibility: { en: "Every school in the tree.", vi: "Mọi trường trong hệ thống." },
  period: "FLOW",
  source: "Practice of the federations (Cao Phong, 2021-2022); the school's yearly activity report.",
};
