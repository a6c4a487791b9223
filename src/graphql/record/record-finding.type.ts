import { Field, ObjectType } from "type-graphql";
import { type RecordFinding, type Severity } from "../../domain/findings/finding.js";
import { Free } from "../cost/price.js";
import { SeverityEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { type Words } from "../../domain/ground/words.js";

@ObjectType("Finding", {
  description: "Something that looks wrong in an accepted record: it counts, and is flagged until it is mended.",
  simpleResolvers: true,
})
export class FindingType implements RecordFinding {
  @Field(() => String, { description: "Key of the check; the query findingChecks says what it looks at." })
  code: string;
  @Field(() => SeverityEnum, { description: "How grave it is (mức độ)." })
  severity: Severity;
  @Field(() => String, { nullable: true, description: "The field to look at." })
  field: string | null;
  @Free("HELD")
  @Field(() => Labels, { description: "What looks wrong and how to mend it (nội dung)." })
  message: Words;
}
