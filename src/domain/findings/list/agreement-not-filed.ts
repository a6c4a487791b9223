import { addDays, vietnameseDay } from "../../ground/day.js";
import { collectiveAgreement } from "../../records/kinds/collective-agreement.js";
import { FILED_WITHIN } from "../../records/kinds/collective-agreement-stages.js";
import { recordCheck } from "../check.js";

export const agreementNotFiled = recordCheck({
  key: "AGREEMENT_NOT_FILED",
  severity: "NOTICE",
  name: { en: "Agreement not filed", vi: "Thỏa ước chưa gửi" },
  rule: {
    en: "The employer sends a collective agreement to the provincial labour authority within 10 days of signing.",
    vi: "Người sử dụng lao động gửi thỏa ước đến cơ quan chuyên môn về lao động cấp tỉnh trong 10 ngày kể từ ngày ký.",
  },
  mending: { en: "Record the day on which it was sent, or send it.", vi: "Ghi nhận ngày gửi, hoặc gửi thỏa ước." },
  source: "Labour Code 45/2019/QH14 Art. 77.",
  kind: collectiveAgreement,
  dayOf: ({ signedOn }) => signedOn,
  look({ signedOn, filedOn }) {
    if (!signedOn || filedOn) return [];
    const due = addDays(signedOn, FILED_WITHIN);
    return [{ field: "filedOn", values: { signedOn, due }, since: addDays(due, 1) }];
  },
  message: ({ signedOn, due }) => ({
    en: `Signed on ${signedOn}; nothing says that it was filed by ${due} (Labour Code Art. 77).`,
    vi: `Ký ngày ${vietnameseDay(signedOn)}; chưa rõ đã gửi trước hoặc trong ngày ${vietnameseDay(due)} (Bộ luật Lao động, Điều 77).`,
  }),
});
