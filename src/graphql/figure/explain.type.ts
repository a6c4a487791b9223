import { Arg, Args, Ctx, Field, Float, ObjectType } from "type-graphql";
import { formulaInWords, formulaTerms } from "../../domain/figures/formula.js";
import { figures, formulaMeasures, type Indicator } from "../../domain/figures/indicator.js";
import { LEFT_OUT_REASONS, type LeftOutReason } from "../../domain/analysis/left-out.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { type Tally } from "../../domain/counting/tally.js";
import { recordsKnownLate } from "../../rollup/known-late.js";
import { recordsBehind } from "../../rollup/records-behind.js";
import { indicators } from "../../domain/figures/catalogue.js";
import { Costs, Free } from "../cost/price.js";
import { type Page, PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { INSTANT, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { ContributionConnection, type ContributionType, contributionPage } from "./contribution.type.js";
import { TreeEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { Bounds, Coverage, type Deadlines, OtherDeadlinesField } from "./figure-parts.type.js";
import { FormulaTermType } from "./formula-term.type.js";
import { IndicatorType, IndicatorValue, type Standing } from "./indicator.type.js";
import { ClosedUnits, closedUnitsOf, LeftOut, leftOutOf, LeftOutReasonEnum } from "./left-out.type.js";
import { recordOf, type RecordType } from "../record/record.type.js";
import { SchoolYearType } from "../unit/school-year.type.js";
import { Needs } from "../engine/selection.js";
import { DeadlineInForce, deadlineInForce, TargetInForce, targetInForce } from "./standard.type.js";
import { RecordConnection } from "../record/unit-records.resolver.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";
import type { UnitView } from "../../domain/tree/unit-view.js";
import { type RollupKey, type Tree } from "../../domain/figures/rollup.js";

/** A figure taken apart. */
@ObjectType({
  description:
    "A figure explained: what it means, how it is made, who makes it and who is missing (giải trình số liệu). Go down by asking a contribution's unit for its explain, to the school and its records.",
  simpleResolvers: true,
})
export class Explanation {
  private readonly figure: IndicatorValue;

  constructor(
    private readonly of: Indicator,
    private readonly view: UnitView,
    private readonly key: RollupKey,
    private readonly tally: Tally,
    private readonly standing: Standing,
  ) {
    this.figure = new IndicatorValue(of, key, tally, standing);
    const { numerator, denominator, value } = figures(of, tally);
    Object.assign(this, { numerator, denominator, value });
  }

  @Field(() => Float, { description: "What was counted (tử số)." })
  readonly numerator: number;
  @Field(() => Float, { nullable: true, description: "Out of what (mẫu số); null for a count." })
  readonly denominator: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "numerator / denominator; null when the denominator is 0. Of a count: the numerator; null where nobody has reported it.",
  })
  readonly value: number | null;

  @Free("MADE")
  @Field(() => IndicatorType, { description: "The definition in force." })
  get indicator(): IndicatorType {
    return this.figure.indicator;
  }

  @Free("MADE")
  @Field(() => UnitType, { description: "The unit whose figure it is." })
  get unit(): UnitType {
    return unitOf(this.view);
  }

  @Free("MADE")
  @Field(() => SchoolYearType, { description: "The school year whose figure it is." })
  get schoolYear(): SchoolYearType {
    return new SchoolYearType(this.key.schoolYear);
  }

  @Free("MADE")
  @Field(() => TreeEnum, { description: "Under which tree it was summed." })
  get tree(): Tree {
    return this.key.tree;
  }

  @Free("MADE")
  @Field(() => Labels, {
    description: 'The formula with the figures put in, to two decimals, e.g. "31 schools with … of 32 schools that … = 96.88%".',
  })
  get formula(): Words {
    return formulaInWords(this.of, this.tally);
  }

  @Costs({ most: Math.max(...indicators.map((indicator) => formulaTerms(indicator, {}).length)) })
  @Field(() => [FormulaTermType], { description: "The measures of the formula with their amounts, numerator first." })
  get terms(): FormulaTermType[] {
    return formulaTerms(this.of, this.tally);
  }

  @Free("MADE")
  @Needs("notDue")
  @Field(() => Coverage, {
    nullable: true,
    description: "Of the units expected to report, how many did; null where no report is expected.",
  })
  get coverage(): Coverage | null {
    return this.figure.coverage;
  }

  @Free("MADE")
  @Field(() => Bounds, { nullable: true, description: "null where no bounds can be told: a count, or a rate over people." })
  get bounds(): Bounds | null {
    return this.figure.bounds;
  }

  @Free("MADE")
  @Needs("standards")
  @Field(() => DeadlineInForce, {
    nullable: true,
    description:
      "The deadline that holds, and what set it; null where there is none. A later one of a single unit (DeadlineExtension) is told in otherDeadlines.",
  })
  get deadline(): DeadlineInForce | null {
    const { standards } = this.standing;
    return standards && deadlineInForce(this.view, standards, this.of, this.key.schoolYear);
  }

  @Costs({ points: 2, scans: 0.1 })
  @Needs("standards", "judged")
  @OtherDeadlinesField()
  get otherDeadlines(): Deadlines | null {
    return this.figure.otherDeadlines;
  }

  @Free("MADE")
  @Needs("standards")
  @Field(() => TargetInForce, { nullable: true, description: "The target that holds, and what set it; null where there is none." })
  get target(): TargetInForce | null {
    const { standards } = this.standing;
    return standards && targetInForce(this.view, standards, this.of);
  }

  @Costs({ points: 50 })
  @Field(() => ContributionConnection, {
    description: "The parts of the figure: of each unit directly below, and of the unit's own records. They add up to it exactly.",
  })
  contributions(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<ContributionType>> {
    return contributionPage(context, { ...this.key, measures: formulaMeasures(this.of) }, this.of, page);
  }

  @Costs({ points: 100, most: Object.keys(LEFT_OUT_REASONS).length })
  @Field(() => [LeftOut], {
    description:
      "Units of the branch that do not speak in the figure, by reason. For an indicator that no unit owes only CLOSED, IN_SUCCESSOR_REPORT and KNOWN_LATE can be told. Closed units whose flows count in it are not left out: see closedUnits.",
  })
  leftOut(
    @Ctx() context: GraphContext,
    @Arg("reasons", () => [LeftOutReasonEnum], { nullable: true, description: "Only for these reasons; all unless given." })
    reasons: LeftOutReason[] | null | undefined,
  ): Promise<LeftOut[]> {
    return leftOutOf(context, { of: this.key, indicator: this.of }, reasons);
  }

  @Costs({ points: 100 })
  @Field(() => ClosedUnits, {
    nullable: true,
    description:
      "What units add that were open on a day of the school year and closed before its reference date: what they did until then. null for an indicator of how things stand on that day, in which they do not count.",
  })
  closedUnits(@Ctx() context: GraphContext): Promise<ClosedUnits | null> {
    return closedUnitsOf(context, { of: this.key, indicator: this.of });
  }

  @Free("PAGED")
  @Field(() => RecordConnection, {
    description:
      "Of the unit's own records, those that cover it, and the directives above it, the ones that do not count here because the year was closed, or the unit's report accepted, before they became known (biết sau khi khóa sổ). Sent again after it has been opened again they count. The newest first.",
  })
  async knownLate(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<RecordType>> {
    const { unitId, schoolYear } = this.key;
    return pageOfRecords("records known late", page, () =>
      context.database.read((stores) => recordsKnownLate(stores, unitId, schoolYear.label, this.of)),
    );
  }

  @Free("PAGED")
  @Field(() => RecordConnection, {
    description:
      "Of the unit's own records, and those that cover it, the ones that make its own contribution: those without which it would be another. The newest first; their versions say who changed what and when.",
  })
  async records(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<RecordType>> {
    const { unitId, schoolYear, where } = this.key;
    return pageOfRecords("explained records", page, () =>
      context.database.read((stores) => recordsBehind(stores, unitId, schoolYear, where, this.of)),
    );
  }
}

/** A page of records, the newest first. */
async function pageOfRecords(list: string, page: PageArgs, read: () => Promise<StoredRecord[]>): Promise<Page<RecordType>> {
  const paging = pagingOf(list, [INSTANT, TEXT], page);
  const records = await read();
  const keyOf = ({ recordedAt, recordId }: StoredRecord) => [recordedAt.toISOString(), recordId];
  return pageOfAll(records, paging, recordOf, keyOf, [-1, -1]);
}
