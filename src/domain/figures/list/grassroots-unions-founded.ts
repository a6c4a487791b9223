import { founded } from "../../counting/union-turnover.js";
import { type Indicator } from "../indicator.js";

export const grassrootsUnionsFounded: Indicator = {
  key: "grassrootsUnionsFounded",
  name: { en: "Grassroots unions founded", vi: "Số công đoàn cơ sở thành lập mới" },
  definition: {
    en: "Grassroots unions that opened from the day after the last reference date to this one, also if they have closed since; what a merger or split made is not founded. Occupational unions are counted apart.",
    vi: "Số công đoàn cơ sở thành lập từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này, kể cả đơn vị đã kết thúc hoạt động sau đó; không tính đơn vị hình thành do sáp nhập, chia tách. Nghiệp đoàn tính riêng.",
  },
  numerator: {
    plus: [founded.unionsFounded],
    words: { en: "grassroots unions that opened in the year", vi: "công đoàn cơ sở mới thành lập" },
  },
  denominator: null,
  eligibility: {
    en: "Every grassroots union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi công đoàn cơ sở trong hệ thống. Công đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "FLOW",
  direction: "HIGHER",
  source: "The hub's register of units; form 2-HĐCĐ of the general confederation.",
  obligation: null,
};
