import { ahead, choice, type Content, count, day, days, LONGEST_LIST, required, rows, text, unit, units } from "../field.js";

const prolongationFields = {
  agreedOn: required(
    day(
      { en: "agreed on", vi: "ngày thỏa thuận kéo dài" },
      "The day on which the parties agreed on it (ngày thỏa thuận kéo dài): in the 90 days before the end, or while the agreement runs on after it.",
    ),
  ),
  until: required(ahead({ en: "until", vi: "ngày hết hạn mới" }, "The day on which the agreement ends then (ngày hết hạn mới).")),
  ballotFor: required(count({ en: "votes for it", vi: "số người tán thành" }, "Votes for it in the new ballot (số người tán thành).")),
  ballotTotal: required(
    count({ en: "entitled to vote", vi: "tổng số người được lấy ý kiến" }, "All workers entitled to vote (tổng số người được lấy ý kiến)."),
  ),
} as const;

const participationFields = {
  school: required(unit({ en: "school", vi: "trường" }, "Id or code of the school, one of `schools` (trường).")),
  joinedOn: ahead(
    { en: "joined on", vi: "ngày gia nhập" },
    "The first day on which the agreement covers it (ngày gia nhập), with the consent of all its parties; null where it has covered it from its own first day.",
  ),
  leftOn: ahead(
    { en: "left on", vi: "ngày rút khỏi" },
    "The first day on which the agreement no longer covers it (ngày rút khỏi), with the consent of all its parties unless the law does not ask for it; null where it covers it up to its own end.",
  ),
} as const;

/** What a collective agreement record holds, with the legal source of each field. */
export const agreementFields = {
  reference: required(
    text(
      { en: "reference", vi: "số thỏa ước" },
      'Number or name by which the unit knows the agreement, e.g. "01/2024/TƯLĐTT" (số thỏa ước). With the unit it is the agreement\'s identity.',
      100,
    ),
  ),
  type: choice(
    { en: "type", vi: "loại thỏa ước" },
    "AgreementType",
    {
      ENTERPRISE: "One employer (thỏa ước doanh nghiệp).",
      MULTI_ENTERPRISE: "Several employers (thỏa ước có nhiều doanh nghiệp).",
      SECTOR: "A sector (thỏa ước ngành).",
      OTHER: "Another kind.",
    },
    "ENTERPRISE unless given. Labour Code Art. 75.",
  ),
  schools: units(
    { en: "schools", vi: "các trường áp dụng" },
    "Ids or codes of the schools that it covers (các trường áp dụng). The school itself unless given; required when a union or federation reports it.",
  ),
  participations: rows(
    { en: "schools that joined or left", vi: "trường gia nhập, rút khỏi" },
    "AgreementParticipation",
    participationFields,
    "Schools that the agreement has covered only since a day or until one (trường gia nhập, rút khỏi), each once; all other `schools` are covered from its first day to its last. Labour Code Art. 80, 84, 85.",
    LONGEST_LIST,
  ),
  ballotFor: count({ en: "votes for it", vi: "số người tán thành" }, "Votes for it in the ballot (số người tán thành)."),
  ballotTotal: count(
    { en: "entitled to vote", vi: "tổng số người được lấy ý kiến" },
    "All workers entitled to vote (tổng số người được lấy ý kiến); in a sector agreement the polled board members.",
  ),
  signedOn: day(
    { en: "signed on", vi: "ngày ký" },
    "The day it was signed (ngày ký). Without it the agreement is still being bargained and does not count.",
  ),
  effectiveOn: ahead(
    { en: "in force from", vi: "ngày hiệu lực" },
    "The day from which it holds (ngày hiệu lực); the day of signing unless given. Labour Code Art. 78(1).",
  ),
  expiresOn: ahead(
    { en: "expires on", vi: "ngày hết hạn" },
    "The day on which it ends (ngày hết hạn): one to three years after it takes effect. Labour Code Art. 78(3).",
  ),
  filedOn: day(
    { en: "filed on", vi: "ngày gửi" },
    "The day on which the employer sent it to the provincial labour authority (ngày gửi): within 10 days of signing. Labour Code Art. 77.",
  ),
  origin: choice(
    { en: "origin", vi: "hình thức ký" },
    "AgreementOrigin",
    { NEW: "Signed for the first time (ký mới).", RENEWED: "Signed again after an earlier one (ký lại)." },
    "NEW unless given.",
  ),
  prolongations: rows(
    { en: "prolongations", vi: "các lần kéo dài thời hạn" },
    "AgreementProlongation",
    prolongationFields,
    "Prolongations of the same agreement, each after a new ballot (kéo dài thời hạn), in their order; an agreement that is signed anew is another one (RENEWED). Labour Code Art. 76, 83.",
  ),
  amendedOn: days(
    { en: "amended on", vi: "ngày sửa đổi, bổ sung" },
    "Days on which it was amended (sửa đổi, bổ sung). Labour Code Art. 82.",
  ),
  renewalTalksSince: day(
    { en: "renewal bargained since", vi: "ngày bắt đầu thương lượng kéo dài" },
    "Since when its renewal is being bargained (thương lượng kéo dài): then it keeps running for 90 days after its end, unless the parties agreed on another day. Labour Code Art. 83.",
  ),
  runsOnUntil: ahead(
    { en: "runs on until", vi: "ngày tiếp tục thực hiện đến" },
    "The last day on which it keeps running while its renewal is bargained, where the parties agreed on another than the 90th after its end (thỏa thuận khác); its last day itself, where it does not run on. Labour Code Art. 83.",
  ),
  voidSince: day(
    { en: "void since", vi: "ngày vô hiệu toàn bộ" },
    "Since when a court has declared all of it void (vô hiệu toàn bộ). Labour Code Art. 86–88.",
  ),
  partlyVoidSince: day(
    { en: "partly void since", vi: "ngày vô hiệu từng phần" },
    "Since when a court has declared a part of it void (vô hiệu từng phần): the rest stays in force. Labour Code Art. 86–88.",
  ),
  grade: choice(
    { en: "grade", vi: "xếp loại" },
    "AgreementGrade",
    { A: "Graded A (loại A).", B: "Graded B (loại B).", C: "Graded C (loại C)." },
    "Quality grade of Guidance 90/HD-TLĐ (2023); none while ungraded.",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

export type Agreement = Content<typeof agreementFields>;
