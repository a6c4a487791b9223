import { registerEnumType } from "type-graphql";
import { ROLES } from "../../domain/ground/caller.js";
import { DIRECTIONS, PERIODS, VALUE_UNITS } from "../../domain/figures/indicator.js";
import { SUCCESSION_KINDS } from "../../domain/tree/lineage.js";
import { PROBLEM_CODES } from "../../domain/ground/problem.js";
import { STATUSES } from "../../domain/counting/obligation.js";
import { AUTONOMY_GROUPS, KINDS, type LEVELS, OWNERSHIP_FILTERS, OWNERSHIPS, PROVENANCES, SCHOOL_LEVELS } from "../../domain/tree/unit.js";
import { INCOMPARABLE } from "../../domain/analysis/reconciliation.js";
import { CAUSES } from "../../domain/analysis/reconciliation-causes.js";
import { END_REASONS } from "../../domain/tree/end-reason.js";
import { SEVERITIES } from "../../domain/findings/finding.js";

/** Enumerations that are whole by what they mean: clients may switch on them. All others follow the law, the forms and what the hub learns to tell. */
const COMPLETE: ReadonlySet<string> = new Set([
  "DayPrecision",
  "Direction",
  "FindingState",
  "FormulaPart",
  "Level",
  "Outcome",
  "RecordState",
  "ReportState",
  "Severity",
  "SortDirection",
  "WorklistStatus",
]);

/** What an enumeration is, and whether it may gain values. */
export function enumDescription(name: string, description: string): string {
  return `${description} ${COMPLETE.has(name) ? "Complete: it gains no value." : "May gain values: be ready for one that you do not know."}`;
}

/** Registers an enumeration out of its words: value → what it means. */
export function enumOf(name: string, description: string, words: Readonly<Record<string, string>>): Record<string, string> {
  const values = Object.fromEntries(Object.keys(words).map((value) => [value, value]));
  registerEnumType(values, {
    name,
    description: enumDescription(name, description),
    valuesConfig: Object.fromEntries(Object.entries(words).map(([value, meaning]) => [value, { description: meaning }])),
  });
  return values;
}

const LEVEL_WORDS = {
  CONFEDERATION: "General confederation (Tổng Liên đoàn).",
  PROVINCE: "Provincial federation (LĐLĐ tỉnh, thành phố).",
  DISTRICT: "District level: district, city and town federations, sector unions, commune unions (cấp trên trực tiếp cơ sở).",
  GRASSROOTS: "Grassroots or occupational union (công đoàn cơ sở, nghiệp đoàn).",
  SCHOOL: "School (trường học).",
} satisfies Record<(typeof LEVELS)[number], string>;
const KIND_WORDS = Object.fromEntries(Object.entries(KINDS).map(([kind, { description }]) => [kind, description]));

export const LevelEnum = enumOf("Level", "Levels of the federation, from the top down. Levels may be skipped.", LEVEL_WORDS);
export const KindEnum = enumOf(
  "UnitKind",
  "Kinds of units. A unit's kind may change (a district becomes a town), its level never.",
  KIND_WORDS,
);
export const SchoolLevelEnum = enumOf("SchoolLevel", "School levels (cấp học).", SCHOOL_LEVELS);
export const OwnershipEnum = enumOf("Ownership", "Who owns a school (loại hình).", OWNERSHIPS);
export const OwnershipFilterEnum = enumOf("OwnershipFilter", "What a filter by ownership may name.", OWNERSHIP_FILTERS);
export const AutonomyGroupEnum = enumOf(
  "AutonomyGroup",
  "Financial autonomy groups of public schools (nhóm tự chủ tài chính). Decree 60/2021 Art. 9.",
  AUTONOMY_GROUPS,
);
export const EndReasonEnum = enumOf("EndReason", "Why a unit ended (lý do kết thúc hoạt động).", END_REASONS);
export const SuccessionKindEnum = enumOf("SuccessionKind", "How one unit follows another (hình thức kế thừa).", SUCCESSION_KINDS);
export const ProvenanceEnum = enumOf("Provenance", "Where the hub has a fact from.", PROVENANCES);
export const RoleEnum = enumOf("Role", "What a token allows.", ROLES);
export const ValueUnitEnum = enumOf("ValueUnit", "What the value of an indicator counts.", VALUE_UNITS);
export const DirectionEnum = enumOf("Direction", "Which way is better.", DIRECTIONS);
export const PeriodEnum = enumOf("Period", "Of what time a figure speaks.", PERIODS);
export const ProblemCodeEnum = enumOf(
  "UserErrorCode",
  "Every reason for which a change is refused; the sentence beside it says more.",
  PROBLEM_CODES,
);
export const OutcomeEnum = enumOf("Outcome", "What became of a change.", {
  STORED: "Something changed.",
  UNCHANGED: "It was so already; nothing changed.",
  REJECTED: "Nothing was stored; userErrors say why.",
});
export const RecordStateEnum = enumOf("RecordState", "Whether a record counts.", {
  STANDING: "It counts.",
  WITHDRAWN: "It was taken back and counts nowhere; its versions stay.",
});
export const TreeEnum = enumOf("Tree", "Under which tree a school year is read. The total of the whole is the same in both.", {
  OF_THE_YEAR: "Whoever was parent on the reference date of the school year has the figures.",
  TODAY: "Regrouped under the tree as it stands today; a unit closed since counts with the nearest ancestor that still stands.",
});
export const WorklistStatusEnum = enumOf("WorklistStatus", "Where a unit stands with a duty.", {
  ...STATUSES,
  NO_REPORT: "Expected and due, and nothing was reported.",
  NOT_DUE: "Expected, nothing was reported, and the deadline has not passed.",
});
export const SeverityEnum = enumOf("Severity", "How grave a finding is, the gravest first (mức độ).", SEVERITIES);
export const FindingStateEnum = enumOf("FindingState", "Whether somebody has said why a finding is right as it is.", {
  OPEN: "Nobody has, or its values have changed since (chưa xử lý).",
  ACKNOWLEDGED: "Acknowledged, with a reason, as it is now (đã xác nhận).",
});
export const SortDirectionEnum = enumOf("SortDirection", "Which comes first.", { ASC: "The smallest first.", DESC: "The largest first." });
export const UnitOrderByEnum = enumOf("UnitOrderBy", "By what units are ordered.", {
  NAME: "Name, as a Vietnamese dictionary sorts.",
  CODE: "Code.",
  INDICATOR: "The value of an indicator in a school year; units without one are left out and counted in withoutValue.",
});
export const IncomparableEnum = enumOf("Incomparable", "Why a published and a computed figure cannot be compared.", INCOMPARABLE);
export const CauseEnum = enumOf("CauseCode", "Why a published figure is not, or not exactly, what the hub computes.", CAUSES);
