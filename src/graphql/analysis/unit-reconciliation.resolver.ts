import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { reconcile } from "../../domain/analysis/reconciliation.js";
import { publishedFigure } from "../../domain/records/kinds/published-figure.js";
import { UNFILTERED } from "../../domain/tree/filter.js";
import { Costs } from "../cost/price.js";
import { type Page, PageArgs, pageOfAll, pagingOf } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { TEXT } from "../engine/cursor.js";
import { schoolYearOf } from "../engine/faults.js";
import { UnitType } from "../unit/unit.type.js";
import { Reconciliation, ReconciliationConnection } from "./reconciliation.type.js";

/** What was published of a unit, beside what the hub computes. */
@Resolver(() => UnitType)
export class UnitReconciliationResolver {
  @Costs({ points: 15 })
  @FieldResolver(() => ReconciliationConnection, {
    description: "The published figures of the unit that speak of a school year, each beside the computed one (đối chiếu số liệu).",
  })
  async reconciliation(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<Reconciliation>> {
    const paging = pagingOf("reconciliation", [TEXT], page);
    const year = await schoolYearOf(context, schoolYear);
    const of = { unitId: unit.id, level: unit.level, schoolYear: year };
    const tally = await context.loaders.tally.load({
      ...of,
      where: UNFILTERED,
      tree: "OF_THE_YEAR",
    });
    const published = await context.loaders.reported.load({ unitId: unit.id, kind: publishedFigure.key });
    return pageOfAll(
      reconcile(published, year.label, tally),
      paging,
      (row) => new Reconciliation(row, of),
      ({ published: { recordId } }) => [recordId],
      [1],
    );
  }
}
