import { founded } from "../../counting/union-turnover.js";
import { type Indicator } from "../indicator.js";

export const occupationalUnionsFounded: Indicator = {
  key: "occupationalUnionsFounded",
  name: { en: "Occupational unions founded", vi: "Số nghiệp đoàn thành lập mới" },
  definition: {
    en: "Occupational unions that opened from the day after the last reference date to this one, also if they have closed since; what a merger or split made is not founded.",
    vi: "Số nghiệp đoàn thành lập từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này, kể cả đơn vị đã kết thúc hoạt động sau đó; không tính đơn vị hình thành do sáp nhập, chia tách.",
  },
  numerator: {
    plus: [founded.occupationalUnionsFounded],
    words: { en: "occupational unions that opened in the year", vi: "nghiệp đoàn mới thành lập" },
  },
  denominator: null,
  eligibility: {
    en: "Every occupational union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi nghiệp đoàn trong hệ thống. Nghiệp đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "FLOW",
  direction: "HIGHER",
  source: "The hub's register of units; form 2-HĐCĐ of the general confederation.",
  obligation: null,
};
