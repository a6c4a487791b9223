import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { scansOfToday } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { TreeEnum } from "../engine/enums.js";
import { schoolYearOf } from "../engine/faults.js";
import { Growth, loadGrowth } from "./growth.type.js";
import { RollupFilter, whereOf } from "../figure/rollup.type.js";
import { UnitType } from "../unit/unit.type.js";
import { type Tree } from "../../domain/figures/rollup.js";

/** A unit's growth of membership. */
@Resolver(() => UnitType)
export class GrowthResolver {
  @Costs({ points: 150, scans: (args) => 0.2 + scansOfToday(args) })
  @FieldResolver(() => Growth, {
    description:
      "The growth of membership since the school year before, taken apart (phân tích tăng, giảm đoàn viên): organic, units that entered and left, transfers, structural change and what does not add up.",
  })
  async growth(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only these schools, in both years." })
    where: RollupFilter | null | undefined,
    @Arg("tree", () => TreeEnum, { defaultValue: "OF_THE_YEAR", description: "Under which tree; each year under its own unless given." })
    tree: Tree,
  ): Promise<Growth> {
    return loadGrowth(context, unit.view, {
      unitId: unit.id,
      level: unit.level,
      schoolYear: await schoolYearOf(context, schoolYear),
      where: whereOf(where),
      tree,
    });
  }
}
