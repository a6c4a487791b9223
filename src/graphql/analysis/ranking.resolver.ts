import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { type Level, type UnitKind } from "../../domain/tree/unit.js";
import { isBelow, rankingBelow } from "../../rollup/ranking.js";
import { scansOfLevel, scansOfToday } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { PageArgs } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { KindEnum, LevelEnum, TreeEnum } from "../engine/enums.js";
import { fault } from "../engine/faults.js";
import { RankingConnection, rankingPage } from "./ranking.type.js";
import { RollupFilter } from "../figure/rollup.type.js";
import { UnitType } from "../unit/unit.type.js";
import { type Tree } from "../../domain/figures/rollup.js";

@Resolver(() => UnitType)
export class RankingResolver {
  @Costs({ points: 150, scans: (args) => scansOfLevel(args) + scansOfToday(args), inBranch: true })
  @FieldResolver(() => RankingConnection, {
    description:
      "The units of a level anywhere below, ranked by an indicator (xếp hạng), with the change on last year and the distance to the target. Units open in the school year but not on its reference date are listed last.",
  })
  async ranking(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("indicator", () => String, { description: 'Key of the indicator, e.g. "staffConferenceCompletion".' }) indicator: string,
    @Arg("level", () => LevelEnum, { description: "The level of the units that are compared (cấp); one below the unit's own." })
    level: Level,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only what these schools add; of level SCHOOL, only these schools." })
    where: RollupFilter | null | undefined,
    @Arg("tree", () => TreeEnum, { defaultValue: "OF_THE_YEAR", description: "Under which tree; that of each school year unless given." })
    tree: Tree,
    @Arg("kind", () => [KindEnum], { nullable: true, description: "Only units of these kinds, e.g. sector unions; all unless given." })
    kind: UnitKind[] | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RankingConnection> {
    const { view } = unit;
    if (!isBelow(level, view.level))
      throw fault("BAD_USER_INPUT", `ranking: no unit of level ${level} stands below one of level ${view.level}.`);
    const kinds = kind?.length ? [...new Set(kind)].sort() : null;
    const name = [unit.id, level, kinds?.join()].join(" ");
    return rankingPage(context, info, { indicator, schoolYear, where, tree, page }, name, (asked) =>
      context.database.read((stores) =>
        rankingBelow(stores, asked, {
          unitId: unit.id,
          level: view.level,
          of: level,
          kinds,
          branch: context.caller.unitId,
          today: context.today,
        }),
      ),
    );
  }
}
