import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { pauseWhereDue } from "../../stretches.js";
import { Costs, Free } from "../cost/price.js";
import { type Page, PageArgs, pageOfSorted, pagingOf } from "../engine/connection.js";
import { TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { recordOf, RecordType } from "../record/record.type.js";
import { RecordVersionConnection, type RecordVersionType, versionPage } from "../record/record-version.type.js";
import { CauseConnection, CorrectionType, VintageCause, VintageChangeType } from "./vintage-change.type.js";
import { seenChanges } from "./vintage-seen.js";

@Resolver(() => VintageChangeType)
export class VintageCausesResolver {
  @Costs({ points: 100 })
  @FieldResolver(() => CauseConnection, {
    description:
      "By which units and corrections, as far as they are in the caller's branch. Over all units their parts add up to the change.",
  })
  async causes(
    @Root() { of, vintageId }: VintageChangeType,
    @Ctx() context: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<VintageCause>> {
    const paging = pagingOf(`causes ${vintageId} ${of.unitId} ${of.indicator.key}`, [TEXT], page);
    const { causes, units } = await seenChanges(context, vintageId);
    const seen = (await causes.behind(of)).filter(({ unitId }) => units.has(unitId));
    await pauseWhereDue();
    return pageOfSorted(
      seen,
      paging,
      (cause) => new VintageCause(cause, units.get(cause.unitId)!),
      ({ code }) => [code],
      [1],
    );
  }
}

@Resolver(() => CorrectionType)
export class CorrectionRecordResolver {
  @Free("BATCHED")
  @FieldResolver(() => RecordType, {
    nullable: true,
    description: "The record as it is now; null where no record was the reason, and outside the caller's branch.",
  })
  async record(@Root() { of }: CorrectionType, @Ctx() context: GraphContext): Promise<RecordType | null> {
    return of.record && (await context.loaders.sight.seesRecord(of.record)) ? recordOf(of.record) : null;
  }

  @Free("PAGED")
  @FieldResolver(() => RecordVersionConnection, {
    description: "The versions that came in after the publication, the newest first: who, when and why.",
  })
  async versions(
    @Root() { of }: CorrectionType,
    @Ctx() context: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<RecordVersionType>> {
    const told = of.record !== null && (await context.loaders.sight.seesRecord(of.record));
    return versionPage(context, told ? of.record : null, page, told ? of.since : 0);
  }
}
