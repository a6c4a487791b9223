import { inspectionCommitteeElected } from "../../records/kinds/inspection-committee.js";
import { type Indicator, completionOf } from "../indicator.js";

const { yes, expected, ...completion } = completionOf(inspectionCommitteeElected);

export const inspectionCommitteeElection: Indicator = {
  ...completion,
  key: "inspectionCommitteeElection",
  name: { en: "People's inspection committee elected when due", vi: "Tỷ lệ bầu ban thanh tra nhân dân khi đến kỳ" },
  definition: {
    en: "Public schools that elected a people's inspection committee from the day after the last reference date to this one, of those where one was due: the term had ended, or there was none.",
    vi: "Số trường công lập đã bầu ban thanh tra nhân dân từ sau ngày chốt số liệu năm học trước đến ngày chốt số liệu năm học này trên số trường đến kỳ phải bầu (hết nhiệm kỳ hoặc chưa có).",
  },
  numerator: { ...yes, words: { en: "public schools that elected a committee", vi: "trường đã bầu ban thanh tra nhân dân" } },
  denominator: { ...expected, words: { en: "public schools where an election was due", vi: "trường đến kỳ phải bầu" } },
  eligibility: {
    en: "As for the committee in its term, without the schools whose committee was elected the year before and still serves.",
    vi: "Như chỉ tiêu có ban thanh tra nhân dân, trừ trường có ban bầu từ năm trước còn nhiệm kỳ.",
  },
  period: "FLOW",
  source: "Law 10/2022/QH15 Art. 60(3): a term is two years, so about half of the schools elect each year.",
};
