import { agreementSignedInTerm } from "../../records/kinds/collective-agreement.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(agreementSignedInTerm);

export const agreementsSignedInTerm: Indicator = {
  ...completion,
  key: "agreementsSignedInTerm",
  name: { en: "Schools that signed a collective agreement in the term", vi: "Tỷ lệ đơn vị ký thỏa ước lao động tập thể trong nhiệm kỳ" },
  definition: {
    en: "Non-public schools with a union that are covered by at least one collective agreement signed in the term (or joined in it, by a school that joined later), of all non-public schools with a union. The term: from the first to the last year that a directive names, up to the reference date; else the five years up to the reference date.",
    vi: "Số trường ngoài công lập có công đoàn được áp dụng ít nhất một thỏa ước lao động tập thể ký trong nhiệm kỳ (hoặc gia nhập trong nhiệm kỳ, nếu trường gia nhập sau) trên tổng số trường ngoài công lập có công đoàn. Nhiệm kỳ: từ năm đầu đến hết năm cuối nhiệm kỳ nêu trong văn bản chỉ đạo, không quá ngày chốt số liệu; nếu không nêu thì là năm năm tính đến ngày chốt số liệu.",
  },
  numerator: { ...yes, words: { en: "non-public schools that signed in the term", vi: "trường ngoài công lập đã ký trong nhiệm kỳ" } },
  denominator: { ...expected, words: { en: "non-public schools with a union", vi: "trường ngoài công lập có công đoàn" } },
  eligibility: {
    en: "Non-public schools that hang under a grassroots or occupational union on the reference date, whether or not the agreement still runs.",
    vi: "Trường ngoài công lập có công đoàn cơ sở hoặc có người lao động sinh hoạt trong nghiệp đoàn tại ngày chốt số liệu, không xét thỏa ước còn hay hết hiệu lực.",
  },
  period: "TERM",
  source: 'Labour Code 45/2019/QH14 Art. 75; printed as "54% of units in five years" (Thanh Trì, 2018-2023).',
};
