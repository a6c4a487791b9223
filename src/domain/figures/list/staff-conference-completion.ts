import { staffConferenceHeld } from "../../records/kinds/conference.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(staffConferenceHeld);

export const staffConferenceCompletion: Indicator = {
  ...completion,
  key: "staffConferenceCompletion",
  name: { en: "Staff conference held", vi: "Tỷ lệ tổ chức hội nghị cán bộ, công chức, viên chức" },
  definition: {
    en: "Public schools with a valid regular staff conference (or the ballot that replaces it) for the school year, of those that owe one.",
    vi: "Số trường công lập đã tổ chức hợp lệ hội nghị cán bộ, viên chức (hoặc lấy ý kiến bằng phiếu thay thế) của năm học trên số trường phải tổ chức.",
  },
  numerator: { ...yes, words: { en: "public schools whose staff conference is valid", vi: "trường công lập có hội nghị hợp lệ" } },
  denominator: { ...expected, words: { en: "public schools that owe a staff conference", vi: "trường công lập phải tổ chức hội nghị" } },
  eligibility: {
    en: "Public schools open by the deadline with more than 7 workers (unknown counts as more); with 7 or fewer only if they held one.",
    vi: "Trường công lập hoạt động trước hạn, có trên 7 người (chưa rõ thì tính là trên 7); từ 7 người trở xuống chỉ tính khi đã tổ chức.",
  },
  period: "FLOW",
  source:
    "Law 10/2022/QH15 Art. 50–52; Decree 59/2023. Deadline: three months into the school year (Art. 51(1)) unless a directive sets another.",
};
