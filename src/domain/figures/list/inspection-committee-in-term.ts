import { inspectionCommitteeInTerm as inTerm } from "../../records/kinds/inspection-committee.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(inTerm);

export const inspectionCommitteeInTerm: Indicator = {
  ...completion,
  key: "inspectionCommitteeInTerm",
  name: { en: "People's inspection committee in its term", vi: "Tỷ lệ đơn vị có ban thanh tra nhân dân" },
  definition: {
    en: "Public schools whose people's inspection committee is in its two-year term on the reference date, of those that must have one.",
    vi: "Số trường công lập có ban thanh tra nhân dân đang trong nhiệm kỳ hai năm tại ngày chốt số liệu trên số trường phải có.",
  },
  numerator: {
    ...yes,
    words: { en: "public schools with a committee in its term", vi: "trường có ban thanh tra nhân dân trong nhiệm kỳ" },
  },
  denominator: { ...expected, words: { en: "public schools that must have a committee", vi: "trường phải có ban thanh tra nhân dân" } },
  eligibility: {
    en: "Public schools open by the deadline of the staff conference with more than 7 workers (unknown counts as more); not those that the union above has exempted as a special case.",
    vi: "Trường công lập hoạt động trước hạn tổ chức hội nghị, có trên 7 người (chưa rõ thì tính là trên 7); trừ trường hợp đặc thù được công đoàn cấp trên cho phép không thành lập.",
  },
  period: "STATE",
  source: "Law 10/2022/QH15 Art. 60; Decree 59/2023 Art. 21(2).",
};
