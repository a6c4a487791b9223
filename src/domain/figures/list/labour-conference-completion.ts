import { conferences, labourConferenceHeld } from "../../records/kinds/conference.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(labourConferenceHeld);

export const labourConferenceCompletion: Indicator = {
  ...completion,
  key: "labourConferenceCompletion",
  name: { en: "Labour conference held", vi: "Tỷ lệ tổ chức hội nghị người lao động" },
  definition: {
    en: "Non-public schools with a labour conference for the school year, of those that owe one.",
    vi: "Số trường ngoài công lập đã tổ chức hội nghị người lao động của năm học trên số trường phải tổ chức.",
  },
  numerator: {
    ...yes,
    words: { en: "non-public schools that held a labour conference", vi: "trường ngoài công lập đã tổ chức hội nghị người lao động" },
  },
  denominator: {
    ...expected,
    words: { en: "non-public schools that owe a labour conference", vi: "trường ngoài công lập phải tổ chức hội nghị người lao động" },
  },
  eligibility: {
    en: "Non-public schools with a union and at least 10 workers (unknown counts as 10 or more), open by the deadline where a directive sets one; smaller ones with a union only if they held one. Schools without a union are told apart.",
    vi: "Trường ngoài công lập có công đoàn, từ 10 lao động trở lên (chưa rõ thì tính là đủ 10), hoạt động trước hạn nếu có văn bản quy định hạn; trường có công đoàn nhưng ít lao động hơn chỉ tính khi đã tổ chức. Trường không có công đoàn tính riêng.",
  },
  buckets: [
    { key: "WITH_UNION", words: { en: "held by schools with a union", vi: "trường có công đoàn đã tổ chức" }, plus: yes.plus },
    {
      key: "WITHOUT_UNION",
      words: {
        en: "held by schools without a union, which owe none",
        vi: "trường không có công đoàn đã tổ chức, không thuộc diện phải tổ chức",
      },
      plus: [conferences.labourConferencesWithoutUnion],
    },
  ],
  period: "FLOW",
  source:
    "Decree 145/2020 Art. 47; Law 10/2022/QH15 Art. 82. Threshold of 10 workers: labour conference target of Thanh Trì, 2023–2028. No deadline in law: only a directive sets one.",
};
