import { type Day, isDay } from "../../ground/day.js";
import { type Problem, problem } from "../../ground/problem.js";
import { lastDeadline, type SchoolYear } from "../../tree/school-year.js";
import { ahead, choices, type Content, count, day, flag, LONGEST_LIST, number, required, rows, text } from "../field.js";
import { type IndicatorKeys, recordKind } from "../kind.js";
import { termYears } from "../term.js";
import { UNION_REGULATION_KINDS } from "./union-regulation-kinds.js";
import { regulationSetComplete } from "./union-regulation-set.js";
import { submissionOf, yearReportAccepted } from "./unit-report.js";

/** The most days before a cut-off by which its report may come. */
const MOST_DAYS_EARLY = 92;

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

const fields = {
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

/** What a setting is about. */
const NAMES: readonly string[] = ["indicator", "schoolYear"];

export type DirectiveSetting = Content<typeof settingFields>;

/** Directive of a federation: see the description, which the API prints. */
/** Said where a deadline of reports lies before their cut-off. */
const EARLY =
  " No report is due before its cut-off; that it may come some days before it, as an estimate, is set by daysEarly, for the same indicator.";

export const directive = recordKind({
  key: "directive",
  typeName: "Directive",
  name: { en: "directive", vi: "văn bản chỉ đạo" },
  mutations: { record: "recordDirective", withdraw: "withdrawDirective" },
  description:
    'Directive (văn bản chỉ đạo, hướng dẫn) of a federation: sets the deadline and/or the target of indicators for a school year, and for a term which congress or which set of regulations is meant. It holds for the federation and all below it until a nearer unit sets its own, but for the target of a count, which is its own; of two of the same unit the later issued one holds. A changed deadline re-judges "on time" below it.',
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT"],
  deed: "STEWARD",
  schoolYear: "NEVER",
  touches: "BRANCH",
  fields,
  keyOf: (content) => content.number ?? "",
  keyIsWritten: true,
  most: () => 200,
  setsFor: ({ settings }) => settings.map(({ schoolYear }) => schoolYear),
  judgesIn: ({ settings }) => settings.filter(isJudging).map(({ schoolYear }) => schoolYear),
  rules(content, { schoolYears, indicators }) {
    const problems: Problem[] = [];
    const refuse = (code: Problem["code"], field: string, message: string) => problems.push(problem(code, field, message));
    const seen = new Set<string>();
    const ofReports = reportsAmong(indicators);
    const [acceptance, fullSet] = [yearReportAccepted, regulationSetComplete].map(indicators.ofDuty);
    for (const [index, setting] of content.settings.entries()) {
      const at = `settings.${index}`;
      const year = schoolYears.find(({ label }) => label === setting.schoolYear);
      if (setting.indicator && !indicators.all.includes(setting.indicator))
        refuse(
          "INDICATOR_NOT_FOUND",
          `${at}.indicator`,
          `There is no indicator "${setting.indicator}"; the query \`indicators\` lists them.`,
        );
      if (setting.schoolYear && !year)
        refuse(
          "SCHOOL_YEAR_NOT_FOUND",
          `${at}.schoolYear`,
          `School year "${setting.schoolYear}" has not been opened; opened are ${schoolYears.map(({ label }) => label).join(", ") || "none"}.`,
        );
      if (
        Object.entries(setting).every(([name, said]) => NAMES.includes(name) || said === null || (Array.isArray(said) && said.length === 0))
      )
        refuse(
          "REQUIRED",
          at,
          "Give a deadline, a target or both; or the term or the set of regulations that is meant; or how reports are submitted or accepted.",
        );
      if (setting.daysEarly !== null && !ofReports.includes(setting.indicator))
        refuse("RULE", `${at}.daysEarly`, `${setting.indicator} is no report of a period; ${ofReports.join(", ")} are.`);
      if (setting.daysEarly !== null && setting.daysEarly > MOST_DAYS_EARLY)
        refuse("OUT_OF_RANGE", `${at}.daysEarly`, `${setting.daysEarly} days are too many; expected at most ${MOST_DAYS_EARLY}.`);
      if (setting.twoPeople !== null && setting.indicator !== acceptance)
        refuse("RULE", `${at}.twoPeople`, `Two people deal with ${acceptance}, not with ${setting.indicator}.`);
      const isOfTerm = indicators.ofTerm.includes(setting.indicator);
      if (setting.term && !termYears(setting.term))
        refuse("INVALID", `${at}.term`, `"${setting.term}" is not a term; expected two years, e.g. "2023-2028".`);
      else if (setting.term && indicators.all.includes(setting.indicator) && !isOfTerm)
        refuse("RULE", `${at}.term`, `${setting.indicator} speaks of no term; ${indicators.ofTerm.join(", ")} do.`);
      if (setting.requiredRegulations.length > 0 && setting.indicator !== fullSet)
        refuse("RULE", `${at}.requiredRegulations`, `Regulations make the set of ${fullSet}, not of ${setting.indicator}.`);
      if (
        setting.deadline &&
        setting.indicator &&
        indicators.all.includes(setting.indicator) &&
        !indicators.withDeadline.includes(setting.indicator)
      )
        refuse("RULE", `${at}.deadline`, `${setting.indicator} takes no deadline; ${indicators.withDeadline.join(", ")} do.`);
      const [first, last] = year ? deadlineWindow(year, setting.indicator, indicators) : [];
      if (setting.deadline && first && last && isDay(setting.deadline) && (setting.deadline < first || setting.deadline > last))
        refuse(
          "OUT_OF_RANGE",
          `${at}.deadline`,
          `${setting.deadline} lies outside ${setting.schoolYear} (${first} to ${last}).${ofReports.includes(setting.indicator) && setting.deadline < first ? EARLY : ""}`,
        );
      if (setting.target !== null && (setting.target < 0 || setting.target > 1e12))
        refuse(
          "OUT_OF_RANGE",
          `${at}.target`,
          `${setting.target} is no target; expected ${
            setting.indicator && indicators.rates.includes(setting.indicator)
              ? "0 or more, as a fraction (1 is 100%)"
              : "0 to 1,000,000,000,000"
          }.`,
        );
      const key = `${setting.indicator} ${setting.schoolYear}`;
      if (seen.has(key)) refuse("REPEATED", at, `${setting.indicator} for ${setting.schoolYear} stands twice.`);
      seen.add(key);
    }
    return problems;
  },
});

/** Whether dossiers rest on a setting: a target is only looked up when a figure is read. */
export function isJudging({
  deadline,
  term,
  requiredRegulations,
}: Pick<DirectiveSetting, "deadline" | "term"> & { requiredRegulations: readonly string[] }): boolean {
  return deadline !== null || term !== null || requiredRegulations.length > 0;
}

/** The indicators of submitted reports. */
const reportsAmong = ({ ofDuty }: Pick<IndicatorKeys, "ofDuty">) => Object.values(submissionOf).map(ofDuty);

/**
 * First and last possible deadline of a school year: of what belongs to a term, any day that counts in it, and up to its end; of
 * the units' reports also one in the three months after.
 */
export function deadlineWindow(year: SchoolYear, indicator: string, indicators: Pick<IndicatorKeys, "ofTerm" | "ofDuty">): [Day, Day] {
  const { startsOn, endsOn, referenceDate, countsFrom } = year;
  if (reportsAmong(indicators).includes(indicator)) return [startsOn, lastDeadline(year)];
  if (!indicators.ofTerm.includes(indicator)) return [startsOn, endsOn];
  return [countsFrom, endsOn > referenceDate ? endsOn : referenceDate];
}
