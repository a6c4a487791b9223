import { membershipReport } from "../../records/kinds/membership-report.js";
import { reportedIn, yearCheck } from "../check.js";

const ENDS = ["Opening", "Closing"] as const;

export const womenFiguresImpossible = yearCheck({
  key: "WOMEN_FIGURES_IMPOSSIBLE",
  severity: "ERROR",
  name: { en: "Women's figures that cannot be", vi: "Số liệu nữ không thể có" },
  rule: {
    en: "Women members are women workers, and men members are men workers; only in an occupational union, which has no employer, may it be otherwise.",
    vi: "Đoàn viên nữ là lao động nữ, đoàn viên nam là lao động nam của đơn vị; chỉ nghiệp đoàn, không có người sử dụng lao động, mới có thể khác.",
  },
  mending: {
    en: "Correct the women among the workers or among the members.",
    vi: "Sửa số lao động nữ hoặc số đoàn viên nữ.",
  },
  source: null,
  look({ dossier, records }) {
    if (dossier.kind === "OCCUPATIONAL") return [];
    return reportedIn(records, membershipReport).flatMap((record) =>
      ENDS.flatMap((end) => {
        const { [`members${end}` as const]: members, [`workers${end}` as const]: workers } = record.content;
        const { [`womenMembers${end}` as const]: womenMembers, [`womenWorkers${end}` as const]: womenWorkers } = record.content;
        if (womenMembers === null || womenWorkers === null) return [];
        const areWorkers = womenMembers <= womenWorkers && members - womenMembers <= workers - womenWorkers;
        // More members than workers is another finding.
        if (areWorkers || members > workers) return [];
        const values = { members, womenMembers, workers, womenWorkers };
        return [{ record, field: `womenMembers${end}`, since: record.recordedOn, values }];
      }),
    );
  },
  message: ({ members, womenMembers, workers, womenWorkers }) => ({
    en: `${womenMembers} women among ${members} members cannot be, where ${womenWorkers} of ${workers} workers are women.`,
    vi: `Không thể có ${womenMembers} nữ trong ${members} đoàn viên khi chỉ có ${womenWorkers} nữ trong ${workers} lao động.`,
  }),
});
