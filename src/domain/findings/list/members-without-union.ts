import { vietnameseDay } from "../../ground/day.js";
import { hasUnion } from "../../counting/dossier.js";
import { membershipReport } from "../../records/kinds/membership-report.js";
import { mayHaveUnion } from "../../tree/unit.js";
import { reportedIn, yearCheck } from "../check.js";

export const membersWithoutUnion = yearCheck({
  key: "MEMBERS_WITHOUT_UNION",
  severity: "ERROR",
  name: { en: "Members where no union may be", vi: "Có đoàn viên nơi không có tổ chức công đoàn" },
  rule: {
    en: "In a school without a union nobody is a member; since 15 June 2025 one whose staff are paid wholly by the state budget (autonomy group 4) may have none.",
    vi: "Trường không có tổ chức công đoàn thì không có đoàn viên; từ 15/6/2025, trường hưởng 100% lương từ ngân sách nhà nước (nhóm tự chủ 4) không có tổ chức công đoàn.",
  },
  mending: {
    en: "Correct the members of the report, the autonomy group of the school, or the union under which it stands.",
    vi: "Sửa số đoàn viên trong báo cáo, nhóm tự chủ tài chính của trường, hoặc công đoàn mà trường thuộc về.",
  },
  source: "Dispatches 4133/TLĐ-ToC and 4173/TLĐ-ToC of the general confederation (May 2025); Decree 60/2021 Art. 9.",
  look({ dossier, records }) {
    const on = dossier.schoolYear.referenceDate;
    const mayHave = mayHaveUnion(dossier, on);
    if (dossier.level !== "SCHOOL" || (mayHave && hasUnion(dossier))) return [];
    const because = mayHave ? "NO_UNION" : "GROUP_4";
    return reportedIn(records, membershipReport).flatMap((record) => {
      const members = record.content.membersClosing;
      return members === 0 ? [] : [{ record, field: "membersClosing", since: record.recordedOn, values: { members, on, because } }];
    });
  },
  message: ({ members, on, because }) => ({
    en: `${members} members are reported, but on ${on} the school ${because === "NO_UNION" ? "has no union" : "is in autonomy group 4 and may have no union"}.`,
    vi: `Báo cáo ${members} đoàn viên, nhưng ngày ${vietnameseDay(on)} trường ${because === "NO_UNION" ? "" : "thuộc nhóm tự chủ 4, "}không có tổ chức công đoàn.`,
  }),
});
