import { addMonths, type Day, isDay } from "../day.js";
import { type Demand } from "../dossier.js";
import { type Problem, problem } from "../problem.js";
import { DEADLINE_OF } from "../reporting-period.js";
import { lastDeadline, type SchoolYear } from "../school-year.js";
import { choices, type Content, day, LONGEST_LIST, number, required, rows, text } from "./field.js";
import { recordKind } from "./kind.js";
import { termYears } from "./term.js";
import { UNION_REGULATION_KINDS } from "./union-regulation-kinds.js";

/** The indicator whose full set a directive may define. */
const FULL_SET = "fullRegulationSet";

const settingFields = {
  indicator: required(text('Key of the indicator, e.g. "staffConferenceCompletion".', 100)),
  schoolYear: required(text('The school year for which it holds, e.g. "2023-2024".', 9)),
  deadline: day('The last day on which it can be done in time (hạn cuối). "Before 14 October" is 13 October.'),
  target: number("The value to be reached (chỉ tiêu): a rate as a fraction (1 is 100%), a count as a number."),
  term: text(
    'The congress term for which it has to be done, e.g. "2023-2028" (nhiệm kỳ); only for an indicator of a term. Without it the term that runs on the reference date is meant.',
    9,
  ),
  requiredRegulations: choices(
    "UnionRegulationKind",
    UNION_REGULATION_KINDS,
    "With fullRegulationSet: the kinds of regulations that make the full set (bộ quy chế đầy đủ). The first four kinds unless a directive says another set.",
  ),
} as const;

const fields = {
  number: required(
    text('Number of the document, e.g. "383/HD-UBND-LĐLĐ" (số hiệu). With the issuing unit it is the directive\'s identity.', 100),
  ),
  title: text("What it is about (trích yếu)."),
  issuer: text(
    "Who issued it, where it was not the federation itself but somebody whose word it carries out, e.g. the Government (cơ quan ban hành).",
    200,
  ),
  issuedOn: required(day("The day it was issued (ngày ban hành).")),
  settings: rows(
    "DirectiveSetting",
    settingFields,
    "The deadlines and targets it sets; none for a guidance that only explains.",
    LONGEST_LIST,
  ),
  term: text('The congress term it belongs to, e.g. "2023-2028" (nhiệm kỳ).', 20),
  remark: text("Anything worth knowing (ghi chú)."),
} as const;

export type DirectiveSetting = Content<typeof settingFields>;

/** Directive of a federation: see the description, which the API prints. */
export const directive = recordKind({
  key: "directive",
  typeName: "Directive",
  mutations: { record: "recordDirective", withdraw: "withdrawDirective" },
  description:
    'Directive (văn bản chỉ đạo, hướng dẫn) of a federation: sets the deadline and/or the target of indicators for a school year, and for a term which congress or which set of regulations is meant. It holds for the federation and all below it until a nearer unit sets its own; of two of the same unit the later issued one holds. A changed deadline re-judges "on time" below it.',
  levels: ["CONFEDERATION", "PROVINCE", "DISTRICT"],
  deed: "STEWARD",
  schoolYear: "NEVER",
  touches: "BRANCH",
  fields,
  keyOf: (content) => content.number ?? "",
  keyIsWritten: true,
  most: () => 200,
  setsFor: ({ settings }) => settings.map(({ schoolYear }) => schoolYear),
  rules(content, { schoolYears, indicators, today }) {
    const problems: Problem[] = [];
    const refuse = (code: Problem["code"], field: string, message: string) => problems.push(problem(code, field, message));
    if (content.issuedOn && content.issuedOn > today)
      refuse("OUT_OF_RANGE", "issuedOn", `${content.issuedOn} lies in the future (today is ${today}).`);
    const seen = new Set<string>();
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
      if (setting.deadline === null && setting.target === null && setting.term === null && setting.requiredRegulations.length === 0)
        refuse("REQUIRED", at, "Give a deadline, a target or both; or the term or the set of regulations that is meant.");
      const isOfTerm = indicators.ofTerm.includes(setting.indicator);
      if (setting.term && !termYears(setting.term))
        refuse("INVALID", `${at}.term`, `"${setting.term}" is not a term; expected two years, e.g. "2023-2028".`);
      else if (setting.term && indicators.all.includes(setting.indicator) && !isOfTerm)
        refuse("RULE", `${at}.term`, `${setting.indicator} speaks of no term; ${indicators.ofTerm.join(", ")} do.`);
      if (setting.requiredRegulations.length > 0 && setting.indicator !== FULL_SET)
        refuse("RULE", `${at}.requiredRegulations`, `Regulations make the set of ${FULL_SET}, not of ${setting.indicator}.`);
      if (
        setting.deadline &&
        setting.indicator &&
        indicators.all.includes(setting.indicator) &&
        !indicators.withDeadline.includes(setting.indicator)
      )
        refuse("RULE", `${at}.deadline`, `${setting.indicator} takes no deadline; ${indicators.withDeadline.join(", ")} do.`);
      const [first, last] = year ? deadlineWindow(year, isOfTerm, isOfReports(setting.indicator)) : [];
      if (setting.deadline && first && last && isDay(setting.deadline) && (setting.deadline < first || setting.deadline > last))
        refuse("OUT_OF_RANGE", `${at}.deadline`, `${setting.deadline} lies outside ${setting.schoolYear} (${first} to ${last}).`);
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

const isOfReports = (indicator: string) => Object.values(DEADLINE_OF).includes(indicator);

/**
 * First and last possible deadline of a school year: of what belongs to a term, any day since the reference date before; of
 * the units' reports also one in the three months after.
 */
function deadlineWindow(year: SchoolYear, isOfTerm: boolean, isOfReport: boolean): [Day, Day] {
  const { startsOn, endsOn, referenceDate } = year;
  if (isOfReport) return [startsOn, lastDeadline(year)];
  if (!isOfTerm) return [startsOn, endsOn];
  return [addMonths(referenceDate, -12), endsOn > referenceDate ? endsOn : referenceDate];
}

/** A setting as it holds: with the unit and the document that set it. */
export interface SettingInForce {
  unitId: string;
  recordId: string;
  number: string;
  issuedOn: Day;
  indicator: string;
  schoolYear: string;
  deadline: Day | null;
  target: number | null;
  term: string | null;
  requiredRegulations: readonly string[];
}

/** What a unit's own directives say of one indicator in a school year, of each part the latest issued that says it. */
interface OwnSetting {
  indicator: string;
  deadline: (SettingInForce & { deadline: Day }) | null;
  target: (SettingInForce & { target: number }) | null;
  demand: Demand | null;
}

/** The settings of directives by unit and school year: sorted once, for as many dossiers as rest on them. */
export type SettingsIndex = ReadonlyMap<string, readonly OwnSetting[]>;

export function indexSettings(all: readonly SettingInForce[]): SettingsIndex {
  const newestFirst = [...all].sort((a, b) =>
    a.issuedOn === b.issuedOn ? (a.number < b.number ? 1 : -1) : a.issuedOn < b.issuedOn ? 1 : -1,
  );
  const index = new Map<string, Map<string, OwnSetting>>();
  for (const setting of newestFirst) {
    const { unitId, schoolYear, indicator, deadline, target, term, requiredRegulations } = setting;
    const key = indexKey(unitId, schoolYear);
    const ofYear = index.get(key) ?? new Map<string, OwnSetting>();
    const own = ofYear.get(indicator) ?? { indicator, deadline: null, target: null, demand: null };
    if (deadline !== null) own.deadline ??= { ...setting, deadline };
    if (target !== null) own.target ??= { ...setting, target };
    own.demand = nearer(own.demand, { term, regulations: requiredRegulations });
    index.set(key, ofYear.set(indicator, own));
  }
  return new Map([...index].map(([key, ofYear]) => [key, [...ofYear.values()]]));
}

/**
 * Which settings hold for a unit and a school year: of each indicator the nearest unit's on the way up, deadline, target,
 * term and set each for itself; of one unit's the latest issued.
 * `line`: the unit and its ancestors of the year, nearest first.
 */
export function settingsInForce(index: SettingsIndex, line: readonly string[], schoolYear: string) {
  const deadlines = new Map<string, SettingInForce & { deadline: Day }>();
  const targets = new Map<string, SettingInForce & { target: number }>();
  const demands = new Map<string, Demand>();
  for (const unitId of line)
    for (const { indicator, deadline, target, demand } of index.get(indexKey(unitId, schoolYear)) ?? []) {
      if (deadline && !deadlines.has(indicator)) deadlines.set(indicator, deadline);
      if (target && !targets.has(indicator)) targets.set(indicator, target);
      const asked = demand && nearer(demands.get(indicator) ?? null, demand);
      if (asked) demands.set(indicator, asked);
    }
  return { deadlines, targets, demands };
}

const indexKey = (unitId: string, schoolYear: string) => `${unitId} ${schoolYear}`;

/** Term and set of the nearer or later demand, each from the other where it asks for none; `null` where neither asks for anything. */
function nearer(first: Demand | null, other: Demand): Demand | null {
  const term = first?.term ?? other.term;
  const regulations = first && first.regulations.length > 0 ? first.regulations : other.regulations;
  return term === null && regulations.length === 0 ? null : { term, regulations };
}
