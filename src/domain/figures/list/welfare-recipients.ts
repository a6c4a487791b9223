import { ratioOf } from "../../records/kinds/activity-ratios.js";
import { activityReported, activity, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";

export const welfareRecipients: Indicator = {
  key: "welfareRecipients",
  name: { en: "People helped", vi: "Số lượt người được chăm lo, thăm hỏi" },
  definition: {
    en: "People who were helped or given something in the school year; somebody helped twice counts twice.",
    vi: "Số lượt đoàn viên, người lao động và con em được thăm hỏi, hỗ trợ, tặng quà trong năm học; một người được hai lần tính hai lượt.",
  },
  numerator: { plus: [activity.welfareRecipients], words: { en: "people helped, by turns", vi: "lượt người được chăm lo" } },
  denominator: null,
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "TURNS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  unsaid: activityUnsaid.welfareRecipients,
  isReported: true,
  per: ratioOf("welfareRecipients"),
};
