import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { scansOfToday } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { TreeEnum } from "../engine/enums.js";
import { Explanation, loadExplanation } from "./explain.type.js";
import { indicatorOf, schoolYearOf } from "../engine/faults.js";
import { RollupFilter, whereOf } from "./rollup.type.js";
import { UnitType } from "../unit/unit.type.js";
import { type Tree } from "../../domain/figures/rollup.js";

/** A unit's figures explained. */
@Resolver(() => UnitType)
export class ExplainResolver {
  @Costs({ points: 60, scans: scansOfToday })
  @FieldResolver(() => Explanation, {
    description:
      "An indicator of the unit explained (giải trình số liệu): the formula with the figures put in, the parts that add up to it, the units left out and the records behind it.",
  })
  async explain(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("indicator", () => String, { description: 'Key of the indicator, e.g. "staffConferenceCompletion".' }) indicator: string,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only these schools." }) where: RollupFilter | null | undefined,
    @Arg("tree", () => TreeEnum, { defaultValue: "OF_THE_YEAR", description: "Under which tree; that of the school year unless given." })
    tree: Tree,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Explanation> {
    return loadExplanation(context, info, unit.view, indicatorOf(indicator), {
      schoolYear: await schoolYearOf(context, schoolYear),
      where: whereOf(where),
      tree,
    });
  }
}
