import { ahead, choice, type Content, count, day, days, flag, text } from "../field.js";
import { termName } from "../term.js";

/** What the record of a people's inspection committee holds, with the legal source of each field. */
export const inspectionCommitteeFields = {
  term: termName("The committee's term of two years: it is the record's identity. Law 10/2022 Art. 60(3)."),
  electedOn: day(
    { en: "elected on", vi: "ngày bầu" },
    "The day on which the staff conference elected it (ngày bầu). Give this or notElectedBecause. Law 10/2022 Art. 60(1).",
  ),
  notElectedBecause: choice(
    { en: "reason why not elected", vi: "lý do không có ban" },
    "InspectionCommitteeAbsence",
    {
      EXEMPT: "A special case: the union above has decided that the school needs none. Decree 59/2023 Art. 21(2).",
      NOT_ELECTED: "The conference elected none.",
    },
    "Says explicitly that the school has no committee in the term, and why.",
  ),
  exemptionDecision: text(
    { en: "decision of exemption", vi: "số văn bản cho phép không thành lập" },
    "Number of the decision of the union above; required with EXEMPT (số văn bản).",
    100,
  ),
  termStart: ahead(
    { en: "first day of the term", vi: "ngày bắt đầu nhiệm kỳ" },
    "First day of the term (ngày bắt đầu nhiệm kỳ); the day of the election unless given. With notElectedBecause: since when.",
  ),
  termEnd: ahead(
    { en: "last day of the term", vi: "ngày kết thúc nhiệm kỳ" },
    "Last day of the term (ngày kết thúc nhiệm kỳ); two years after its first day unless given. Law 10/2022 Art. 60(3).",
  ),
  size: count(
    { en: "members", vi: "số thành viên" },
    "Members (số thành viên): 3 to 9, more only in a dispersed or special unit. Law 10/2022 Art. 60(1).",
  ),
  dispersed: flag(
    { en: "dispersed", vi: "đơn vị phân tán, đặc thù" },
    "The unit is dispersed or special, so that the conference could decide on more than 9 (đơn vị phân tán, đặc thù).",
  ),
  heads: count({ en: "heads", vi: "số trưởng ban" }, "Heads among the members (trưởng ban): one. Decree 59/2023 Art. 21(3)."),
  deputies: count(
    { en: "deputy heads", vi: "số phó trưởng ban" },
    "Deputy heads among the members (phó trưởng ban): two at most, where there are 9 members or more. Decree 59/2023 Art. 21(3).",
  ),
  managers: count(
    { en: "managers among the members", vi: "số thành viên là lãnh đạo, kế toán trưởng" },
    "Members who are head, deputy head or chief accountant of the school: none may be. Law 10/2022 Art. 60(2).",
  ),
  recognisedOn: day(
    { en: "recognised on", vi: "ngày công nhận" },
    "The day on which the union's executive committee recognised the result (ngày công nhận): within 5 working days. Decree 59/2023 Art. 21(1).",
  ),
  replacedOn: days(
    { en: "members replaced on", vi: "ngày kiện toàn" },
    "Days on which the conference replaced members, on the executive committee's proposal (kiện toàn). Law 10/2022 Art. 60(3).",
  ),
  reportedOn: days(
    { en: "reported on", vi: "ngày báo cáo định kỳ" },
    "Days on which it reported to the executive committee (báo cáo định kỳ): every quarter, half year and year. Decree 59/2023 Art. 22(3).",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

export type InspectionCommittee = Content<typeof inspectionCommitteeFields>;
