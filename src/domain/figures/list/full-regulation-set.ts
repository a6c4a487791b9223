import { regulationSetComplete } from "../../records/kinds/union-regulation-set.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(regulationSetComplete);

export const fullRegulationSet: Indicator = {
  ...completion,
  key: "fullRegulationSet",
  name: { en: "Full set of union regulations", vi: "Tỷ lệ công đoàn cơ sở xây dựng đầy đủ bộ quy chế" },
  definition: {
    en: "Grassroots unions that have every required regulation for the term that runs on the reference date, of those past their congress. The nearest directive says which are required; without one: executive committee, inspection committee, coordination with the management, internal spending.",
    vi: "Số công đoàn cơ sở đã ban hành đủ các quy chế bắt buộc của nhiệm kỳ đang diễn ra tại ngày chốt số liệu trên số công đoàn cơ sở đã qua đại hội. Văn bản chỉ đạo gần nhất quy định bộ quy chế; nếu không có thì gồm: quy chế hoạt động ban chấp hành, ủy ban kiểm tra, phối hợp với chuyên môn, chi tiêu nội bộ.",
  },
  numerator: { ...yes, words: { en: "unions with the full set", vi: "công đoàn cơ sở có đủ bộ quy chế" } },
  denominator: { ...expected, words: { en: "unions past their congress", vi: "công đoàn cơ sở đã qua đại hội" } },
  eligibility: {
    en: "Grassroots and occupational unions with a congress in its term, or with regulations reported for that term. One that needs no inspection committee needs no regulation of it. Unions have no school level or ownership.",
    vi: "Công đoàn cơ sở, nghiệp đoàn đã đại hội trong nhiệm kỳ, hoặc đã báo cáo quy chế của nhiệm kỳ. Đơn vị không phải lập ủy ban kiểm tra thì không cần quy chế này. Công đoàn không có cấp học và loại hình.",
  },
  period: "TERM",
  source:
    "Practice of the federations (Bắc Từ Liêm, term 2023-2028); Statute of the Vietnam trade union. Due at the end of the school year unless a directive sets another day.",
};
