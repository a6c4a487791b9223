import { type Day, isDay, vietnameseDay } from "../../ground/day.js";
import { vietnameseNumber } from "../../ground/words.js";
import { lastDeadline, type SchoolYear } from "../../tree/school-year.js";
import { directiveFields, type DirectiveSetting } from "./directive-fields.js";
import { type IndicatorKeys, type RuleContext } from "../kind.js";
import { type Checks, noIndicator, noTerm, refusals, takesNoDeadline } from "../refusals.js";
import { termYears } from "../term.js";
import { regulationSetComplete } from "./union-regulation-set.js";
import { submissionOf, yearReportAccepted } from "./unit-report.js";

type Check = Checks<typeof directiveFields>;
/** Where a setting stands in the input. */
type At = `settings.${number}`;

/** The most days before a cut-off by which its report may come. */
const MOST_DAYS_EARLY = 92;
/** No target of a count is larger. */
const LARGEST_TARGET = 1e12;

/** What a setting is about. */
const NAMES: readonly string[] = ["indicator", "schoolYear"];

/** Said where a deadline of reports lies before their cut-off. */
const EARLY = {
  en: " No report is due before its cut-off; that it may come some days before it, as an estimate, is set by daysEarly, for the same indicator.",
  vi: " Không báo cáo nào đến hạn trước ngày chốt số liệu; muốn cho phép nộp sớm số liệu ước, ghi số ngày được nộp sớm (daysEarly) cho cùng chỉ tiêu.",
};

/** Every reason to refuse a directive. */
export const directiveProblems = refusals(directiveFields, (check, content, context) => {
  const seen = new Set<string>();
  for (const [index, setting] of content.settings.entries()) {
    const at = `settings.${index}` as const;
    checkSubject(check, at, setting, context);
    checkReports(check, at, setting, context);
    checkTerm(check, at, setting, context);
    checkDeadline(check, at, setting, context);
    checkTarget(check, at, setting, context);
    const key = `${setting.indicator} ${setting.schoolYear}`;
    if (seen.has(key))
      check.refuse("REPEATED", at, {
        en: `${setting.indicator} for ${setting.schoolYear} stands twice.`,
        vi: `Chỉ tiêu ${setting.indicator} năm học ${setting.schoolYear} được ghi hai lần.`,
      });
    seen.add(key);
  }
});

function checkSubject(check: Check, at: At, setting: DirectiveSetting, { schoolYears, indicators }: RuleContext) {
  if (setting.indicator && !indicators.all.includes(setting.indicator))
    check.refuse("INDICATOR_NOT_FOUND", `${at}.indicator`, noIndicator(setting.indicator));
  const opened = schoolYears.map(({ label }) => label);
  if (setting.schoolYear && !opened.includes(setting.schoolYear))
    check.refuse("SCHOOL_YEAR_NOT_FOUND", `${at}.schoolYear`, {
      en: `School year "${setting.schoolYear}" has not been opened; opened are ${opened.join(", ") || "none"}.`,
      vi: `Năm học "${setting.schoolYear}" chưa được mở; các năm học đã mở: ${opened.join(", ") || "chưa có"}.`,
    });
  if (Object.entries(setting).every(([name, said]) => NAMES.includes(name) || said === null || (Array.isArray(said) && said.length === 0)))
    check.refuse("REQUIRED", at, {
      en: "Give a deadline, a target or both; or the term or the set of regulations that is meant; or how reports are submitted or accepted.",
      vi: "Ghi hạn cuối, mức chỉ tiêu hoặc cả hai; hoặc nhiệm kỳ, bộ quy chế; hoặc cách nộp, duyệt báo cáo.",
    });
}

function checkReports(check: Check, at: At, setting: DirectiveSetting, { indicators }: RuleContext) {
  const { indicator, daysEarly, twoPeople, requiredRegulations } = setting;
  const ofReports = reportsAmong(indicators);
  const [acceptance, fullSet] = [yearReportAccepted, regulationSetComplete].map(indicators.ofDuty);
  if (daysEarly !== null && !ofReports.includes(indicator))
    check.refuse("RULE", `${at}.daysEarly`, {
      en: `${indicator} is no report of a period; ${ofReports.join(", ")} are.`,
      vi: `${indicator} không phải là chỉ tiêu nộp báo cáo kỳ; các chỉ tiêu đó là ${ofReports.join(", ")}.`,
    });
  if (daysEarly !== null && daysEarly > MOST_DAYS_EARLY)
    check.refuse("OUT_OF_RANGE", `${at}.daysEarly`, {
      en: `${daysEarly} days are too many; expected at most ${MOST_DAYS_EARLY}.`,
      vi: `${vietnameseNumber(daysEarly)} ngày là quá nhiều; tối đa là ${MOST_DAYS_EARLY} ngày.`,
    });
  if (twoPeople !== null && indicator !== acceptance)
    check.refuse("RULE", `${at}.twoPeople`, {
      en: `Two people deal with ${acceptance}, not with ${indicator}.`,
      vi: `Yêu cầu người duyệt khác người nộp chỉ áp dụng cho ${acceptance}, không cho ${indicator}.`,
    });
  if (requiredRegulations.length > 0 && indicator !== fullSet)
    check.refuse("RULE", `${at}.requiredRegulations`, {
      en: `Regulations make the set of ${fullSet}, not of ${indicator}.`,
      vi: `Bộ quy chế chỉ dùng cho ${fullSet}, không dùng cho ${indicator}.`,
    });
}

function checkTerm(check: Check, at: At, { indicator, term }: DirectiveSetting, { indicators }: RuleContext) {
  if (term && !termYears(term)) check.refuse("INVALID", `${at}.term`, noTerm(term));
  else if (term && indicators.all.includes(indicator) && !indicators.ofTerm.includes(indicator))
    check.refuse("RULE", `${at}.term`, {
      en: `${indicator} speaks of no term; ${indicators.ofTerm.join(", ")} do.`,
      vi: `${indicator} không tính theo nhiệm kỳ; các chỉ tiêu theo nhiệm kỳ là ${indicators.ofTerm.join(", ")}.`,
    });
}

function checkDeadline(check: Check, at: At, { indicator, schoolYear, deadline }: DirectiveSetting, context: RuleContext) {
  const { indicators, schoolYears } = context;
  if (!deadline) return;
  if (indicators.all.includes(indicator) && !indicators.withDeadline.includes(indicator))
    check.refuse("RULE", `${at}.deadline`, takesNoDeadline(indicator, indicators.withDeadline));
  const year = schoolYears.find(({ label }) => label === schoolYear);
  const [first, last] = year ? deadlineWindow(year, indicator, indicators) : [];
  if (!first || !last || !isDay(deadline) || (first <= deadline && deadline <= last)) return;
  const early = reportsAmong(indicators).includes(indicator) && deadline < first ? EARLY : { en: "", vi: "" };
  check.refuse("OUT_OF_RANGE", `${at}.deadline`, {
    en: `${deadline} lies outside ${schoolYear} (${first} to ${last}).${early.en}`,
    vi: `Ngày ${vietnameseDay(deadline)} nằm ngoài năm học ${schoolYear} (${vietnameseDay(first)} đến ${vietnameseDay(last)}).${early.vi}`,
  });
}

function checkTarget(check: Check, at: At, { indicator, target }: DirectiveSetting, { indicators }: RuleContext) {
  if (target === null || (target >= 0 && target <= LARGEST_TARGET)) return;
  const isRate = indicators.rates.includes(indicator);
  check.refuse("OUT_OF_RANGE", `${at}.target`, {
    en: `${target} is no target; expected ${isRate ? "0 or more, as a fraction (1 is 100%)" : "0 to 1,000,000,000,000"}.`,
    vi: `${vietnameseNumber(target)} không phải là mức chỉ tiêu; cần ${isRate ? "từ 0 trở lên, ghi dạng phân số thập phân (1 là 100%)" : `từ 0 đến ${vietnameseNumber(LARGEST_TARGET)}`}.`,
  });
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
