import { HONOUR_LEVELS } from "../../records/kinds/activity-report-fields.js";
import { activityReported, ALL_HONOUR_LEVELS, AWARDS_AT } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";
import { wordsOf } from "../../ground/words.js";

export const awardsCollective: Indicator = {
  key: "awardsCollective",
  name: { en: "Awards to collectives", vi: "Số lượt khen thưởng tập thể" },
  definition: {
    en: "Awards given to collectives for the school year; the buckets tell who gave them.",
    vi: "Số lượt khen thưởng tập thể của năm học; phần chi tiết theo cấp khen thưởng.",
  },
  numerator: {
    plus: Object.values(AWARDS_AT.COLLECTIVE),
    words: { en: "awards to collectives", vi: "lượt khen thưởng tập thể" },
  },
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
  buckets: ALL_HONOUR_LEVELS.map((level) => ({ key: level, words: wordsOf(HONOUR_LEVELS[level]), plus: [AWARDS_AT.COLLECTIVE[level]] })),
};
