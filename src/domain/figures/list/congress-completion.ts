import { congressHeld } from "../../records/kinds/congress.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(congressHeld);

export const congressCompletion: Indicator = {
  ...completion,
  key: "congressCompletion",
  name: { en: "Congress held", vi: "Tỷ lệ công đoàn cơ sở hoàn thành đại hội" },
  definition: {
    en: "Grassroots and occupational unions that have held the congress (or its approved substitute) of the term, of those that owe it. The term: the one that a directive names for the school year, else the one that runs on the reference date.",
    vi: "Số công đoàn cơ sở, nghiệp đoàn đã tổ chức đại hội (hoặc hội nghị thay thế được cấp trên đồng ý) của nhiệm kỳ trên số công đoàn phải tổ chức. Nhiệm kỳ: theo văn bản chỉ đạo của năm học; nếu không nêu thì là nhiệm kỳ đang diễn ra tại ngày chốt số liệu.",
  },
  numerator: { ...yes, words: { en: "unions that have held it", vi: "công đoàn đã đại hội" } },
  denominator: { ...expected, words: { en: "unions that owe it", vi: "công đoàn phải đại hội" } },
  eligibility: {
    en: "Grassroots and occupational unions open by the deadline, without one since the start of the school year; a younger one only if it held its congress.",
    vi: "Công đoàn cơ sở, nghiệp đoàn hoạt động trước hạn (không có hạn thì từ đầu năm học); đơn vị mới hơn chỉ tính khi đã đại hội.",
  },
  period: "TERM",
  source:
    "Statute of the Vietnam trade union (2020) Art. 8; guidance 03/HD-TLĐ of 2020. Due at the end of the school year unless a directive sets another day.",
};
