import { GraphQLError } from "graphql";
import { indicatorByKey, indicatorKeys } from "../../domain/figures/catalogue.js";
import { type Indicator } from "../../domain/figures/indicator.js";
import { isDay, type Day } from "../../domain/ground/day.js";
import { type Problem } from "../../domain/ground/problem.js";
import { type RequestErrorCode } from "../../domain/ground/request-fault.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { closest } from "../../work/closest.js";
import { unknownYear } from "../../intake/records/reading.js";
import { type GraphContext } from "./context.js";

/** A question that cannot be answered as it was put: a top-level error with a code, where a refused change is data. */
export function fault(code: Problem["code"] | RequestErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

export async function schoolYearOf(context: GraphContext, label: string): Promise<SchoolYear> {
  const years = await context.loaders.schoolYears();
  const year = years.find((candidate) => candidate.label === label);
  if (!year) throw fault("SCHOOL_YEAR_NOT_FOUND", unknownYear(label, years).message.en);
  return year;
}

export function indicatorOf(key: string): Indicator {
  const indicator = indicatorByKey(key);
  if (indicator) return indicator;
  const near = closest(key, indicatorKeys.all);
  throw fault(
    "INDICATOR_NOT_FOUND",
    `There is no indicator "${key.slice(0, 60)}".${near ? ` Did you mean "${near}"?` : ""} The query \`indicators\` lists them.`,
  );
}

export function dayOf(name: string, day: string): Day {
  if (!isDay(day)) throw fault("BAD_USER_INPUT", `${name}: "${day.slice(0, 40)}" is not a day of the calendar; expected YYYY-MM-DD.`);
  return day;
}
