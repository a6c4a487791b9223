import { ahead, choices, type Content, count, day, flag, LONGEST_LIST, number, required, rows, text } from "../field.js";
import { UNION_REGULATION_KINDS } from "./union-regulation-kinds.js";

/** What a directive sets for an indicator in a school year. */
const settingFields = {
  indicator: required(text({ en: "indicator", vi: "chỉ tiêu" }, 'Key of the indicator, e.g. "staffConferenceCompletion".', 100)),
  schoolYear: required(text({ en: "school year", vi: "năm học" }, 'The school year for which it holds, e.g. "2023-2024".', 9)),
  deadline: ahead(
    { en: "deadline", vi: "hạn cuối" },
    'The last day on which it can be done in time (hạn cuối). "Before 14 October" is 13 October.',
  ),
  target: number(
    { en: "target", vi: "mức chỉ tiêu" },
    "The value to be reached (chỉ tiêu): a rate as a fraction (1 is 100%), which all below have as theirs, too; a count as a number, which is the target of this unit alone.",
  ),
  term: text(
    { en: "term", vi: "nhiệm kỳ" },
    'The congress term for which it has to be done, e.g. "2023-2028" (nhiệm kỳ); only for an indicator of a term. Without it the term that runs on the reference date is meant.',
    9,
  ),
  daysEarly: count(
    { en: "days early", vi: "số ngày được nộp sớm" },
    "With halfYearReportSubmission or reportSubmission: how many days before the cut-off the report of that period may be submitted, as an estimate (số liệu ước); 0 where no directive says it.",
  ),
  twoPeople: flag(
    { en: "two people", vi: "người duyệt khác người nộp" },
    "With reportAcceptance: whether a report is accepted by somebody else than who submitted it (người duyệt khác người nộp); false where no directive says it.",
  ),
  requiredRegulations: choices(
    { en: "required regulations", vi: "bộ quy chế đầy đủ" },
    "UnionRegulationKind",
    UNION_REGULATION_KINDS,
    "With fullRegulationSet: the kinds of regulations that make the full set (bộ quy chế đầy đủ). The first four kinds unless a directive says another set.",
  ),
} as const;

/** What a directive holds. */
export const directiveFields = {
  number: required(
    text(
      { en: "number", vi: "số hiệu" },
      'Number of the document, e.g. "383/HD-UBND-LĐLĐ" (số hiệu). With the issuing unit it is the directive\'s identity.',
      100,
    ),
  ),
  title: text({ en: "title", vi: "trích yếu" }, "What it is about (trích yếu)."),
  issuer: text(
    { en: "issuer", vi: "cơ quan ban hành" },
    "Who issued it, where it was not the federation itself but somebody whose word it carries out, e.g. the Government (cơ quan ban hành).",
    200,
  ),
  issuedOn: required(day({ en: "issued on", vi: "ngày ban hành" }, "The day it was issued (ngày ban hành).")),
  settings: rows(
    { en: "settings", vi: "thời hạn và chỉ tiêu" },
    "DirectiveSetting",
    settingFields,
    "The deadlines and targets it sets; none for a guidance that only explains.",
    LONGEST_LIST,
  ),
  term: text({ en: "term", vi: "nhiệm kỳ" }, 'The congress term it belongs to, e.g. "2023-2028" (nhiệm kỳ).', 20),
  remark: text({ en: "remark", vi: "ghi chú" }, "Anything worth knowing (ghi chú)."),
} as const;

export type DirectiveSetting = Content<typeof settingFields>;
