import { UNFILTERED } from "../../domain/tree/filter.js";
import { Ctx, Field, Float, ObjectType } from "type-graphql";
import { INCOMPARABLE, type Incomparable, reconcile, type Reconciled } from "../../domain/analysis/reconciliation.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { publishedFigure } from "../../domain/records/kinds/published-figure.js";
import { type Cause, type CauseCode, CAUSES, causesOf, type OtherFigures } from "../../domain/analysis/reconciliation-causes.js";
import { partsOfDifference, readingsThatAgree } from "../../domain/analysis/reconciliation-readings.js";
import { MOST_RETALLIED } from "../../domain/ground/limits.js";
import { type ReadingKey } from "../../rollup/other-readings.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { CauseEnum, IncomparableEnum } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { PlainFigure } from "../figure/figure-parts.type.js";
import { recordOf, type RecordType, recordTypeFor } from "../record/record.type.js";
import { type Words, wordsOf } from "../../domain/ground/words.js";

@ObjectType({ description: "What the hub computes (số liệu tính từ hồ sơ).", simpleResolvers: true })
export class ComputedFigure extends PlainFigure {}

@ObjectType("ReconciliationCause", { description: "Why the two figures differ, told with the figures of the case.", simpleResolvers: true })
export class CauseType implements Cause {
  @Field(() => CauseEnum, { description: "For machines." })
  code: CauseCode;
  @Free("HELD")
  @Field(() => Labels, { description: "For people." })
  words: Words;
}

@ObjectType({
  description: "A published figure beside what the hub computes for the same unit and school year (đối chiếu).",
  simpleResolvers: true,
})
export class Reconciliation {
  @Free("HELD")
  @Field(() => recordTypeFor(publishedFigure.key), { description: "The figure as it was printed (số liệu công bố)." })
  published: RecordType;
  @Free("HELD")
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
  @Free("HELD")
  @Field(() => Labels, { nullable: true, description: "The same in words." })
  because: Words | null;

  /** `of`: the unit and the school year that are compared. */
  constructor(
    readonly reconciled: Reconciled,
    readonly of: Omit<ReadingKey, "knownOn">,
  ) {
    const { published, computed, difference, agrees, incomparable } = reconciled;
    Object.assign(this, { computed, difference, agrees, incomparable });
    this.published = recordOf(published as unknown as StoredRecord);
    this.because = incomparable && wordsOf(INCOMPARABLE[incomparable]);
  }

  @Costs({ points: 1_000, most: Object.keys(CAUSES).length })
  @Field(() => [CauseType], {
    description: `Why the two differ, as far as the numbers tell (nguyên nhân chênh lệch), the plainest first; empty where there is nothing to tell. What has to be worked out from the records (AS_KNOWN_THEN, the first half) is told of branches of at most ${MOST_RETALLIED} units.`,
  })
  async causes(@Ctx() context: GraphContext): Promise<Cause[]> {
    return causesOf(this.reconciled, this.agrees === false ? await this.others(context) : undefined);
  }

  /** Of the units whose figure the difference is only those that the caller may see. */
  private async others({ loaders }: GraphContext): Promise<OtherFigures> {
    const { documentDate: knownOn } = this.reconciled.published.content;
    const { readings, near } = await loaders.otherFigures.load({ ...this.of, knownOn });
    const parts = partsOfDifference(this.reconciled, near);
    const seen = await Promise.all(parts.map(({ unitId }) => loaders.unit(unitId)));
    return { readings: readingsThatAgree(this.reconciled, readings), parts: parts.filter((_, index) => seen[index]) };
  }
}

export const ReconciliationConnection = connectionOf<Reconciliation>(
  "Reconciliation",
  () => Reconciliation,
  "Published figures, each beside the computed one.",
);

/** A published figure, of which something was found, beside what the hub computes for its unit and school year. */
export async function reconciliationOf(
  { loaders }: GraphContext,
  { unitId, recordId, schoolYear: label }: { unitId: string; recordId: string; schoolYear: string },
): Promise<Reconciliation> {
  const [record, unit, years] = await Promise.all([loaders.record.load(recordId), loaders.unit(unitId), loaders.schoolYears()]);
  const schoolYear = years.find((year) => year.label === label);
  if (!record || !unit || !schoolYear) throw new Error(`a finding of the figure ${recordId}, which is outside the branch`);
  const of = { unitId, level: unit.level, schoolYear };
  const tally = await loaders.tally.load({ ...of, where: UNFILTERED, tree: "OF_THE_YEAR" });
  const [reconciled] = reconcile([record], label, tally);
  if (!reconciled) throw new Error(`a finding of the figure ${recordId} in ${label}, of which it does not speak`);
  return new Reconciliation(reconciled, of);
}
