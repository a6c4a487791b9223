import { standing } from "../../counting/measures.js";
import { type Indicator } from "../indicator.js";

export const occupationalUnionCount: Indicator = {
  key: "occupationalUnionCount",
  name: { en: "Occupational unions", vi: "Số nghiệp đoàn" },
  definition: {
    en: "Occupational unions (members without an employment relation, e.g. nursery teachers) open on the reference date.",
    vi: "Số nghiệp đoàn (tập hợp người làm việc không có quan hệ lao động, ví dụ giáo viên nhóm trẻ) đang hoạt động tại ngày chốt số liệu.",
  },
  numerator: { plus: [standing.occupationalUnions], words: { en: "occupational unions", vi: "nghiệp đoàn" } },
  denominator: null,
  eligibility: {
    en: "Every occupational union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi nghiệp đoàn trong hệ thống. Nghiệp đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "STATE",
  direction: "NEUTRAL",
  source: "Trade Union Law 50/2024/QH15 Art. 4(3).",
  obligation: null,
};
