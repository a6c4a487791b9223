import { staffConferenceHeld, conferences } from "../../records/kinds/conference.js";
import { type Indicator } from "../indicator.js";

export const conferenceQuorum: Indicator = {
  key: "conferenceQuorum",
  name: { en: "Staff conferences valid at the first call", vi: "Tỷ lệ hội nghị hợp lệ ngay lần triệu tập đầu" },
  definition: {
    en: "Staff conferences that were valid at the first call, of all regular staff conferences that were held in the school year, by meeting or by ballot.",
    vi: "Số hội nghị cán bộ, viên chức hợp lệ ngay lần triệu tập thứ nhất trên tổng số hội nghị thường kỳ đã tổ chức trong năm học, kể cả lấy ý kiến bằng phiếu.",
  },
  numerator: {
    plus: [conferences.staffConferencesValidAtFirstCall],
    words: { en: "staff conferences valid at the first call", vi: "hội nghị hợp lệ ngay lần đầu" },
  },
  denominator: {
    plus: [conferences.staffConferencesCalled],
    words: { en: "regular staff conferences held", vi: "hội nghị thường kỳ đã tổ chức" },
  },
  eligibility: {
    en: "Public schools that held their regular conference, with effect or without.",
    vi: "Trường công lập đã tổ chức hội nghị thường kỳ, hợp lệ hoặc chưa hợp lệ.",
  },
  unit: "RATE",
  period: "FLOW",
  direction: "HIGHER",
  source: "Law 10/2022/QH15 Art. 50(2), 51(2)(c).",
  obligation: staffConferenceHeld,
};
