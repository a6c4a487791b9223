import { Field, Float, Int, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type DeadlineUnits, MOST_DEADLINES } from "../../domain/figures/judged-until.js";
import { Costs, Free, TOTAL_COUNT } from "../cost/price.js";
import { DayScalar } from "../engine/day.scalar.js";
import { Labels } from "../engine/labels.type.js";
import { type Words } from "../../domain/ground/words.js";

@ObjectType({ description: "Of the units expected to report, how many did. No rate without it.", simpleResolvers: true })
export class Coverage {
  @Field(() => Int, { description: "Units that have the duty." })
  expected: number;
  @Field(() => Int, { description: "Those that said YES or NO; of a count, those that reported it." })
  reported: number;
  @Field(() => Int, { description: "Those that are due and have said nothing, and those of `unsaid`." })
  missing: number;
  @Field(() => Int, {
    description:
      "Of the missing: those whose report leaves the count open (bỏ trống), and schools whose people are counted in a report of their union that is not in this figure: under a filter, or of a school alone. Unknown is not 0.",
  })
  unsaid: number;
  @Field(() => Int, { description: "Those that have said nothing and whose deadline has not passed." })
  notDue: number;
  @Field(() => Float, { nullable: true, description: "reported / expected; null when nobody is expected." })
  rate: number | null;
}

@ObjectType({ description: "How many units stand where with the duty behind an indicator.", simpleResolvers: true })
export class Statuses {
  @Field(() => Int, { description: "Done." })
  yes: number;
  @Field(() => Int, { description: "Reported as not done, or done without effect." })
  no: number;
  @Field(() => Int, { description: "Expected and due, and nothing was reported." })
  noReport: number;
  @Field(() => Int, { description: "Expected, nothing was reported, and the deadline has not passed." })
  notDue: number;
  @Field(() => Int, { description: "Units that do not have this duty." })
  notEligible: number;
}

@ObjectType({ description: "Units whose duty was judged by one last day (hạn cuối).", simpleResolvers: true })
class DeadlineUnitsType implements DeadlineUnits {
  @Field(() => DayScalar, { description: "The last day by which they were judged." })
  deadline: Day;
  @Field(() => Int, { description: "How many units that have the duty." })
  units: number;
}

@ObjectType({ description: "Last days by which units were judged (các hạn cuối), and how many units.", simpleResolvers: true })
export class Deadlines {
  @Field(() => Int, { description: "How many units, all days together." })
  units: number;
  @Costs({ points: TOTAL_COUNT })
  @Field(() => Int, { description: "How many different days." })
  totalCount: number;
  @Costs({ paged: true, most: MOST_DEADLINES })
  @Field(() => [DeadlineUnitsType], { description: `The days by which most units were judged, ${MOST_DEADLINES} at most.` })
  nodes: DeadlineUnits[];

  constructor(all: readonly DeadlineUnits[]) {
    this.units = all.reduce((sum, { units }) => sum + units, 0);
    this.totalCount = all.length;
    this.nodes = all.slice(0, MOST_DEADLINES);
  }
}

/** Of every figure that has a deadline beside it. */
export const OtherDeadlinesField = () =>
  Field(() => Deadlines, {
    nullable: true,
    description:
      "Units of the figure that were judged by another last day than `deadline`, as a nearer federation set it or extended it for one unit (thời hạn khác): how many, by which. None where all were judged alike; null where no last day judges the indicator, and in vintages of 0.4.0, which did not keep it.",
  });

@ObjectType({ description: "What a rate would be if every unit without a report said NO (lower) or YES (upper).", simpleResolvers: true })
export class Bounds {
  @Field(() => Float, { description: "If every unit without a report said NO." })
  lower: number;
  @Field(() => Float, { description: "If every unit without a report said YES." })
  upper: number;
}

@ObjectType({
  description: "A part of a distribution, e.g. committees of three members; the parts overlap nowhere.",
  simpleResolvers: true,
})
export class BucketCount {
  @Field(() => String, { description: "Name for machines." })
  key: string;
  @Free("HELD")
  @Field(() => Labels, { description: "What it counts." })
  name: Words;
  @Field(() => Float, { description: "How many." })
  count: number;
}

@ObjectType({ description: "What a count for every 100 leaves out.", simpleResolvers: true })
class PerHundredLeftOut {
  @Field(() => Float, { description: "Of the count: of schools that reported no people." })
  numerator: number;
  @Field(() => Float, { description: "Of the people: of units that did not report the count." })
  base: number;
}

@ObjectType({
  description: "What federations and unions did themselves, for every 100 of the people of their branch.",
  simpleResolvers: true,
})
class PerHundredApart {
  @Field(() => Float, { nullable: true, description: "100 × numerator / base; null when the base is 0." })
  value: number | null;
  @Field(() => Float, { description: "The count of units that reported it and have no people of their own." })
  numerator: number;
  @Field(() => Float, { description: "The people that the whole branch reported." })
  base: number;
}

@ObjectType({
  description:
    "A count for every 100 of what it is set against, e.g. gifts for every 100 members: both numbers are of the units that reported both. numerator, leftOut.numerator and apart.numerator add up to the count.",
  simpleResolvers: true,
})
export class PerHundred {
  @Field(() => Float, { nullable: true, description: "100 × numerator / base; null when the base is 0." })
  value: number | null;
  @Field(() => Float, { description: "The count of the units that reported both." })
  numerator: number;
  @Field(() => Float, { description: "What it is set against: the people of the same units." })
  base: number;
  @Free("HELD")
  @Field(() => Labels, { nullable: true, description: "What the base counts." })
  of: Words | null;
  @Free("HELD")
  @Field(() => PerHundredLeftOut, { description: "What is left out, because the other side was not reported." })
  leftOut: PerHundredLeftOut;
  @Free("HELD")
  @Field(() => PerHundredApart, {
    nullable: true,
    description: "What federations and unions did themselves, apart (phần cấp trên tự thực hiện); null where there is none.",
  })
  apart: PerHundredApart | null;
}

@ObjectType({ description: "A figure in its parts.", simpleResolvers: true })
export class PlainFigure {
  @Field(() => Float, {
    nullable: true,
    description: "The value; null when the denominator is 0, and of a count that nobody has reported.",
  })
  value: number | null;
  @Field(() => Float, { description: "What was counted (tử số)." })
  numerator: number;
  @Field(() => Float, { nullable: true, description: "Out of what (mẫu số); null for a count." })
  denominator: number | null;
}
