import { UNFILTERED } from "../../domain/tree/filter.js";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { directive } from "../../domain/records/kinds/directive.js";
import { publishedFigure } from "../../domain/records/kinds/published-figure.js";
import { recordKinds } from "../../domain/records/catalogue.js";
import { reconcile } from "../../domain/analysis/reconciliation.js";
import { looksIntoLedger, pointsOfRollup, scansOfToday, yearsOf } from "../cost/by-arguments.js";
import { Costs } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOf, pageOfAll, pagingOf } from "../engine/connection.js";
import { DAY, INSTANT, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { TreeEnum, WorklistStatusEnum } from "../engine/enums.js";
import { dayOf, fault, schoolYearOf } from "../engine/faults.js";
import { Reconciliation, ReconciliationConnection } from "../analysis/reconciliation.type.js";
import { RecordKindEnum, recordOf, recordPage, RecordType, recordTypeFor } from "../record/record.type.js";
import { loadRollup, Rollup, RollupFilter } from "../figure/rollup.type.js";
import { conditions, UnitConnection, UnitFilter, UnitOrder } from "./unit.query.js";
import { UnitType } from "./unit.type.js";
import { WorklistConnection, type WorklistEntry, worklistPage } from "./worklist.type.js";
import { unitPage } from "./unit-page.js";
import { type Tree } from "../../domain/figures/rollup.js";
import type { WorklistStatus } from "../../domain/counting/worklist.js";

export const RecordConnection = connectionOf<RecordType>("Record", () => RecordType, "A page of records, the newest first.");
const DirectiveConnection = connectionOf<RecordType>("Directive", () => recordTypeFor(directive.key), "Directives, the latest first.");

/** What leads down from a unit, and what counts in it. */
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

  @Costs({ points: 15 })
  @FieldResolver(() => RecordConnection, {
    description: "The records of the unit itself and those that cover it (an agreement of several schools).",
  })
  async records(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("kind", () => [RecordKindEnum], { nullable: true, description: "Only these kinds; all unless given." })
    kind: string[] | null | undefined,
    @Arg("schoolYear", () => String, { nullable: true, description: "Only records that belong to this school year." })
    schoolYear: string | null | undefined,
    @Arg("withdrawn", () => Boolean, { defaultValue: false, description: "Also those that were taken back." }) withdrawn: boolean,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<RecordType>> {
    const paging = pagingOf("records", [INSTANT, TEXT], page);
    const year = typeof schoolYear === "string" ? (await schoolYearOf(context, schoolYear)).label : null;
    const kinds = kind?.length ? [...new Set(kind)] : recordKinds.map((candidate) => candidate.key);
    const list = { unitId: unit.id, filter: { kinds, schoolYear: year, withdrawn } };
    return pageOf(
      await context.loaders.records.page.load({ ...list, slice: paging.slice }),
      paging,
      recordOf,
      (record) => [record.recordedAt.toISOString(), record.recordId],
      () => context.loaders.records.count.load(list),
    );
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

  @Costs({ points: 15 })
  @FieldResolver(() => DirectiveConnection, {
    description: "The directives of the unit and of those above it, the latest first: what it is bound by.",
  })
  async directives(@Root() unit: UnitType, @Ctx() context: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<RecordType>> {
    const paging = pagingOf("directives", [DAY, TEXT, TEXT], page);
    const line = [unit.id, ...unit.view.ancestorIds];
    const issued = (await Promise.all(line.map((unitId) => context.loaders.directives.load(unitId)))).flat();
    const all = issued.map(({ recordId, values }) => ({ recordId, key: [...values, recordId] }));
    return recordPage(context, all, paging, [-1, -1, -1]);
  }

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
