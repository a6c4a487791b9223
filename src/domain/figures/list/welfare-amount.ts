import { ratioOf } from "../../records/kinds/activity-ratios.js";
import { PAYERS } from "../../records/kinds/activity-report-fields.js";
import { activityReported, ALL_PAYERS, AMOUNT_BY, activityUnsaid } from "../../records/kinds/activity-report.js";
import { type Indicator } from "../indicator.js";
import { wordsOf } from "../../ground/words.js";

export const welfareAmount: Indicator = {
  key: "welfareAmount",
  name: { en: "Money spent on welfare", vi: "Số tiền chăm lo đời sống" },
  definition: {
    en: "Money spent on gifts and help in the school year, in Vietnamese dong; the buckets tell who paid.",
    vi: "Số tiền chi tặng quà, thăm hỏi, hỗ trợ trong năm học, tính bằng đồng; phần chi tiết cho biết nguồn chi.",
  },
  numerator: { plus: Object.values(AMOUNT_BY), words: { en: "dong spent", vi: "số tiền đã chi" } },
  denominator: null,
  eligibility: {
    en: "Schools with a yearly activity report; unions and federations for what they did themselves, so that nothing counts twice.",
    vi: "Trường đã có báo cáo hoạt động năm học; công đoàn và liên đoàn chỉ tính phần tự thực hiện, để không bị tính hai lần.",
  },
  unit: "DONG",
  period: "FLOW",
  direction: "HIGHER",
  source: "Form 1-HĐCĐ of the general confederation; practice of the federations.",
  obligation: activityReported,
  unsaid: activityUnsaid.welfareAmount,
  isReported: true,
  buckets: ALL_PAYERS.map((payer) => ({ key: payer, words: wordsOf(PAYERS[payer]), plus: [AMOUNT_BY[payer]] })),
  per: ratioOf("welfareAmount"),
};
