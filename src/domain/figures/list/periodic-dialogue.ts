import { dialogueHeld } from "../../records/kinds/activity-report.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(dialogueHeld);

export const periodicDialogue: Indicator = {
  ...completion,
  key: "periodicDialogue",
  name: { en: "Periodic dialogue held", vi: "Tỷ lệ tổ chức đối thoại định kỳ tại nơi làm việc" },
  definition: {
    en: "Non-public schools that held at least one periodic dialogue from the day after the last reference date to this one, of all non-public schools.",
    vi: "Số trường ngoài công lập tổ chức ít nhất một lần đối thoại định kỳ từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này trên tổng số trường ngoài công lập.",
  },
  numerator: { ...yes, words: { en: "non-public schools with a dialogue", vi: "trường ngoài công lập đã đối thoại" } },
  denominator: { ...expected, words: { en: "non-public schools", vi: "trường ngoài công lập" } },
  eligibility: {
    en: "Every non-public school, with or without a union: the employer owes it.",
    vi: "Mọi trường ngoài công lập, có hoặc không có công đoàn: nghĩa vụ của người sử dụng lao động.",
  },
  period: "FLOW",
  source: "Labour Code 45/2019/QH14 Art. 63: at least once a year.",
};
