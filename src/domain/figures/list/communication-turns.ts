import { ratioOf } from "../../records/kinds/activity-ratios.js";
import { activityReported, activity, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";

export const communicationTurns: Indicator = {
  key: "communicationTurns",
  name: { en: "Attendances at communication sessions", vi: "Số lượt người dự tuyên truyền" },
  definition: {
    en: "Attendances at sessions of communication and propaganda in the school year; somebody who came twice counts twice.",
    vi: "Số lượt đoàn viên, người lao động tham dự các buổi tuyên truyền trong năm học; một người dự hai buổi tính hai lượt.",
  },
  numerator: { plus: [activity.communicationTurns], words: { en: "attendances", vi: "lượt người tham dự" } },
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
  unsaid: activityUnsaid.communicationTurns,
  isReported: true,
  per: ratioOf("communicationTurns"),
};
