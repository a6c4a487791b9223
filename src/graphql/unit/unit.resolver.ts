import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { looksIntoLedger } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { type Page, PageArgs } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { dayOf, fault, schoolYearOf } from "../engine/faults.js";
import { conditions, UnitConnection, UnitFilter, UnitOrder } from "./unit.query.js";
import { UnitType } from "./unit.type.js";
import { unitPage } from "./unit-page.js";

/** What leads down from a unit. What it has besides is declared by the folders that know it: records, figures, reports, findings. */
@Resolver(() => UnitType)
export class UnitResolver {
  @Costs({ points: (args) => (looksIntoLedger(args) ? 200 : 15), inBranch: true })
  @FieldResolver(() => UnitConnection, { description: "The units directly below: today, on a day, or in the tree of a school year." })
  async children(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("on", () => DayScalar, { nullable: true, description: "The tree as it stands on this day; today unless given." })
    on: Day | null | undefined,
    @Arg("schoolYear", () => String, { nullable: true, description: "The tree of this school year, as of its reference date." })
    schoolYear: string | null | undefined,
    @Arg("filter", () => UnitFilter, { nullable: true, description: "Only these; openOn and ancestor are for the query units." })
    filter: UnitFilter | null | undefined,
    @Arg("orderBy", () => [UnitOrder], { nullable: true, description: "By name unless given; the first order counts most." })
    orderBy: UnitOrder[] | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<UnitType>> {
    if (on && schoolYear) throw fault("BAD_USER_INPUT", "children: give on or schoolYear, not both.");
    if (filter?.openOn || filter?.ancestor)
      throw fault("BAD_USER_INPUT", "children: filter.openOn and filter.ancestor are for the query units; here say on or schoolYear.");
    const day = schoolYear ? (await schoolYearOf(context, schoolYear)).referenceDate : on ? dayOf("on", on) : context.today;
    return unitPage(context, conditions(context, filter, { on: day, parent: unit.id }), { filter, orderBy, page });
  }
}
