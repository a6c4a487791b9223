import { addDays, vietnameseDay } from "../../ground/day.js";
import { collectiveAgreement } from "../../records/kinds/collective-agreement.js";
import { FILED_WITHIN } from "../../records/kinds/collective-agreement-stages.js";
import { recordCheck } from "../check.js";

export const agreementFiledLate = recordCheck({
  key: "AGREEMENT_FILED_LATE",
  severity: "NOTICE",
  name: { en: "Agreement filed late", vi: "Thỏa ước gửi muộn" },
  rule: {
    en: "The employer sends a collective agreement to the provincial labour authority within 10 days of signing.",
    vi: "Người sử dụng lao động gửi thỏa ước đến cơ quan chuyên môn về lao động cấp tỉnh trong 10 ngày kể từ ngày ký.",
  },
  mending: {
    en: "Correct the days if they are wrong; else nothing is left to do.",
    vi: "Sửa lại ngày nếu sai; nếu đúng thì không cần làm gì thêm.",
  },
  source: "Labour Code 45/2019/QH14 Art. 77.",
  kind: collectiveAgreement,
  dayOf: ({ signedOn }) => signedOn,
  look({ signedOn, filedOn }) {
    if (!signedOn || !filedOn || filedOn <= addDays(signedOn, FILED_WITHIN)) return [];
    return [{ field: "filedOn", values: { signedOn, filedOn } }];
  },
  message: ({ filedOn }) => ({
    en: `Filed on ${filedOn}, later than ${FILED_WITHIN} days after signing (Labour Code Art. 77).`,
    vi: `Gửi ngày ${vietnameseDay(filedOn)}, quá ${FILED_WITHIN} ngày kể từ ngày ký (Bộ luật Lao động, Điều 77).`,
  }),
});
