import { standing } from "../../counting/measures.js";
import { type Indicator } from "../indicator.js";

export const grassrootsUnionCount: Indicator = {
  key: "grassrootsUnionCount",
  name: { en: "Grassroots unions", vi: "Số công đoàn cơ sở" },
  definition: {
    en: "Grassroots unions open on the reference date; one of several schools counts once. Occupational unions are counted apart.",
    vi: "Số công đoàn cơ sở đang hoạt động tại ngày chốt số liệu; công đoàn cơ sở của nhiều trường chỉ tính một. Nghiệp đoàn tính riêng.",
  },
  numerator: { plus: [standing.grassrootsUnions], words: { en: "grassroots unions", vi: "công đoàn cơ sở" } },
  denominator: null,
  eligibility: {
    en: "Every grassroots union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi công đoàn cơ sở trong hệ thống. Công đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "STATE",
  direction: "NEUTRAL",
  source: "Trade Union Law 50/2024/QH15 Art. 4(2).",
  obligation: null,
};
