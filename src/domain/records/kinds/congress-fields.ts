import { ahead, choice, type Content, count, day, flag, text } from "../field.js";
import { termName } from "../term.js";

/** What the record of a congress holds, with the source of each field. */
export const congressFields = {
  term: termName("The term for which it elects: it is the record's identity, and what a directive names for a round of congresses."),
  ordinal: count(
    { en: "ordinal", vi: "đại hội lần thứ" },
    "Which congress of the union it is (đại hội lần thứ). It begins again at 1 in a merged province, so it does not follow from the one before.",
  ),
  form: choice(
    { en: "form", vi: "hình thức đại hội" },
    "CongressForm",
    { PLENARY: "All members (đại hội toàn thể).", DELEGATES: "Delegates (đại hội đại biểu)." },
    "PLENARY unless given in a grassroots union, DELEGATES elsewhere.",
  ),
  heldOn: day(
    { en: "held on", vi: "ngày tổ chức" },
    "The day on which it ended, or on which the approved substitute was held (ngày tổ chức). Give this or notHeldBecause.",
  ),
  notHeldBecause: choice(
    { en: "reason why not held", vi: "lý do không tổ chức" },
    "CongressNotHeldReason",
    {
      POSTPONED: "Postponed.",
      TERM_SHIFTED: "The union above has shifted the term. Statute of 2020 Art. 8(2).",
      REORGANISATION: "The union is being merged, split or dissolved.",
      OTHER: "Another reason; say it in remark.",
    },
    "Says explicitly that no congress has been held for the term, and why.",
  ),
  substitute: choice(
    { en: "substitute", vi: "hình thức thay thế đại hội" },
    "CongressSubstitute",
    {
      DELEGATE_CONFERENCE: "Delegate conference (hội nghị đại biểu).",
      GENERAL_MEETING: "General meeting (hội nghị toàn thể).",
      ENLARGED_COMMITTEE_MEETING: "Enlarged meeting of the executive committee (hội nghị ban chấp hành mở rộng).",
    },
    "What was held in place of a congress by a union that did not qualify for one; it needs the approval of the union above.",
  ),
  substituteApproval: text(
    { en: "approval of the substitute", vi: "số văn bản đồng ý" },
    "Number of the approval of the union above; required with substitute (số văn bản đồng ý).",
    100,
  ),
  members: count({ en: "members", vi: "số đoàn viên" }, "Members of the union when it was held (số đoàn viên)."),
  convened: count(
    { en: "convened", vi: "số được triệu tập" },
    "Members or delegates called (số được triệu tập). Delegates of a grassroots union: 150 at most, 200 with more than 5,000 members.",
  ),
  present: count(
    { en: "present", vi: "số có mặt" },
    "Those who came (số có mặt): two thirds of those called. Statute 174/QĐ-TLĐ of 2020 Art. 10(1).",
  ),
  committeeSize: count(
    { en: "members of the executive committee", vi: "số ủy viên ban chấp hành" },
    "Members of the executive committee that it elected (số ủy viên ban chấp hành).",
  ),
  committeeWomen: count({ en: "women in the executive committee", vi: "số ủy viên nữ ban chấp hành" }, "Women among them (nữ)."),
  dispersed: flag({ en: "dispersed", vi: "đơn vị phân tán" }, "The union's members work in several places (đơn vị phân tán)."),
  termStart: ahead(
    { en: "first day of the term", vi: "ngày bắt đầu nhiệm kỳ" },
    "First day of the term (ngày bắt đầu nhiệm kỳ); the day of the congress unless given.",
  ),
  termEnd: ahead(
    { en: "last day of the term", vi: "ngày kết thúc nhiệm kỳ" },
    "Last day of the term (ngày kết thúc nhiệm kỳ); five years after its first day unless given. The union above may shift it by up to 30 months. Statute of 2020 Art. 8(2).",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

export type Congress = Content<typeof congressFields>;
