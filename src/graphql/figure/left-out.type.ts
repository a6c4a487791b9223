import { Args, Ctx, Field, Float, Int, ObjectType } from "type-graphql";
import { evaluate } from "../../domain/figures/indicator.js";
import {
  closedUnitsWords,
  isInDenominator,
  LEFT_OUT_REASONS,
  type LeftOutReason,
  leftOutReasons,
  leftOutWords,
  type LeftOutList,
} from "../../domain/analysis/left-out.js";
import { type LeftOutKey, leftOutQuery } from "../../rollup/left-out.js";
import { Costs, Free } from "../cost/price.js";
import { type Page, PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { UnitConnection } from "../unit/unit.query.js";
import { unitOf, type UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";

export const LeftOutReasonEnum = enumOf("LeftOutReason", "Why a unit does not speak in a figure.", LEFT_OUT_REASONS);

@ObjectType({
  description:
    "Units of the branch that do not speak in a figure, for one reason: among the units of the levels that could send the records behind it.",
  simpleResolvers: true,
})
export class LeftOut {
  @Field(() => LeftOutReasonEnum, { description: "Why they are left out." })
  reason: LeftOutReason;
  @Free("HELD")
  @Field(() => Labels, { description: "The same in words, for this indicator and school year." })
  words: Words;
  @Field(() => Int, { description: "How many there are, also those that have since left the caller's branch." })
  count: number;
  @Field(() => Boolean, { description: "Whether they are in the denominator all the same, as those are that owe a report." })
  inDenominator: boolean;

  constructor(
    private readonly of: LeftOutKey,
    reason: LeftOutReason,
    count: number,
  ) {
    this.reason = reason;
    this.count = count;
    this.words = leftOutWords(of.indicator, reason, of.of.schoolYear);
    this.inDenominator = isInDenominator(of.indicator, reason);
  }

  @Costs({ points: 100, scans: 0.02 })
  @Field(() => UnitConnection, { description: "The units, as far as they are in the caller's branch today, sorted by name." })
  async units(@Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<UnitType>> {
    const paging = pagingOf(`leftOut ${this.reason}`, [TEXT, TEXT], page);
    const list: LeftOutList = {
      ...leftOutQuery(this.of, context.today),
      reason: this.reason,
      branch: context.caller.unitId,
    };
    const rows = await context.database.read((stores) => stores.explain.leftOut(list, paging.slice));
    const views = await Promise.all(rows.map(({ unitId }) => context.loaders.anyUnit.load(unitId)));
    return pageOf(
      rows.map((row, index) => ({ ...row, view: views[index]! })),
      paging,
      ({ view }) => unitOf(view),
      ({ sortKey, unitId }) => [sortKey, unitId],
      () => context.database.read((stores) => stores.explain.leftOutTotal(list)),
    );
  }
}

@ObjectType({
  description:
    "The part of a figure that is of units which were open on a day of the school year and closed before its reference date (đơn vị đã kết thúc hoạt động trong năm). It counts where each last stood; where that ended, too, with its one successor, of several with their nearest common ancestor, of none with the nearest above it that stands.",
  simpleResolvers: true,
})
export class ClosedUnits {
  @Field(() => Int, { description: "How many of them add to it." })
  units: number;
  @Field(() => Float, { description: "Their part of the numerator (tử số)." })
  numerator: number;
  @Field(() => Float, { nullable: true, description: "Their part of the denominator (mẫu số); null for a count." })
  denominator: number | null;
  @Free("HELD")
  @Field(() => Labels, { description: "The same in words." })
  words: Words;
}

/** What closed units add to a figure; `null` where they cannot. */
export async function closedUnitsOf(context: GraphContext, key: LeftOutKey): Promise<ClosedUnits | null> {
  const part = await context.loaders.closedParts.load(key);
  if (!part) return null;
  const { numerator, denominator } = key.indicator;
  return {
    units: part.units,
    numerator: evaluate(numerator, part.tally),
    denominator: denominator && evaluate(denominator, part.tally),
    words: closedUnitsWords(part.units, key.of.schoolYear),
  };
}

/** What is left out of a figure, by reason, in a fixed order; `wanted`: only for these reasons. */
export async function leftOutOf(
  context: GraphContext,
  key: LeftOutKey,
  wanted: readonly LeftOutReason[] | null | undefined,
): Promise<LeftOut[]> {
  const counts = await context.loaders.leftOut.load(key);
  const reasons = leftOutReasons(key.indicator).filter((reason) => wanted?.includes(reason) ?? true);
  return reasons.map((reason) => new LeftOut(key, reason, counts[reason] ?? 0));
}
