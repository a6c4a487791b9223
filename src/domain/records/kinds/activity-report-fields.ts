import { asOfDay } from "../as-of.js";
import { peopleCountedFields } from "../people-counted.js";
import { choice, type Content, count, day, days, flag, money, required, rows, text } from "../field.js";
import { inclusion } from "../predecessors.js";

/** Where an initiative was recognised or an award given. */
export const HONOUR_LEVELS = {
  SCHOOL: "School or grassroots union (cấp trường, cơ sở).",
  DISTRICT: "District, commune or sector union (cấp huyện, xã, ngành).",
  PROVINCE: "Province or city (cấp tỉnh, thành phố).",
  NATION: "General confederation, ministry or state (cấp Trung ương).",
} as const;
export type HonourLevel = keyof typeof HONOUR_LEVELS;

export const AWARD_TYPES = {
  COMMENDATION: "Certificate of commendation (giấy khen).",
  MERIT: "Certificate of merit (bằng khen).",
  FLAG: "Emulation flag (cờ thi đua).",
  OTHER: "Another title or award (hình thức khác).",
} as const;
export type AwardType = keyof typeof AWARD_TYPES;

export const RECIPIENTS = { COLLECTIVE: "Collectives (tập thể).", INDIVIDUAL: "Individuals (cá nhân)." } as const;
export type Recipient = keyof typeof RECIPIENTS;

export const PAYERS = {
  UNION: "The grassroots union (công đoàn cơ sở).",
  FEDERATION: "A federation or sector union above it (công đoàn cấp trên).",
  SCHOOL: "The school (nhà trường).",
  DONOR: "Donors (nguồn vận động, tài trợ).",
} as const;
export type Payer = keyof typeof PAYERS;

/** Gifts and help for one occasion, paid by one. */
const welfareFields = {
  occasion: choice(
    { en: "occasion", vi: "dịp" },
    "WelfareOccasion",
    {
      LUNAR_NEW_YEAR: "Lunar New Year (Tết).",
      TEACHERS_DAY: "Vietnamese Teachers' Day, 20 November.",
      WOMENS_DAY: "8 March or 20 October.",
      CHILDREN: "Children of the staff: 1 June, mid-autumn, good students (con đoàn viên).",
      HARDSHIP: "Illness, accident, bereavement, hardship (thăm hỏi, khó khăn).",
      DISASTER: "Natural disaster (thiên tai).",
      OTHER: "Another occasion.",
    },
    "Occasion; OTHER unless given.",
  ),
  on: day({ en: "on", vi: "ngày" }, "The day, where it was one (ngày)."),
  paidBy: required(choice({ en: "paid by", vi: "nguồn chi" }, "WelfarePayer", PAYERS, "Who paid. What two have paid stands as two rows.")),
  gifts: count({ en: "gifts", vi: "số suất quà" }, "Gifts (số suất quà). null where it is not known: that is not 0."),
  recipients: count(
    { en: "people helped", vi: "số lượt người" },
    "People helped; somebody helped twice counts twice (số lượt người). null where it is not known: that is not 0.",
  ),
  amount: money({ en: "amount", vi: "số tiền" }, "Money spent, in dong (số tiền, đồng). null where it is not known: that is not 0."),
} as const;

const initiativeFields = {
  level: required(
    choice(
      { en: "level", vi: "cấp công nhận" },
      "HonourLevel",
      HONOUR_LEVELS,
      "The highest level that recognised them, so that none counts twice.",
    ),
  ),
  count: required(
    count({ en: "initiatives recognised", vi: "số sáng kiến được công nhận" }, "Initiatives recognised (số sáng kiến được công nhận)."),
  ),
} as const;

const awardFields = {
  level: required(choice({ en: "level", vi: "cấp khen thưởng" }, "HonourLevel", HONOUR_LEVELS, "Who gave them.")),
  type: required(choice({ en: "type", vi: "hình thức khen thưởng" }, "AwardType", AWARD_TYPES, "What was given.")),
  recipient: required(choice({ en: "recipient", vi: "đối tượng khen thưởng" }, "AwardRecipient", RECIPIENTS, "To whom.")),
  count: required(count({ en: "number", vi: "số lượng" }, "How many (số lượng).")),
} as const;

/** What the yearly activity report holds. */
export const activityFields = {
  asOf: asOfDay("The day up to which its figures count", "the reference date of the school year"),
  ...peopleCountedFields,
  policyApplied: flag(
    { en: "policy applied in full", vi: "thực hiện đầy đủ chế độ, chính sách" },
    "Schools: pay, allowances, insurance and other benefits of the staff were all applied in full (thực hiện đầy đủ chế độ, chính sách). The school's own word; of a union that reports for all its schools, said of each of them: where they differ, they report themselves.",
  ),
  policyShortfall: text(
    { en: "what was not applied", vi: "nội dung chưa thực hiện đầy đủ" },
    "What was not applied in full; required when policyApplied is false.",
  ),
  dialoguesOn: days(
    { en: "days of dialogue", vi: "ngày đối thoại định kỳ" },
    "Schools: days of periodic dialogue at the workplace (đối thoại định kỳ): at least once a year in a non-public school. Of a union that reports for all its schools, those of each of them. Labour Code Art. 63.",
  ),
  welfare: rows(
    { en: "welfare", vi: "chăm lo đời sống" },
    "WelfareHelp",
    welfareFields,
    "Gifts and help given to members and their families (chăm lo đời sống).",
    100,
  ),
  initiativesRegistered: count(
    { en: "initiatives registered", vi: "số sáng kiến kinh nghiệm đăng ký" },
    "Initiatives registered in the year (số sáng kiến kinh nghiệm đăng ký). null where it is not known: that is not 0.",
  ),
  initiativesRecognised: rows(
    { en: "initiatives recognised", vi: "sáng kiến được công nhận" },
    "InitiativesRecognised",
    initiativeFields,
    "Initiatives recognised in the year, by the highest level that did.",
  ),
  awards: rows({ en: "awards", vi: "khen thưởng" }, "AwardsGiven", awardFields, "Awards for the year (khen thưởng)."),
  trainingInvited: count(
    { en: "invited to training", vi: "số cán bộ công đoàn được triệu tập tập huấn" },
    "Union officers invited to training (số cán bộ công đoàn được triệu tập tập huấn). null where it is not known: that is not 0.",
  ),
  trainingAttended: count(
    { en: "attended training", vi: "số cán bộ công đoàn tham dự tập huấn" },
    "Union officers who attended it (số tham dự). null where it is not known: that is not 0.",
  ),
  communicationSessions: count(
    { en: "sessions of communication", vi: "số buổi tuyên truyền" },
    "Sessions of communication and propaganda (số buổi tuyên truyền). null where it is not known: that is not 0.",
  ),
  communicationTurns: count(
    { en: "attendances at communication", vi: "số lượt người tham dự tuyên truyền" },
    "Attendances at them (số lượt người tham dự). null where it is not known: that is not 0.",
  ),
  includesPredecessors: inclusion(
    "true: it tells what all of them did, and their own reports add nothing. false: only what the unit did itself.",
  ),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing; name no person (ghi chú)."),
} as const;

export type ActivityReport = Content<typeof activityFields>;
