import { activityReported, activity, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";

export const communicationSessions: Indicator = {
  key: "communicationSessions",
  name: { en: "Communication sessions", vi: "Số buổi tuyên truyền" },
  definition: {
    en: "Sessions of communication and propaganda held in the school year.",
    vi: "Số buổi tuyên truyền, phổ biến, giáo dục được tổ chức trong năm học.",
  },
  numerator: { plus: [activity.communicationSessions], words: { en: "sessions", vi: "buổi tuyên truyền" } },
  denominator: null,
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "SESSIONS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  unsaid: activityUnsaid.communicationSessions,
  isReported: true,
};
