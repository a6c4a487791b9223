import { occupationalEnded } from "../../counting/union-turnover.js";
import { type Indicator } from "../indicator.js";
import { END_REASON_WORDS, type EndReason } from "../../tree/end-reason.js";

export const occupationalUnionsEnded: Indicator = {
  key: "occupationalUnionsEnded",
  name: { en: "Occupational unions ended", vi: "Số nghiệp đoàn kết thúc hoạt động (giải thể, sáp nhập, chia tách)" },
  definition: {
    en: "Occupational unions that closed from the day after the last reference date to this one, by the reason that was given; each counts where it last stood.",
    vi: "Số nghiệp đoàn kết thúc hoạt động từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này, theo lý do đã ghi nhận; tính cho đơn vị cấp trên quản lý cuối cùng.",
  },
  numerator: {
    plus: Object.values(occupationalEnded),
    words: { en: "occupational unions that closed in the year", vi: "nghiệp đoàn kết thúc hoạt động" },
  },
  denominator: null,
  eligibility: {
    en: "Every occupational union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi nghiệp đoàn trong hệ thống. Nghiệp đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "FLOW",
  direction: "NEUTRAL",
  source: "The hub's register of units; dispatch 4173/TLĐ-ToC of the general confederation (May 2025) on dissolution.",
  obligation: null,
  buckets: (Object.keys(occupationalEnded) as EndReason[]).map((reason) => ({
    key: reason,
    words: END_REASON_WORDS[reason],
    plus: [occupationalEnded[reason]],
  })),
};
