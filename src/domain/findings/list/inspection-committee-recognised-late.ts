import { addDays, addWorkingDays, vietnameseDay } from "../../ground/day.js";
import { inspectionCommittee } from "../../records/kinds/inspection-committee.js";
import { RECOGNISED_WITHIN } from "../../records/kinds/inspection-committee-rules.js";
import { recordCheck } from "../check.js";

export const inspectionCommitteeRecognisedLate = recordCheck({
  key: "INSPECTION_COMMITTEE_RECOGNISED_LATE",
  severity: "NOTICE",
  name: { en: "People's inspection committee recognised late", vi: "Công nhận ban thanh tra nhân dân muộn" },
  rule: {
    en: "The union's executive committee recognises the people's inspection committee within 5 working days of the election; public holidays are not taken into account.",
    vi: "Ban chấp hành công đoàn công nhận kết quả bầu ban thanh tra nhân dân trong 5 ngày làm việc; chưa trừ ngày nghỉ lễ.",
  },
  mending: {
    en: "Correct the days if they are wrong; else nothing is left to do.",
    vi: "Sửa lại ngày nếu sai; nếu đúng thì không cần làm gì thêm.",
  },
  source: "Decree 59/2023 Art. 21(1).",
  kind: inspectionCommittee,
  dayOf: ({ electedOn }) => electedOn,
  look({ electedOn, recognisedOn }) {
    // So many days are never more than so many working days, and cheaper to count.
    if (!electedOn || !recognisedOn || recognisedOn <= addDays(electedOn, RECOGNISED_WITHIN)) return [];
    if (recognisedOn <= addWorkingDays(electedOn, RECOGNISED_WITHIN)) return [];
    return [{ field: "recognisedOn", values: { electedOn, recognisedOn } }];
  },
  message: ({ electedOn, recognisedOn }) => ({
    en: `Recognised on ${recognisedOn}, later than ${RECOGNISED_WITHIN} working days after the election on ${electedOn}; public holidays are not taken into account (Decree 59/2023 Art. 21(1)).`,
    vi: `Công nhận ngày ${vietnameseDay(recognisedOn)}, quá ${RECOGNISED_WITHIN} ngày làm việc kể từ ngày bầu ${vietnameseDay(electedOn)}; chưa trừ ngày nghỉ lễ (Nghị định 59/2023, Điều 21 khoản 1).`,
  }),
});
