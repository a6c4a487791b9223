import { Arg, Ctx, FieldResolver, ObjectType, Field, Resolver, Root } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type PeriodOfYear, periodsOf, REPORTING_PERIODS, type ReportingPeriod } from "../../domain/reporting/reporting-period.js";
import { Costs } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { schoolYearOf } from "../engine/faults.js";
import { ReportingPeriodEnum, ReportOfPeriod } from "./report.type.js";
import { SchoolYearType } from "../unit/school-year.type.js";
import { UnitType } from "../unit/unit.type.js";

@ObjectType("PeriodOfYear", { description: "A reporting period of a school year (kỳ báo cáo).", simpleResolvers: true })
export class PeriodOfYearType implements PeriodOfYear {
  @Field(() => ReportingPeriodEnum, { description: "Which period it is." })
  period: ReportingPeriod;
  @Field(() => DayScalar, { description: "Its first day: the one after the reference date of the year before." })
  from: Day;
  @Field(() => DayScalar, { description: "Its last day (ngày chốt số liệu): records of a later day stand in a later report." })
  cutOff: Day;
  @Field(() => DayScalar, { description: "The last day for reports where no directive sets another (hạn nộp mặc định)." })
  dueOn: Day;
}

@Resolver(() => SchoolYearType)
export class PeriodResolver {
  @Costs({ most: Object.keys(REPORTING_PERIODS).length })
  @FieldResolver(() => [PeriodOfYearType], { description: "Its reporting periods, the first half and the whole year (kỳ báo cáo)." })
  periods(@Root() year: SchoolYearType): PeriodOfYearType[] {
    return periodsOf(year);
  }
}

/** The reports of a unit. */
@Resolver(() => UnitType)
export class ReportResolver {
  @Costs({ points: 20 })
  @FieldResolver(() => ReportOfPeriod, {
    description: "Where the unit's own report of a period stands, and what the caller may do (báo cáo của đơn vị).",
  })
  async report(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("period", () => ReportingPeriodEnum, { defaultValue: "WHOLE_YEAR", description: "Which period; the whole year unless given." })
    period: ReportingPeriod,
  ): Promise<ReportOfPeriod> {
    const [report] = await reportsOf(unit, context, schoolYear, [period]);
    if (!report) throw new Error("one report was asked for and none answered");
    return report;
  }

  @Costs({ points: 35, most: Object.keys(REPORTING_PERIODS).length })
  @FieldResolver(() => [ReportOfPeriod], { description: "The unit's own reports of a school year, one a period, in order of time." })
  reports(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
  ): Promise<ReportOfPeriod[]> {
    return reportsOf(unit, context, schoolYear, Object.keys(REPORTING_PERIODS) as ReportingPeriod[]);
  }
}

async function reportsOf(
  unit: UnitType,
  context: GraphContext,
  label: string,
  periods: readonly ReportingPeriod[],
): Promise<ReportOfPeriod[]> {
  const year = await schoolYearOf(context, label);
  const reports = await context.loaders.reports.load({ unitId: unit.id, schoolYear: year.label });
  return periods.map((period) => new ReportOfPeriod(unit.view, year, period, reports));
}
