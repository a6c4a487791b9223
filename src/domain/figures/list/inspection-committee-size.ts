import { COMMITTEES_BY_SIZE, inspectionCommitteeInTerm, committees } from "../../records/kinds/inspection-committee.js";
import { type Indicator } from "../indicator.js";

export const inspectionCommitteeSize: Indicator = {
  key: "inspectionCommitteeSize",
  name: { en: "Size of people's inspection committees", vi: "Số thành viên bình quân của ban thanh tra nhân dân" },
  definition: {
    en: "Members of the people's inspection committees in their term on the reference date for each committee, and how many committees there are of each size.",
    vi: "Số thành viên bình quân một ban thanh tra nhân dân đang trong nhiệm kỳ tại ngày chốt số liệu, kèm số ban theo từng quy mô.",
  },
  numerator: { plus: [committees.inspectionCommitteeMembersInTerm], words: { en: "members of the committees", vi: "thành viên các ban" } },
  denominator: { plus: COMMITTEES_BY_SIZE, words: { en: "committees whose size is known", vi: "ban đã rõ số thành viên" } },
  eligibility: { en: "Public schools with a committee in its term.", vi: "Trường công lập có ban thanh tra nhân dân đang trong nhiệm kỳ." },
  unit: "MEAN",
  period: "STATE",
  direction: "NEUTRAL",
  source: "Law 10/2022/QH15 Art. 60(1): 3 to 9 members, more only in a dispersed or special unit.",
  obligation: inspectionCommitteeInTerm,
  buckets: COMMITTEES_BY_SIZE.map((measure, index) => {
    const size = index + 3;
    const isLast = index === COMMITTEES_BY_SIZE.length - 1;
    return {
      key: isLast ? "MORE" : `OF_${size}`,
      words: isLast ? { en: "more than 9 members", vi: "trên 9 thành viên" } : { en: `${size} members`, vi: `${size} thành viên` },
      plus: [measure],
    };
  }),
};
