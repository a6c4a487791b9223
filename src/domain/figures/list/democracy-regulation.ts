import { democracyRegulationInForce } from "../../records/kinds/democracy-regulation.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(democracyRegulationInForce);

export const democracyRegulation: Indicator = {
  ...completion,
  key: "democracyRegulation",
  name: { en: "Democracy regulation in force", vi: "Tỷ lệ xây dựng quy chế thực hiện dân chủ" },
  definition: {
    en: "Schools whose democracy regulation is in force on the reference date, of those that must have one.",
    vi: "Số trường có quy chế thực hiện dân chủ đang có hiệu lực tại ngày chốt số liệu trên số trường phải ban hành.",
  },
  numerator: { ...yes, words: { en: "schools with a democracy regulation in force", vi: "trường có quy chế đang có hiệu lực" } },
  denominator: { ...expected, words: { en: "schools that must have one", vi: "trường phải ban hành quy chế" } },
  eligibility: {
    en: "Every public school; non-public schools with 10 workers or more (unknown counts as more), with fewer only if they have one.",
    vi: "Mọi trường công lập; trường ngoài công lập có từ 10 lao động trở lên (chưa rõ thì tính là đủ), dưới 10 chỉ tính khi đã ban hành.",
  },
  period: "STATE",
  source:
    "Law 10/2022/QH15 Art. 59(1)(a); Decree 145/2020 Art. 48; guidance 41/HD-TLĐ of 2021. Due at the end of the school year unless a directive sets another day.",
};
