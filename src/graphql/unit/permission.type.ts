import { Field, ObjectType } from "type-graphql";
import { type ProblemCode } from "../../domain/ground/problem.js";
import { type Refusal } from "../../domain/reporting/report.js";
import { Free } from "../cost/price.js";
import { ProblemCodeEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { type Words } from "../../domain/ground/words.js";

@ObjectType({ description: "Whether the caller may do something now, and if not, why (quyền thao tác).", simpleResolvers: true })
export class Permission {
  @Field(() => Boolean, { description: "Whether it would be done now." })
  allowed: boolean;
  @Field(() => ProblemCodeEnum, { nullable: true, description: "The code with which it would be refused; null where it is allowed." })
  code: ProblemCode | null;
  @Free("HELD")
  @Field(() => Labels, { nullable: true, description: "Why not, and whom to ask; null where it is allowed (lý do)." })
  why: Words | null;
}

/** It may. */
export const allowed: Permission = { allowed: true, code: null, why: null };
/** It may not, and why. */
export const refused = ({ code, words }: Refusal): Permission => ({ allowed: false, code, why: words });
