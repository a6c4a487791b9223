import { programmeAdopted } from "../../records/kinds/union-year.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(programmeAdopted);

export const annualProgramme: Indicator = {
  ...completion,
  key: "annualProgramme",
  name: { en: "Programme of the year adopted", vi: "Tỷ lệ công đoàn cơ sở xây dựng chương trình công tác năm" },
  definition: {
    en: "Grassroots unions whose executive committee and inspection committee have both adopted their programmes of the school year (the executive alone, where no inspection committee is required), of all grassroots unions.",
    vi: "Số công đoàn cơ sở có ban chấp hành và ủy ban kiểm tra đều đã ban hành chương trình công tác của năm học (chỉ ban chấp hành, nếu không phải lập ủy ban kiểm tra) trên tổng số công đoàn cơ sở.",
  },
  numerator: { ...yes, words: { en: "unions with both programmes", vi: "công đoàn có đủ hai chương trình" } },
  denominator: { ...expected, words: { en: "unions open since the start of the school year", vi: "công đoàn hoạt động từ đầu năm học" } },
  eligibility: {
    en: "Grassroots and occupational unions open since the start of the school year, and younger ones that reported.",
    vi: "Công đoàn cơ sở, nghiệp đoàn hoạt động từ đầu năm học và đơn vị mới đã báo cáo.",
  },
  period: "FLOW",
  source: "Practice of the federations (Bắc Từ Liêm, 2023-2024).",
};
