import { Field, Float, ObjectType } from "type-graphql";
import { INCOMPARABLE, type Incomparable, type Reconciled } from "../rollup/reconciliation.js";
import { type StoredRecord } from "../domain/records/record.js";
import { publishedFigure } from "../domain/records/published-figure.js";
import { type Words } from "../domain/indicators/indicator.js";
import { type Cause, type CauseCode } from "../rollup/reconciliation-causes.js";
import { CauseEnum, IncomparableEnum } from "./enums.js";
import { Labels, PlainFigure } from "./figure-parts.type.js";
import { recordOf, type RecordType, recordTypeFor } from "./record.type.js";

@ObjectType({ description: "What the hub computes (số liệu tính từ hồ sơ).", simpleResolvers: true })
export class ComputedFigure extends PlainFigure {}

@ObjectType("ReconciliationCause", { description: "Why the two figures differ, told with the figures of the case.", simpleResolvers: true })
export class CauseType implements Cause {
  @Field(() => CauseEnum, { description: "For machines." })
  code: CauseCode;
  @Field(() => Labels, { description: "For people." })
  words: Words;
}

@ObjectType({
  description: "A published figure beside what the hub computes for the same unit and school year (đối chiếu).",
  simpleResolvers: true,
})
export class Reconciliation {
  @Field(() => recordTypeFor(publishedFigure.key), { description: "The figure as it was printed (số liệu công bố)." })
  published: RecordType;
  @Field(() => ComputedFigure, { nullable: true, description: "null where the hub does not compute the indicator." })
  computed: ComputedFigure | null;
  @Field(() => Float, { nullable: true, description: "Computed less published; null where the two cannot be compared." })
  difference: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether they are equal in the decimals that were printed; null where they cannot be compared.",
  })
  agrees: boolean | null;
  @Field(() => IncomparableEnum, { nullable: true, description: "Why they cannot be compared." })
  incomparable: Incomparable | null;
  @Field(() => String, { nullable: true, description: "The same in words." })
  because: string | null;
  @Field(() => [CauseType], {
    description:
      "Why the two differ, as far as the numbers tell (nguyên nhân chênh lệch), the plainest first; empty where there is nothing to tell.",
  })
  causes: Cause[];

  constructor({ published, computed, difference, agrees, incomparable, causes }: Reconciled) {
    Object.assign(this, { computed, difference, agrees, incomparable, causes });
    this.published = recordOf(published as unknown as StoredRecord);
    this.because = incomparable ? INCOMPARABLE[incomparable] : null;
  }
}
