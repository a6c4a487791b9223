import { vietnameseDay } from "../day.js";
import { membershipReport } from "../records/membership-report.js";
import { mayHaveUnion } from "../unit.js";
import { reportedIn, yearCheck } from "./check.js";

export const membersWithoutUnion = yearCheck({
  key: "MEMBERS_WITHOUT_UNION",
  severity: "ERROR",
  name: { en: "Members where no union may be", vi: "Có đoàn viên nơi không có tổ chức công đoàn" },
  rule: {
    en: "Since 15 June 2025 a school whose staff are paid wholly by the state budget (autonomy group 4) has no union, and its staff are no members.",
    vi: "Từ 15/6/2025, trường hưởng 100% lương từ ngân sách nhà nước (nhóm tự chủ 4) không có tổ chức công đoàn và không có đoàn viên.",
  },
  mending: {
    en: "Correct the members of the report, or the autonomy group of the school.",
    vi: "Sửa số đoàn viên trong báo cáo, hoặc nhóm tự chủ tài chính của trường.",
  },
  source: "Dispatches 4133/TLĐ-ToC and 4173/TLĐ-ToC of the general confederation (May 2025); Decree 60/2021 Art. 9.",
  look({ dossier, records }) {
    const on = dossier.schoolYear.referenceDate;
    if (dossier.level !== "SCHOOL" || mayHaveUnion(dossier, on)) return [];
    return reportedIn(records, membershipReport).flatMap((record) => {
      const members = record.content.membersClosing;
      return members === 0 ? [] : [{ record, field: "membersClosing", since: record.recordedOn, values: { members, on } }];
    });
  },
  message: ({ members, on }) => ({
    en: `${members} members are reported, but on ${on} the school is in autonomy group 4 and may have no union.`,
    vi: `Báo cáo ${members} đoàn viên, nhưng ngày ${vietnameseDay(on)} trường thuộc nhóm tự chủ 4, không có tổ chức công đoàn.`,
  }),
});
