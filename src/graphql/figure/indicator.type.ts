import { Field, Float, ObjectType } from "type-graphql";
import {
  bounds,
  distribution,
  perHundred,
  type Direction,
  figures,
  type Indicator,
  type Period,
  type ValueUnit,
} from "../../domain/figures/indicator.js";
import { coverageOf, statusesOf } from "../../domain/figures/coverage.js";
import { type Tally } from "../../domain/counting/tally.js";
import { otherDeadlines } from "../../domain/figures/judged-until.js";
import { deadlineOn, isAttained, type Standards } from "../../rollup/standards.js";
import { indicators } from "../../domain/figures/catalogue.js";
import { Costs, Free } from "../cost/price.js";
import { DayScalar } from "../engine/day.scalar.js";
import { Labels } from "../engine/labels.type.js";
import { Bounds, BucketCount, Coverage, Deadlines, OtherDeadlinesField, PerHundred, Statuses } from "./figure-parts.type.js";
import { DirectionEnum, PeriodEnum, ValueUnitEnum } from "../engine/enums.js";
import { Needs } from "../engine/selection.js";
import { type Words } from "../../domain/ground/words.js";
import { type JudgedUntil } from "../../domain/counting/frozen-due.js";
import { type RollupKey } from "../../domain/figures/rollup.js";

@ObjectType("Indicator", { description: "What a figure means: the definition that the hub computes by (chỉ tiêu).", simpleResolvers: true })
export class IndicatorType {
  @Field(() => String, { description: "Name in the API: the field of Rollup, and the key in filters, orders and directives." })
  key: string;
  @Free("HELD")
  @Field(() => Labels, { description: "What it is called (tên chỉ tiêu)." })
  name: Words;
  @Free("HELD")
  @Field(() => Labels, { description: "How the hub computes it (định nghĩa)." })
  definition: Words;
  @Free("HELD")
  @Field(() => Labels, { description: "What the numerator counts (tử số)." })
  numerator: Words;
  @Free("HELD")
  @Field(() => Labels, { nullable: true, description: "What the denominator counts (mẫu số); none for a count." })
  denominator: Words | null;
  @Free("HELD")
  @Field(() => Labels, { description: "Which units the indicator is about." })
  eligibility: Words;
  @Field(() => ValueUnitEnum, { description: "What its value counts (đơn vị tính)." })
  unit: ValueUnit;
  @Field(() => PeriodEnum, { description: "Of what time it speaks (kỳ số liệu)." })
  period: Period;
  @Field(() => DirectionEnum, { description: "Which way is better (chiều hướng tốt)." })
  direction: Direction;
  @Field(() => Boolean, { description: "Whether a directive may set a deadline for it." })
  takesDeadline: boolean;
  @Field(() => Boolean, { description: "Whether it has a worklist: the units behind the number, by status." })
  hasWorklist: boolean;
  @Field(() => String, { description: "Law, decree or practice that it rests on." })
  source: string;

  constructor(indicator: Indicator) {
    const { key, name, definition, eligibility, unit, period, direction, source } = indicator;
    Object.assign(this, { key, name, definition, eligibility, unit, period, direction, source });
    this.numerator = indicator.numerator.words;
    this.denominator = indicator.denominator?.words ?? null;
    this.takesDeadline = indicator.takesDeadline ?? false;
    this.hasWorklist = indicator.obligation !== null;
  }
}

/** What of a rollup is loaded only when it is selected: for coverage and statuses, for targets and deadlines, and for the deadlines of others. */
export interface Standing {
  notDue: Tally | null;
  standards: Standards | null;
  judged: JudgedUntil | null;
}

/** One figure of a rollup: everything that it rests on is loaded before, so that no field waits. */
@ObjectType({
  description: "A figure: never without its numerator and denominator. Nothing is rounded and nothing is capped.",
  simpleResolvers: true,
})
export class IndicatorValue {
  @Field(() => Float, {
    nullable: true,
    description:
      "numerator / denominator, a rate as a fraction; null when the denominator is 0. Of a count: the numerator; null where it rests on reports and none of the units that owe one has reported (missing is not 0).",
  })
  readonly value: number | null;
  @Field(() => Float, { description: "What was counted (tử số)." })
  readonly numerator: number;
  @Field(() => Float, { nullable: true, description: "Out of what (mẫu số); null for a count." })
  readonly denominator: number | null;

  constructor(
    private readonly of: Indicator,
    private readonly key: RollupKey,
    private readonly tally: Tally,
    private readonly standing: Standing,
  ) {
    const { value, numerator, denominator } = figures(of, tally);
    this.value = value;
    this.numerator = numerator;
    this.denominator = denominator;
  }

  @Free("MADE")
  @Field(() => IndicatorType, { description: "The definition." })
  get indicator(): IndicatorType {
    return new IndicatorType(this.of);
  }

  @Costs({ most: Math.max(...indicators.map(({ buckets = [] }) => buckets.length)) })
  @Field(() => [BucketCount], {
    description:
      "The distribution (phân bố), e.g. committees by size or ratings by grade; empty where there is none, and of a count that nobody has reported.",
  })
  get buckets(): BucketCount[] {
    const isUnknown = this.denominator === null && this.value === null;
    return (isUnknown ? [] : distribution(this.of, this.tally)).map(({ bucket, count }) => ({
      key: bucket.key,
      name: bucket.words,
      count,
    }));
  }

  @Free("MADE")
  @Field(() => PerHundred, {
    nullable: true,
    description: "The count for every 100 members or workers, over the units that reported both; null where it is set against nothing.",
  })
  get perHundred(): PerHundred | null {
    const found = perHundred(this.of, this.tally);
    return found && { ...found, of: this.of.per?.words ?? null };
  }

  @Free("MADE")
  @Field(() => Bounds, { nullable: true, description: "null where no bounds can be told: a count, or a rate over people." })
  get bounds(): Bounds | null {
    return bounds(this.of, this.tally);
  }

  @Free("MADE")
  @Needs("notDue")
  @Field(() => Coverage, { nullable: true, description: "null where no report is expected." })
  get coverage(): Coverage | null {
    return this.of.obligation && coverageOf(this.of, this.tally, loaded(this.standing.notDue));
  }

  @Free("MADE")
  @Needs("notDue")
  @Field(() => Statuses, { nullable: true, description: "null where no report is expected." })
  get statuses(): Statuses | null {
    return this.of.obligation && statusesOf(this.of, this.tally, loaded(this.standing.notDue));
  }

  @Free("MADE")
  @Needs("standards")
  @Field(() => Float, {
    nullable: true,
    description:
      "What a directive asks for (chỉ tiêu được giao): of a rate the nearest one, of a count the unit's own; null where none does.",
  })
  get target(): number | null {
    return loaded(this.standing.standards).targets.get(this.of.key)?.target ?? null;
  }

  @Free("MADE")
  @Needs("standards")
  @Field(() => Float, {
    nullable: true,
    description:
      "value / target, a fraction: 0.9 is nine tenths of the target, e.g. members admitted of those assigned (tỷ lệ thực hiện chỉ tiêu được giao). Not capped; null without a target, with a target of 0 or without a value.",
  })
  get attainment(): number | null {
    const { target, value } = this;
    return target === null || target === 0 || value === null ? null : value / target;
  }

  @Free("MADE")
  @Needs("standards")
  @Field(() => DayScalar, {
    nullable: true,
    description:
      "The last day on which it is in time: the nearest directive's, else the law's; null where there is none. A later one that was given to a single unit (DeadlineExtension) is told in otherDeadlines.",
  })
  get deadline(): string | null {
    return deadlineOn(loaded(this.standing.standards), this.of, this.key.schoolYear);
  }

  @Costs({ points: 2, scans: 0.03 })
  @Needs("standards", "judged")
  @OtherDeadlinesField()
  get otherDeadlines(): Deadlines | null {
    const others = otherDeadlines(this.of, loaded(this.standing.judged), this.deadline, this.key.schoolYear);
    return others && new Deadlines(others);
  }

  @Free("MADE")
  @Needs("standards")
  @Field(() => Boolean, { nullable: true, description: "Whether the target is reached; null without a target or a value." })
  get attained(): boolean | null {
    return isAttained(this.of, this.value, this.target);
  }
}

function loaded<T>(part: T | null): T {
  if (part === null) throw new Error("a field of a rollup was selected whose ground had not been loaded");
  return part;
}
