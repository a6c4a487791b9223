import { membershipReport } from "../../records/kinds/membership-report.js";
import { reportedIn, yearCheck } from "../check.js";

/**
 * The rules refuse such a report of a school or a grassroots union. It can still come to stand in a union that was taken for an
 * occupational one, which has no employer, when its kind is corrected after it reported.
 */
export const membersAboveWorkers = yearCheck({
  key: "MEMBERS_ABOVE_WORKERS",
  severity: "ERROR",
  name: { en: "More members than workers", vi: "Đoàn viên nhiều hơn lao động" },
  rule: {
    en: "Members of a school or a grassroots union are workers of it; only an occupational union, which has no employer, may have more.",
    vi: "Đoàn viên công đoàn cơ sở là lao động của đơn vị; chỉ nghiệp đoàn, không có người sử dụng lao động, mới có thể nhiều hơn.",
  },
  mending: { en: "Correct the report, or the kind of the union.", vi: "Sửa lại báo cáo, hoặc loại hình công đoàn." },
  source: "Trade Union Law 50/2024/QH15 Art. 4(2), (3).",
  look({ dossier, records }) {
    if (dossier.kind === "OCCUPATIONAL") return [];
    return reportedIn(records, membershipReport).flatMap((record) => {
      const { membersClosing: members, workersClosing: workers } = record.content;
      return members <= workers ? [] : [{ record, field: "membersClosing", since: record.recordedOn, values: { members, workers } }];
    });
  },
  message: ({ members, workers }) => ({
    en: `${members} members are more than the ${workers} workers.`,
    vi: `${members} đoàn viên nhiều hơn ${workers} lao động.`,
  }),
});
