import { AWARD_TYPES } from "../../records/kinds/activity-report-fields.js";
import { activityReported, ALL_AWARD_TYPES, AWARDS_OF } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";
import { wordsOf } from "../../ground/words.js";

export const awards: Indicator = {
  key: "awards",
  name: { en: "Awards", vi: "Số lượt khen thưởng" },
  definition: {
    en: "Awards given to collectives and individuals for the school year; the buckets tell the kind.",
    vi: "Số lượt khen thưởng tập thể và cá nhân của năm học; phần chi tiết theo hình thức.",
  },
  numerator: { plus: Object.values(AWARDS_OF), words: { en: "awards", vi: "lượt khen thưởng" } },
  denominator: null,
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "AWARDS",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  isReported: true,
  buckets: ALL_AWARD_TYPES.map((type) => ({ key: type, words: wordsOf(AWARD_TYPES[type]), plus: [AWARDS_OF[type]] })),
};
