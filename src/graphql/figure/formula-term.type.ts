import { Field, Float, Int, ObjectType } from "type-graphql";
import { FORMULA_PARTS, type FormulaPart } from "../../domain/figures/formula.js";
import { type Words } from "../../domain/ground/words.js";
import { Free } from "../cost/price.js";
import { enumOf } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";

const FormulaPartEnum = enumOf("FormulaPart", "The two parts of a formula.", FORMULA_PARTS);

@ObjectType("FormulaTerm", {
  description: "One measure of a formula with its amount. Of each part, factor × amount adds up to it.",
  simpleResolvers: true,
})
export class FormulaTermType {
  @Field(() => FormulaPartEnum, { description: "The part in which it stands." })
  part: FormulaPart;
  @Field(() => String, { description: "Name of the measure in the ledger." })
  measure: string;
  @Free("HELD")
  @Field(() => Labels, { description: "What the measure counts." })
  words: Words;
  @Field(() => Int, { description: "How often it is added: 1, 2 where it counts twice, -1 where it is taken away." })
  factor: number;
  @Field(() => Float, { description: "How much it is in this unit, school year and filter." })
  amount: number;
}
