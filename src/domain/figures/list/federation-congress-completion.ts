import { federationCongressHeld } from "../../records/kinds/congress.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(federationCongressHeld);

export const federationCongressCompletion: Indicator = {
  ...completion,
  key: "federationCongressCompletion",
  name: { en: "Congress of federations held", vi: "Tỷ lệ công đoàn cấp trên hoàn thành đại hội" },
  definition: {
    en: "Federations, sector unions and commune unions that have held the congress of the term, of those that owe it; the unit itself is one of them. The term as for the congress of grassroots unions.",
    vi: "Số liên đoàn lao động, công đoàn ngành, công đoàn xã đã tổ chức đại hội của nhiệm kỳ trên số đơn vị phải tổ chức, tính cả chính đơn vị đang xem. Nhiệm kỳ như chỉ tiêu đại hội công đoàn cơ sở.",
  },
  numerator: { ...yes, words: { en: "federations that have held it", vi: "công đoàn cấp trên đã đại hội" } },
  denominator: { ...expected, words: { en: "federations that owe it", vi: "công đoàn cấp trên phải đại hội" } },
  eligibility: {
    en: "Units of the levels confederation, province and district open by the deadline, without one since the start of the school year.",
    vi: "Đơn vị cấp Tổng Liên đoàn, tỉnh, huyện và tương đương hoạt động trước hạn (không có hạn thì từ đầu năm học).",
  },
  period: "TERM",
  source: "Statute of the Vietnam trade union (2020) Art. 8. Due at the end of the school year unless a directive sets another day.",
};
