import { cadences } from "../../records/kinds/union-body.js";
import { type Indicator } from "../indicator.js";

const {
  executivesMeetingMonthly: monthly,
  executivesMeetingEveryTwoMonths: everyTwoMonths,
  executivesMeetingLessOften: lessOften,
  monthsOfExecutivesMeetingLessOften: monthsLessOften,
} = cadences;

/** Twice a committee that meets every two months is its months between meetings. */
export const meetingCadence: Indicator = {
  key: "meetingCadence",
  name: { en: "Months between meetings of executive committees", vi: "Định kỳ sinh hoạt ban chấp hành (số tháng một kỳ)" },
  definition: {
    en: "Months between meetings of the executive committees in office on the reference date, by their own cadence, and how many meet every month, every two months and less often.",
    vi: "Số tháng bình quân giữa hai kỳ sinh hoạt của ban chấp hành đang hoạt động tại ngày chốt số liệu theo quy định của đơn vị, kèm số ban họp hằng tháng, hai tháng một lần và thưa hơn.",
  },
  numerator: {
    plus: [monthly, everyTwoMonths, everyTwoMonths, monthsLessOften],
    words: { en: "months between meetings, added up", vi: "tổng số tháng giữa hai kỳ" },
  },
  denominator: { plus: [monthly, everyTwoMonths, lessOften], words: { en: "executive committees", vi: "ban chấp hành" } },
  eligibility: {
    en: "Grassroots and occupational unions with a record of their executive committee.",
    vi: "Công đoàn cơ sở, nghiệp đoàn đã có số liệu ban chấp hành.",
  },
  unit: "MEAN",
  period: "STATE",
  direction: "NEUTRAL",
  source: "Practice of the federations (Bắc Từ Liêm, 2023-2024).",
  obligation: null,
  buckets: [
    { key: "MONTHLY", words: { en: "every month", vi: "mỗi tháng một kỳ" }, plus: [monthly] },
    { key: "EVERY_TWO_MONTHS", words: { en: "every two months", vi: "hai tháng một kỳ" }, plus: [everyTwoMonths] },
    { key: "LESS_OFTEN", words: { en: "less often", vi: "thưa hơn" }, plus: [lessOften] },
  ],
};
