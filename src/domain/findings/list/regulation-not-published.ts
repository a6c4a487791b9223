import { democracyRegulation } from "../../records/kinds/democracy-regulation.js";
import { recordCheck } from "../check.js";

export const regulationNotPublished = recordCheck({
  key: "REGULATION_NOT_PUBLISHED",
  severity: "NOTICE",
  name: { en: "Democracy regulation not made public", vi: "Quy chế dân chủ chưa công khai" },
  rule: {
    en: "A democracy regulation is made public to the staff.",
    vi: "Quy chế thực hiện dân chủ phải được công khai đến người lao động.",
  },
  mending: { en: "Record the day on which it was made public, or make it public.", vi: "Ghi nhận ngày công khai, hoặc công khai quy chế." },
  source: "Law 10/2022/QH15 Art. 59; Decree 145/2020 Art. 48.",
  kind: democracyRegulation,
  dayOf: ({ issuedOn }) => issuedOn,
  look: ({ number, publishedOn }) => (publishedOn ? [] : [{ field: "publishedOn", values: { number } }]),
  message: () => ({
    en: "Nothing says that it was made public to the staff; it must be (Law 10/2022 Art. 59; Decree 145/2020 Art. 48).",
    vi: "Chưa rõ quy chế đã được công khai đến người lao động; quy chế phải được công khai (Luật 10/2022, Điều 59; Nghị định 145/2020, Điều 48).",
  }),
});
