import { activityReported, activity, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";

export const trainingAttendance: Indicator = {
  key: "trainingAttendance",
  name: { en: "Training attended", vi: "Tỷ lệ cán bộ công đoàn dự tập huấn" },
  definition: {
    en: "Union officers who attended training, of those invited to it in the school year.",
    vi: "Số cán bộ công đoàn tham dự tập huấn trên số được triệu tập trong năm học.",
  },
  numerator: { plus: [activity.trainingAttended], words: { en: "officers who attended", vi: "cán bộ tham dự" } },
  denominator: { plus: [activity.trainingInvited], words: { en: "officers invited", vi: "cán bộ được triệu tập" } },
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  unsaid: activityUnsaid.trainingAttendance,
};
