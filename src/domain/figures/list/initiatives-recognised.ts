import { ratioOf } from "../../records/kinds/activity-ratios.js";
import { HONOUR_LEVELS } from "../../records/kinds/activity-report-fields.js";
import { activityReported, ALL_HONOUR_LEVELS, RECOGNISED_AT } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";
import { wordsOf } from "../../ground/words.js";

export const initiativesRecognised: Indicator = {
  key: "initiativesRecognised",
  name: { en: "Initiatives recognised", vi: "Số sáng kiến kinh nghiệm được công nhận" },
  definition: {
    en: "Initiatives that were recognised in the school year, each once, at the highest level that did; the buckets tell the level.",
    vi: "Số sáng kiến kinh nghiệm được công nhận trong năm học, mỗi sáng kiến tính một lần ở cấp công nhận cao nhất; phần chi tiết theo cấp công nhận.",
  },
  numerator: { plus: Object.values(RECOGNISED_AT), words: { en: "initiatives recognised", vi: "sáng kiến được công nhận" } },
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
  isReported: true,
  buckets: ALL_HONOUR_LEVELS.map((level) => ({ key: level, words: wordsOf(HONOUR_LEVELS[level]), plus: [RECOGNISED_AT[level]] })),
  per: ratioOf("initiativesRecognised"),
};
