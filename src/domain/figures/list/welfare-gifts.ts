import { ratioOf } from "../../records/kinds/activity-ratios.js";
import { activityReported, activity, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";

export const welfareGifts: Indicator = {
  key: "welfareGifts",
  name: { en: "Welfare gifts", vi: "Số suất quà chăm lo đời sống" },
  definition: {
    en: "Gifts given to members, workers and their families in the school year.",
    vi: "Số suất quà tặng đoàn viên, người lao động và gia đình trong năm học.",
  },
  numerator: { plus: [activity.welfareGifts], words: { en: "gifts", vi: "suất quà" } },
  denominator: null,
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "GIFTS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  unsaid: activityUnsaid.welfareGifts,
  isReported: true,
  per: ratioOf("welfareGifts"),
};
