import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import type { WorklistStatus } from "../../domain/counting/worklist.js";
import { type Tree } from "../../domain/figures/rollup.js";
import { pointsOfRollup, scansOfToday, yearsOf } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { type Page, PageArgs } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { TreeEnum, WorklistStatusEnum } from "../engine/enums.js";
import { fault, schoolYearOf } from "../engine/faults.js";
import { UnitType } from "../unit/unit.type.js";
import { loadRollup, Rollup, RollupFilter } from "./rollup.type.js";
import { WorklistConnection, type WorklistEntry, worklistPage } from "./worklist.type.js";

/** What counts in a unit, and the units behind a number. */
@Resolver(() => UnitType)
export class UnitFiguresResolver {
  @Costs({ points: pointsOfRollup, scans: scansOfToday })
  @FieldResolver(() => Rollup, { description: "The indicators of the unit for a school year (số liệu tổng hợp), itself and all below it." })
  async rollup(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only these schools." }) where: RollupFilter | null | undefined,
    @Arg("tree", () => TreeEnum, { defaultValue: "OF_THE_YEAR", description: "Under which tree; that of each school year unless given." })
    tree: Tree,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Rollup> {
    return loadRollup(context, info, unit.view, await schoolYearOf(context, schoolYear), where, tree);
  }

  @Costs({ points: (args) => pointsOfRollup(args) * yearsOf(args), scans: (args) => scansOfToday(args) * yearsOf(args), entries: yearsOf })
  @FieldResolver(() => [Rollup], { description: "The rollups of several school years, in order of time." })
  async trend(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("from", () => String, { description: "The first school year." }) from: string,
    @Arg("to", () => String, { description: "The last school year." }) to: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only these schools." }) where: RollupFilter | null | undefined,
    @Arg("tree", () => TreeEnum, { defaultValue: "OF_THE_YEAR", description: "Under which tree; that of each school year unless given." })
    tree: Tree,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Rollup[]> {
    const [first, last] = [await schoolYearOf(context, from), await schoolYearOf(context, to)];
    if (first.label > last.label) throw fault("BAD_USER_INPUT", `trend: ${from} comes after ${to}.`);
    const years = (await context.loaders.schoolYears()).filter(({ label }) => first.label <= label && label <= last.label);
    return Promise.all(years.map((year) => loadRollup(context, info, unit.view, year, where, tree)));
  }

  @Costs({ points: 100, scans: 0.15, inBranch: true })
  @FieldResolver(() => WorklistConnection, {
    description: "The units behind a number, e.g. all schools without a conference, across the whole branch of the school year.",
  })
  async worklist(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("indicator", () => String, { description: 'Key of the indicator, e.g. "staffConferenceCompletion".' }) indicator: string,
    @Arg("status", () => [WorklistStatusEnum], { description: "One or several." }) status: WorklistStatus[],
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only these schools." }) where: RollupFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<WorklistEntry>> {
    return worklistPage(context, unit.view, await schoolYearOf(context, schoolYear), { indicator, status, where, page });
  }
}
