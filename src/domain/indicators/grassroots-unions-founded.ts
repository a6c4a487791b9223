import { type Indicator } from "./indicator.js";

export const grassrootsUnionsFounded: Indicator = {
  key: "grassrootsUnionsFounded",
  name: { en: "Unions founded", vi: "Số công đoàn cơ sở, nghiệp đoàn thành lập mới" },
  definition: {
    en: "Grassroots and occupational unions that opened in the twelve months up to the reference date and are open on it; one that follows a merged or split union counts as well.",
    vi: "Số công đoàn cơ sở, nghiệp đoàn thành lập trong mười hai tháng tính đến ngày chốt số liệu và còn hoạt động tại ngày đó, kể cả đơn vị hình thành do sáp nhập, chia tách.",
  },
  numerator: { plus: ["unionsFounded"], words: { en: "unions that opened in the year", vi: "công đoàn cơ sở, nghiệp đoàn mới thành lập" } },
  denominator: null,
  eligibility: {
    en: "Every grassroots and occupational union in the tree. A union has no school level or ownership: filtered by those, the count is 0.",
    vi: "Mọi công đoàn cơ sở, nghiệp đoàn trong hệ thống. Công đoàn không có cấp học và loại hình trường: khi lọc theo các mục này thì số đếm bằng 0.",
  },
  unit: "UNITS",
  period: "FLOW",
  direction: "HIGHER",
  source: "The hub's register of units; form 2-HĐCĐ of the general confederation.",
  obligation: null,
};
