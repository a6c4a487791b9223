import { GRADED } from "../../records/kinds/collective-agreement.js";
import { type Indicator } from "../indicator.js";

export const agreementsGradedA: Indicator = {
  key: "agreementsGradedA",
  name: { en: "Collective agreements graded A", vi: "Tỷ lệ thỏa ước lao động tập thể loại A" },
  definition: {
    en: "Collective agreements graded A, of those in force (or in grace) on the reference date that are graded; the buckets tell the ungraded, too.",
    vi: "Số thỏa ước lao động tập thể xếp loại A trên số thỏa ước đang có hiệu lực (hoặc được kéo dài) tại ngày chốt số liệu đã được xếp loại; phần chi tiết gồm cả số chưa xếp loại.",
  },
  numerator: { plus: [GRADED.A], words: { en: "agreements graded A", vi: "thỏa ước loại A" } },
  denominator: {
    plus: [GRADED.A, GRADED.B, GRADED.C],
    words: { en: "graded agreements in force", vi: "thỏa ước đang có hiệu lực đã xếp loại" },
  },
  eligibility: {
    en: "Agreements in force, each once, where it was reported.",
    vi: "Thỏa ước đang có hiệu lực, mỗi thỏa ước tính một lần tại đơn vị báo cáo.",
  },
  unit: "RATE",
  period: "STATE",
  direction: "HIGHER",
  source: "Guidance 90/HD-TLĐ of 17 July 2023.",
  obligation: null,
  buckets: [
    { key: "A", words: { en: "graded A", vi: "loại A" }, plus: [GRADED.A] },
    { key: "B", words: { en: "graded B", vi: "loại B" }, plus: [GRADED.B] },
    { key: "C", words: { en: "graded C", vi: "loại C" }, plus: [GRADED.C] },
    { key: "NONE", words: { en: "not graded", vi: "chưa xếp loại" }, plus: [GRADED.NONE] },
  ],
};
