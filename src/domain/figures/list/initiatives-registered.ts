import { ratioOf } from "../../records/kinds/activity-ratios.js";
import { activityReported, activity, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";

export const initiativesRegistered: Indicator = {
  key: "initiativesRegistered",
  name: { en: "Initiatives registered", vi: "Số sáng kiến kinh nghiệm đăng ký" },
  definition: {
    en: "Initiatives (sáng kiến kinh nghiệm) that were registered in the school year.",
    vi: "Số sáng kiến kinh nghiệm được đăng ký trong năm học.",
  },
  numerator: { plus: [activity.initiativesRegistered], words: { en: "initiatives registered", vi: "sáng kiến đăng ký" } },
  denominator: null,
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "INITIATIVES",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  unsaid: activityUnsaid.initiativesRegistered,
  isReported: true,
  per: ratioOf("initiativesRegistered"),
};
