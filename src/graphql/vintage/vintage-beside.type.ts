import { Field, Float, Int, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type Beside } from "../../rollup/vintage-beside.js";
import { Free } from "../cost/price.js";
import { DayScalar } from "../engine/day.scalar.js";
import { Deadlines, OtherDeadlinesField } from "../figure/figure-parts.type.js";

@ObjectType({ description: "What stands beside a figure: what it was judged by, and who reported it.", simpleResolvers: true })
export class VintageBeside {
  @Field(() => Float, { nullable: true, description: "The target; null where there is none (chỉ tiêu được giao)." })
  target: number | null;
  @Field(() => Boolean, { nullable: true, description: "Whether it is reached; null without a target or a value." })
  attained: boolean | null;
  @Field(() => DayScalar, { nullable: true, description: "The last day on which it is in time; null where there is none (thời hạn)." })
  deadline: Day | null;
  @Free("HELD")
  @OtherDeadlinesField()
  otherDeadlines: Deadlines | null;
  @Field(() => Int, { nullable: true, description: "Units that said it; null where no report is expected." })
  reported: number | null;
  @Field(() => Int, { nullable: true, description: "Units that have not reported, or left it open, due or not." })
  missing: number | null;

  constructor({ target, attained, deadline, otherDeadlines, coverage }: Beside) {
    Object.assign(this, { target, attained, deadline });
    this.otherDeadlines = otherDeadlines && new Deadlines(otherDeadlines);
    this.reported = coverage && coverage.said;
    this.missing = coverage && coverage.unsaid + coverage.noReport;
  }
}
