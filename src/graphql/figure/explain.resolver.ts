import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { scansOfToday } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { TreeEnum } from "../engine/enums.js";
import { type Indicator, measuresOf } from "../../domain/figures/indicator.js";
import { type UnitView } from "../../domain/tree/unit-view.js";
import { needed } from "../engine/selection.js";
import { Explanation } from "./explain.type.js";
import { indicatorOf, schoolYearOf } from "../engine/faults.js";
import { RollupFilter, whereOf } from "./rollup.type.js";
import { UnitType } from "../unit/unit.type.js";
import { type RollupKey, type Tree } from "../../domain/figures/rollup.js";

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

/** Loads what an explanation rests on, as far as it is selected (`info`: of its field), together with others of the request. */
async function loadExplanation(
  { loaders }: GraphContext,
  info: GraphQLResolveInfo,
  unit: UnitView,
  indicator: Indicator,
  asked: Omit<RollupKey, "unitId" | "level" | "measures">,
): Promise<Explanation> {
  const { loads } = needed(info);
  const key: RollupKey = { ...asked, unitId: unit.id, level: unit.level, measures: measuresOf(indicator) };
  const [tally, notDue, standards, judged] = await Promise.all([
    loaders.tally.load(key),
    loads.has("notDue") ? loaders.notDue.load(key) : null,
    loads.has("standards") ? loaders.standards.load(key) : null,
    loads.has("judged") ? loaders.judged.load(key) : null,
  ]);
  return new Explanation(indicator, unit, key, tally, { notDue, standards, judged });
}
