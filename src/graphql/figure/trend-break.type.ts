import { Args, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { type BreakCode, BREAKS, SCOPE_REASONS, type ScopeReason, type TrendBreak } from "../../domain/analysis/trend-break.js";
import { Costs, Free } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf } from "../engine/enums.js";
import { Labels } from "../engine/labels.type.js";
import { Rollup } from "./rollup.type.js";
import { unitOf, UnitType } from "../unit/unit.type.js";
import { type Words } from "../../domain/ground/words.js";

const BreakCodeEnum = enumOf("BreakCode", "Why figures are not comparable with those of the year before.", BREAKS);
const ScopeReasonEnum = enumOf("ScopeReason", "Why a unit is counted in one of two school years only.", SCOPE_REASONS);

@ObjectType({ description: "A unit that is counted in one of two school years only.", simpleResolvers: true })
export class ScopeUnit {
  @Free("HELD")
  @Field(() => UnitType, { description: "The unit (đơn vị)." })
  unit: UnitType;
  @Field(() => ScopeReasonEnum, { description: "Why it is counted in one of the years only." })
  reason: ScopeReason;
}

const ScopeUnitConnection = connectionOf<ScopeUnit>("ScopeUnit", () => ScopeUnit, "Units that entered or left the figures, by name.");

@ObjectType("Break", {
  description: "Where a rollup is not comparable with that of the school year before (điểm gãy của chuỗi số liệu).",
  simpleResolvers: true,
})
export class BreakType {
  @Field(() => BreakCodeEnum, { description: "What has changed." })
  code: BreakCode;
  @Free("HELD")
  @Field(() => Labels, { description: "The same in words, with its numbers." })
  words: Words;
  @Field(() => Int, { nullable: true, description: "How many units entered or left; null where the break speaks of something else." })
  unitCount: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "By how many days the reference date lies later in its year than the one before; below 0 earlier; else null.",
  })
  days: number | null;

  constructor(readonly of: TrendBreak) {
    this.code = of.code;
    this.words = of.words;
    this.unitCount = of.units.length > 0 ? of.units.length : null;
    this.days = of.days;
  }
}

@Resolver(() => Rollup)
export class RollupBreaksResolver {
  @Costs({ points: 100, most: Object.keys(BREAKS).length })
  @FieldResolver(() => [BreakType], {
    description: "Where the figures are not comparable with those of the year before (điểm gãy); empty where they are.",
  })
  async breaks(@Root() rollup: Rollup, @Ctx() context: GraphContext): Promise<BreakType[]> {
    return (await context.loaders.comparison.breaks.load(rollup.key)).map((found) => new BreakType(found));
  }
}

@Resolver(() => BreakType)
export class BreakUnitsResolver {
  @Free("PAGED")
  @FieldResolver(() => ScopeUnitConnection, {
    description: "The units that entered or left, as far as they are in the caller's branch today: it may be fewer than unitCount.",
  })
  async units(@Root() { of }: BreakType, @Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<ScopeUnit>> {
    const paging = pagingOf("break", [TEXT, TEXT], page);
    const seen = (
      await Promise.all(of.units.map(async ({ unitId, reason }) => ({ view: await context.loaders.unit(unitId), reason })))
    ).flatMap(({ view, reason }) => (view ? [{ view, reason }] : []));
    const keyOf = ({ view }: (typeof seen)[number]) => [view.sortKey, view.id];
    return pageOfAll(seen, paging, ({ view, reason }) => ({ unit: unitOf(view), reason }), keyOf, [1, 1]);
  }
}
