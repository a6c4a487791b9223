import { getNamedType, type GraphQLField, type GraphQLObjectType } from "graphql";
import { checks } from "../../domain/findings/catalogue.js";
import { formulaTerms } from "../../domain/figures/formula.js";
import { growthParts } from "../../domain/analysis/growth.js";
import { TOLD_FATES } from "../../domain/analysis/growth-fates.js";
import { indicators } from "../../domain/figures/catalogue.js";
import { MOST_DEADLINES } from "../../domain/counting/judged-until.js";
import { LEFT_OUT_REASONS } from "../../domain/analysis/left-out.js";
import { type Fields, isListField, mostOf } from "../../domain/records/field.js";
import { recordKinds } from "../../domain/records/catalogue.js";
import { evidence } from "../../domain/reporting/report-evidence.js";
import { REPORTING_PERIODS } from "../../domain/reporting/reporting-period.js";
import { MOST_SCHOOL_YEARS } from "../../domain/tree/school-year.js";
import { BREAKS } from "../../domain/analysis/trend-break.js";
import { LEVELS } from "../../domain/tree/unit.js";
import { VINTAGE_DIFFERENCES } from "../../domain/analysis/vintage.js";
import { CAUSES } from "../../domain/analysis/reconciliation-causes.js";
import { MOST_DUPLICATES } from "../../intake/units/merged-in-use.js";
import { FIELD_COSTS } from "./field-costs.js";
import { SEVERITIES } from "../../domain/findings/finding.js";

/** A check finds one thing in a record, or nothing. */
const FINDINGS = largest(recordKinds.map(({ key }) => checks.filter((check) => check.scope === "RECORD" && check.kind.key === key).length));
/** What is wrong with a change: a few things, where anything is. More only follows from more that is sent, and that is paid for. */
const PROBLEMS = 3;

/**
 * How many entries a list without pages has at most, by "Type.field", or for all lists of a type by "[Type]": what the law, a
 * catalogue or the intake bounds. What can grow beyond is a page. Lists as long as an argument says are in `FIELD_COSTS`.
 */
export const LIST_BOUNDS: Readonly<Record<string, number>> = {
  "[Finding]": FINDINGS,
  "[UserError]": PROBLEMS,
  /** The hints of a payload, which follow from it as its problems do. */
  "[Labels]": PROBLEMS,
  "UserError.differing": largest(recordKinds.map(({ fields }) => sizeOf(fields))),
  "Query.indicators": indicators.length,
  "Query.findingChecks": checks.length,
  "Query.schoolYears": MOST_SCHOOL_YEARS,
  "Limits.batches": Object.values(FIELD_COSTS).filter(({ row }) => row).length,
  "SchoolYear.periods": sizeOf(REPORTING_PERIODS),
  "Unit.ancestors": LEVELS.length - 1,
  "Unit.duplicates": MOST_DUPLICATES,
  "Unit.reports": sizeOf(REPORTING_PERIODS),
  "ReportOfPeriod.missing": evidence.length,
  "ReportPayload.missing": evidence.length,
  "ReportRow.missing": evidence.length,
  "Rollup.breaks": sizeOf(BREAKS),
  "IndicatorValue.buckets": largest(indicators.map(({ buckets = [] }) => buckets.length)),
  "VintageChange.differs": sizeOf(VINTAGE_DIFFERENCES),
  "Deadlines.nodes": MOST_DEADLINES,
  "VintageDefinitions.indicators": indicators.length,
  "Explanation.terms": largest(indicators.map((indicator) => formulaTerms(indicator, {}).length)),
  "Explanation.leftOut": sizeOf(LEFT_OUT_REASONS),
  "Growth.parts": growthParts.length,
  "GrowthPart.reasons": sizeOf(TOLD_FATES),
  "FindingCounts.bySeverity": sizeOf(SEVERITIES),
  "FindingCounts.byCheck": checks.length,
  "Reconciliation.causes": sizeOf(CAUSES),
  ...Object.fromEntries(recordKinds.flatMap(({ typeName, fields }) => listsOf(typeName, fields))),
};

/** How many entries a list has at most that is no page. */
export function boundOf(type: GraphQLObjectType, { name, type: list }: GraphQLField<unknown, unknown>): number | undefined {
  return saidOf(LIST_BOUNDS, type, name) ?? LIST_BOUNDS[`[${getNamedType(list).name}]`];
}

/** What a table says of a field, under the name of its type or of an interface of it. */
export function saidOf<T>(table: Readonly<Record<string, T>>, type: GraphQLObjectType, name: string): T | undefined {
  return [type, ...type.getInterfaces()].map((of) => table[`${of.name}.${name}`]).find((said) => said !== undefined);
}

/** The lists that a kind of record declares, and those in their rows. */
function listsOf(type: string, fields: Fields): [string, number][] {
  return Object.entries(fields).flatMap(([name, field]): [string, number][] => {
    if (!isListField(field)) return [];
    return [[`${type}.${name}`, mostOf(field)], ...(field.type === "rows" ? listsOf(field.name, field.fields) : [])];
  });
}

function sizeOf(words: object): number {
  return Object.keys(words).length;
}

function largest(sizes: readonly number[]): number {
  return Math.max(...sizes);
}
