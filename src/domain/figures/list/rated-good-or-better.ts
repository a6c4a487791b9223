import { ratedGoodOrBetter as goodOrBetter, RATED } from "../../records/kinds/unit-rating.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(goodOrBetter);

export const ratedGoodOrBetter: Indicator = {
  ...completion,
  key: "ratedGoodOrBetter",
  name: { en: "Unions rated good or better", vi: "Tỷ lệ công đoàn cơ sở hoàn thành tốt nhiệm vụ trở lên" },
  definition: {
    en: "Grassroots unions rated good or excellent for the calendar year that ended in the school year, of those that are to be rated. The buckets tell every rating.",
    vi: "Số công đoàn cơ sở được xếp loại hoàn thành tốt hoặc xuất sắc nhiệm vụ của năm dương lịch kết thúc trong năm học trên số công đoàn thuộc diện xếp loại. Phần chi tiết gồm mọi mức xếp loại.",
  },
  numerator: { ...yes, words: { en: "unions rated good or excellent", vi: "công đoàn hoàn thành tốt nhiệm vụ trở lên" } },
  denominator: { ...expected, words: { en: "unions that are to be rated", vi: "công đoàn thuộc diện xếp loại" } },
  eligibility: {
    en: "Grassroots and occupational unions with 12 months in operation at the end of the calendar year; not those recorded as not rated.",
    vi: "Công đoàn cơ sở, nghiệp đoàn hoạt động đủ 12 tháng đến cuối năm dương lịch; trừ đơn vị chưa xếp loại.",
  },
  period: "STATE",
  source: "Guidance 1294/HD-TLĐ of 14 August 2019. Due at the end of the school year unless a directive sets another day.",
  buckets: [
    { key: "EXCELLENT", words: { en: "excellent", vi: "hoàn thành xuất sắc nhiệm vụ" }, plus: [RATED.EXCELLENT] },
    { key: "GOOD", words: { en: "good", vi: "hoàn thành tốt nhiệm vụ" }, plus: [RATED.GOOD] },
    { key: "COMPLETED", words: { en: "completed", vi: "hoàn thành nhiệm vụ" }, plus: [RATED.COMPLETED] },
    { key: "NOT_COMPLETED", words: { en: "not completed", vi: "không hoàn thành nhiệm vụ" }, plus: [RATED.NOT_COMPLETED] },
    { key: "NOT_RATED", words: { en: "not rated", vi: "chưa xếp loại" }, plus: [RATED.NOT_RATED] },
  ],
};
