import { addDays, addMonths, vietnameseDay } from "../../ground/day.js";
import { inspectionCommittee } from "../../records/kinds/inspection-committee.js";
import { TERM_MONTHS } from "../../records/kinds/inspection-committee-rules.js";
import { recordCheck } from "../check.js";

export const inspectionCommitteeTermShort = recordCheck({
  key: "INSPECTION_COMMITTEE_TERM_SHORT",
  severity: "NOTICE",
  name: { en: "Short term of the inspection committee", vi: "Nhiệm kỳ ban thanh tra nhân dân ngắn" },
  rule: { en: "The term of a people's inspection committee is two years.", vi: "Nhiệm kỳ của ban thanh tra nhân dân là hai năm." },
  mending: {
    en: "Correct the days of the term, or say in remark why it ended early.",
    vi: "Sửa lại ngày của nhiệm kỳ, hoặc ghi chú lý do kết thúc sớm.",
  },
  source: "Law 10/2022/QH15 Art. 60(3).",
  kind: inspectionCommittee,
  dayOf: ({ electedOn }) => electedOn,
  look({ electedOn, termStart, termEnd }) {
    if (!electedOn || !termStart || !termEnd || termEnd >= addDays(addMonths(termStart, TERM_MONTHS), -1)) return [];
    return [{ field: "termEnd", values: { termStart, termEnd } }];
  },
  message: ({ termEnd }) => ({
    en: `The term ends on ${termEnd}, before its two years are over. Check the days, or say in remark why (Law 10/2022 Art. 60(3)).`,
    vi: `Nhiệm kỳ kết thúc ngày ${vietnameseDay(termEnd)}, chưa đủ hai năm. Hãy kiểm tra ngày, hoặc ghi chú lý do (Luật 10/2022, Điều 60 khoản 3).`,
  }),
});
