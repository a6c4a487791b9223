import { Field, ID, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { DayScalar } from "../engine/day.scalar.js";
import { NodeType } from "../engine/node.type.js";

@ObjectType("SchoolYear", {
  description: "A school year (năm học). Whoever is parent on its reference date has the figures of the year.",
  implements: NodeType,
  simpleResolvers: true,
})
export class SchoolYearType extends NodeType implements SchoolYear {
  @Field(() => ID, { description: "The label." })
  override id: string;
  @Field(() => String, { description: 'E.g. "2024-2025".' })
  label: string;
  @Field(() => DayScalar, { description: "Its first day (ngày khai giảng)." })
  startsOn: Day;
  @Field(() => DayScalar, { description: "Its last day (ngày bế giảng)." })
  endsOn: Day;
  @Field(() => DayScalar, {
    description: "The day on which the tree and the profiles of the year are taken (ngày chốt số liệu); 31 May unless another was given.",
  })
  referenceDate: Day;
  @Field(() => DayScalar, {
    description:
      "The first day whose events (an agreement signed, a union founded) count in the year: the day after the last reference date, so usually twelve months up to this one; more or fewer where reference dates moved (ngày bắt đầu tính số phát sinh).",
  })
  countsFrom: Day;

  constructor(year: SchoolYear) {
    super();
    this.id = year.label;
    this.label = year.label;
    this.startsOn = year.startsOn;
    this.endsOn = year.endsOn;
    this.referenceDate = year.referenceDate;
    this.countsFrom = year.countsFrom;
  }
}
