import { womensCommitteeInOffice } from "../../records/kinds/union-body.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(womensCommitteeInOffice);

export const womensCommittee: Indicator = {
  ...completion,
  key: "womensCommittee",
  name: { en: "Women's committee in office", vi: "Tỷ lệ công đoàn cơ sở có ban nữ công quần chúng" },
  definition: {
    en: "Grassroots unions with a women's committee in office on the reference date, of those that must have one.",
    vi: "Số công đoàn cơ sở có ban nữ công quần chúng đang hoạt động tại ngày chốt số liệu trên số công đoàn phải thành lập.",
  },
  numerator: { ...yes, words: { en: "unions with a women's committee", vi: "công đoàn có ban nữ công" } },
  denominator: { ...expected, words: { en: "unions that must have one", vi: "công đoàn phải có ban nữ công" } },
  eligibility: {
    en: "Grassroots and occupational unions open since the start of the school year; not those whose record says that none is required of them. No number of members is set as a limit.",
    vi: "Công đoàn cơ sở, nghiệp đoàn hoạt động từ đầu năm học; trừ đơn vị được xác định không phải thành lập. Không đặt ngưỡng số đoàn viên.",
  },
  period: "STATE",
  source: "Practice of the federations (Bắc Từ Liêm, 2023-2024); Statute of the Vietnam trade union.",
};
