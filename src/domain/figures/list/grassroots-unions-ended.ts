import { grassrootsEnded } from "../../counting/union-turnover.js";
import { type Indicator } from "../indicator.js";
import { END_REASON_WORDS, type EndReason } from "../../tree/end-reason.js";

export const grassrootsUnionsEnded: Indicator = {
  key: "grassrootsUnionsEnded",
  name: { en: "Grassroots unions ended", vi: "Số công đoàn cơ sở kết thúc hoạt động (giải thể, sáp nhập, chia tách)" },
  definition: {
    en: "Grassroots unions that closed from the day after the last reference date to this one, by the reason that was given; each counts where it last stood. Occupational unions are counted apart.",
    vi: "Số công đoàn cơ sở kết thúc hoạt động từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này, theo lý do đã ghi nhận; tính cho đơn vị cấp trên quản lý cuối cùng. Nghiệp đoàn tính riêng.",
  },
  numerator: {
    plus: Object.values(grassrootsEnded),
    words: { en: "grassroots unions that closed in the year", vi: "công đoàn cơ sở kết thúc hoạt động" },
  },
  denominator: null,
  eligibility: {
    en: "Every grassroots union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi công đoàn cơ sở trong hệ thống. Công đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "FLOW",
  direction: "NEUTRAL",
  source: "The hub's register of units; dispatch 4173/TLĐ-ToC of the general confederation (May 2025) on dissolution.",
  obligation: null,
  buckets: (Object.keys(grassrootsEnded) as EndReason[]).map((reason) => ({
    key: reason,
    words: END_REASON_WORDS[reason],
    plus: [grassrootsEnded[reason]],
  })),
};
