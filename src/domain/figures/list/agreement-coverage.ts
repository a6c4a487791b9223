import { agreementInForce } from "../../records/kinds/collective-agreement.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(agreementInForce);

export const agreementCoverage: Indicator = {
  ...completion,
  key: "agreementCoverage",
  name: { en: "Schools with a collective agreement", vi: "Tỷ lệ đơn vị có thỏa ước lao động tập thể" },
  definition: {
    en: "Non-public schools with a union that are covered by a collective agreement in force (or in grace while its renewal is bargained) on the reference date, of all non-public schools with a union. A school that joined or left an agreement is covered from the one day until the other.",
    vi: "Số trường ngoài công lập có công đoàn được áp dụng thỏa ước lao động tập thể đang có hiệu lực (hoặc được kéo dài trong thời gian thương lượng) tại ngày chốt số liệu trên tổng số trường ngoài công lập có công đoàn. Trường gia nhập hoặc rút khỏi thỏa ước được tính từ ngày gia nhập đến trước ngày rút khỏi.",
  },
  numerator: {
    ...yes,
    words: { en: "non-public schools covered by an agreement in force", vi: "trường ngoài công lập có thỏa ước đang có hiệu lực" },
  },
  denominator: { ...expected, words: { en: "non-public schools with a union", vi: "trường ngoài công lập có công đoàn" } },
  eligibility: {
    en: "Non-public schools that hang under a grassroots or occupational union on the reference date. Public schools sign an emulation pact instead.",
    vi: "Trường ngoài công lập có công đoàn cơ sở hoặc có người lao động sinh hoạt trong nghiệp đoàn tại ngày chốt số liệu. Trường công lập ký giao ước thi đua, không ký thỏa ước.",
  },
  period: "STATE",
  source: "Labour Code 45/2019/QH14 Art. 75, 78, 83–85.",
};
