import { schoolHasUnion } from "../../counting/union-coverage.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(schoolHasUnion);

export const unionCoverage: Indicator = {
  ...completion,
  key: "unionCoverage",
  name: { en: "Schools with a union", vi: "Tỷ lệ trường có tổ chức công đoàn" },
  definition: {
    en: "Schools that hang under a grassroots or occupational union on the reference date, of those that may have one.",
    vi: "Số trường có công đoàn cơ sở hoặc có người lao động sinh hoạt trong nghiệp đoàn tại ngày chốt số liệu trên số trường thuộc diện được thành lập công đoàn.",
  },
  numerator: { ...yes, words: { en: "schools with a union", vi: "trường có công đoàn" } },
  denominator: { ...expected, words: { en: "schools that may have a union", vi: "trường thuộc diện được thành lập công đoàn" } },
  eligibility: {
    en: "Every school but, since 15 June 2025, public schools of autonomy group 4. It follows from the tree and the profiles, so no report can be missing.",
    vi: "Mọi trường, trừ trường công lập tự chủ nhóm 4 kể từ ngày 15/6/2025. Số liệu lấy từ hệ thống tổ chức nên không có báo cáo thiếu.",
  },
  period: "STATE",
  source: "Trade Union Law 50/2024/QH15 Art. 4; dispatches 4133/TLĐ-ToC and 4173/TLĐ-ToC (May 2025); Decree 60/2021 Art. 9.",
};
