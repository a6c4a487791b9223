import { choice, choices, type Content, count, day, flag, text } from "../field.js";

/** What a conference record holds, with the legal source of each field. */
export const conferenceFields = {
  type: choice(
    { en: "type", vi: "loại hội nghị" },
    "ConferenceType",
    {
      STAFF_CONFERENCE:
        "Conference of a public school's staff (hội nghị cán bộ, công chức, viên chức, người lao động). Law 10/2022 Art. 50–51.",
      LABOUR_CONFERENCE:
        "Conference of a non-public school's workers (hội nghị người lao động). Decree 145/2020 Art. 47; Law 10/2022 Art. 82.",
    },
    "Staff conference iff the school is public, labour conference iff it is not; follows from the ownership unless given. Law 10/2022 Art. 2, 51, 82.",
  ),
  occasion: choice(
    { en: "occasion", vi: "kỳ hội nghị" },
    "ConferenceOccasion",
    {
      REGULAR: "The yearly conference (thường kỳ).",
      EXTRAORDINARY: "An extraordinary one (bất thường); it does not count as the yearly one.",
    },
    "REGULAR unless given. An extraordinary conference is proposed by the union, the head or a third of the staff. Law 10/2022 Art. 50(1), 51(1).",
  ),
  heldOn: day({ en: "held on", vi: "ngày tổ chức" }, "The day it was held (ngày tổ chức). Give this or notHeldBecause."),
  notHeldBecause: choice(
    { en: "reason why not held", vi: "lý do không tổ chức" },
    "ConferenceNotHeldReason",
    {
      NOT_MANDATORY: "Seven workers or fewer, who may do without. Law 10/2022 Art. 51(2)(đ).",
      POSTPONED: "Postponed.",
      FORCE_MAJEURE: "Natural disaster, epidemic and the like.",
      REORGANISATION: "The school is being merged, split or closed.",
      OTHER: "Another reason; say it in remark.",
    },
    "Says explicitly that no conference was held, and why (lý do không tổ chức).",
  ),
  heldOnPrecision: choice(
    { en: "precision of the day", vi: "độ chính xác của ngày tổ chức" },
    "DayPrecision",
    { DAY: "The day is known.", MONTH: "Only the month is known; the day given is its last." },
    "How exactly the day is known. DAY unless given.",
  ),
  method: choice(
    { en: "method", vi: "cách tổ chức" },
    "ConferenceMethod",
    { MEETING: "Held as a meeting.", BALLOT: "Written ballot in place of the meeting (lấy ý kiến bằng phiếu)." },
    "MEETING unless given. A ballot replaces the meeting only after a failed second attempt or in force majeure. Law 10/2022 Art. 50(2).",
  ),
  ballotBecause: choice(
    { en: "reason for a ballot", vi: "lý do lấy ý kiến bằng phiếu" },
    "BallotReason",
    { SECOND_ATTEMPT_FAILED: "Two meetings had no quorum.", FORCE_MAJEURE: "Natural disaster, epidemic and the like." },
    "Why a ballot replaced the meeting; required with method BALLOT.",
  ),
  attempt: count({ en: "attempt", vi: "lần triệu tập" }, "1 for the first call, 2 for the second (lần triệu tập). 1 unless given."),
  form: choice(
    { en: "form", vi: "hình thức hội nghị" },
    "ConferenceForm",
    { PLENARY: "Everybody is convened (toàn thể).", DELEGATES: "Delegates are convened (đại biểu)." },
    "PLENARY unless given. A public school with fewer than 100 workers holds a plenary unless it is dispersed. Law 10/2022 Art. 51(2)(a,b).",
  ),
  dispersed: flag(
    { en: "dispersed", vi: "đơn vị phân tán, đặc thù" },
    "The staff work in several places or cannot leave their posts (đơn vị phân tán, đặc thù).",
  ),
  workers: count(
    { en: "workers", vi: "tổng số cán bộ, viên chức, người lao động" },
    "Everybody employed when it was convened (tổng số cán bộ, viên chức, người lao động).",
  ),
  convened: count({ en: "convened", vi: "số được triệu tập" }, "People called: everybody, or the delegates (số được triệu tập)."),
  present: count({ en: "present", vi: "số có mặt" }, "People who came, or who returned the ballot (số có mặt)."),
  votesFor: count(
    { en: "votes for the resolution", vi: "số phiếu tán thành nghị quyết" },
    "Votes for the resolution (số phiếu tán thành nghị quyết): more than half of those present. Law 10/2022 Art. 51(2)(c).",
  ),
  adopted: choices(
    { en: "adopted", vi: "nội dung thông qua" },
    "ConferenceItem",
    {
      LAW_AND_POLICY_REPORT: "Report on how law and policy were carried out.",
      RESOLUTION_REVIEW: "Review of the previous resolution and of the democracy rules.",
      HEAD_ACCOUNTABILITY: "Account given by the head.",
      EMULATION_SUMMARY: "Summary of the emulation and the next pact.",
      INSPECTION_COMMITTEE_REPORT: "Report of the people's inspection committee.",
      YEAR_PLAN: "Plan and tasks of the new school year.",
      VOLUNTARY_CONTRIBUTIONS: "Voluntary contributions.",
      PUBLICITY: "What must be made public.",
      OPINIONS: "Opinions on the matters of Art. 53.",
    },
    "What was put to it and adopted (nội dung thông qua). Law 10/2022 Art. 49, 51(3).",
  ),
  pactSigned: flag(
    { en: "emulation pact signed", vi: "ký giao ước thi đua" },
    "The head and the union signed the emulation pact (ký giao ước thi đua). Law 10/2022 Art. 51(4)(h).",
  ),
  inspectionCommitteeElected: flag(
    { en: "inspection committee elected", vi: "bầu ban thanh tra nhân dân" },
    "It elected the people's inspection committee (bầu ban thanh tra nhân dân). Law 10/2022 Art. 60; Decree 59/2023 Art. 21.",
  ),
  inspectionCommitteeSize: count(
    { en: "members of the inspection committee", vi: "số thành viên ban thanh tra nhân dân" },
    "Members elected: 3 to 9, more only in a dispersed or special unit. Law 10/2022 Art. 60(1).",
  ),
  sixMonthReviewOn: day(
    { en: "reviewed after six months on", vi: "ngày sơ kết 6 tháng" },
    "When the resolution was reviewed after six months (sơ kết 6 tháng). Law 10/2022 Art. 52(3).",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

export type Conference = Content<typeof conferenceFields>;
