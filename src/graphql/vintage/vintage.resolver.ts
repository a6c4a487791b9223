import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, ID, Info, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import { dayInVietnam } from "../../domain/ground/day.js";
import { publishVintage } from "../../intake/reports/publish.js";
import { type ChangedFigure, type SourcesChange } from "../../rollup/vintage-changes.js";
import { ofVintage } from "../cost/branch-work.js";
import { CHANGE, COMPARISON, Costs, Free } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pageOfAll, pageOfSorted, pagingOf } from "../engine/connection.js";
import { INSTANT, NUMBER, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { ReplayedField } from "../change/with-effects.js";
import { schoolYearOf } from "../engine/faults.js";
import { KeyField, Payload } from "../engine/payload.type.js";
import { performedOne } from "../change/performed.js";
import { unitNamed } from "../unit/query.resolver.js";
import { RollupFilter, whereOf } from "../figure/rollup.type.js";
import { Ancestor, ancestorsOf, unitOf, UnitType } from "../unit/unit.type.js";
import { VintageChangeConnection, VintageChangeType } from "./vintage-change.type.js";
import { seenChanges } from "./vintage-seen.js";
import { VintageSourcesChangeConnection, VintageSourcesChangeType } from "./vintage-sources.type.js";
import { PublishedRollup, VintageDefinitions, VintageSetting, VintageType } from "./vintage.type.js";

@InputType({ description: "A school year of a province to be published (công bố số liệu)." })
export class PublishVintageInput {
  @Field(() => ID, { description: "Id or code of the provincial federation." })
  unit: string;
  @Field(() => String, { description: 'The school year, which has ended and is closed, e.g. "2023-2024".' })
  schoolYear: string;
  @Field(() => String, { description: "Title, as it stands on the printed report: 1 to 300 characters (tiêu đề)." })
  title: string;
  @Field(() => String, { nullable: true, description: "Anything worth knowing; up to 500 characters (ghi chú)." })
  remark: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Required: `branchFingerprint` of the unit's report of the whole year, as you have read it. Other figures are VERSION_CONFLICT.",
  })
  fingerprint: string | null;
  @KeyField("required")
  idempotencyKey: string;
}

@ObjectType({ description: "Answer of publishVintage.", simpleResolvers: true })
export class PublishVintagePayload extends Payload {
  @Free("HELD")
  @Field(() => VintageType, { nullable: true, description: "The vintage; after UNCHANGED the one that says the same already." })
  vintage: VintageType | null;
  @ReplayedField()
  replayed: boolean;
}

@Resolver()
export class VintageQueries {
  @Free("BATCHED")
  @Query(() => VintageType, { nullable: true, description: "A published vintage by the id that it is cited by (bản số liệu đã công bố)." })
  async vintage(
    @Arg("id", () => ID, { description: 'E.g. "CB-2022-2023-1".' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<VintageType | null> {
    return vintageOf(context, id);
  }

  @Costs({ points: CHANGE, branches: ofVintage })
  @Mutation(() => PublishVintagePayload, {
    description:
      "Publishes a school year of a province: freezes all figures of its branch with the definitions, targets and deadlines in force. Sent again with nothing changed, it answers UNCHANGED.",
  })
  async publishVintage(
    @Arg("input", () => PublishVintageInput) input: PublishVintageInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PublishVintagePayload> {
    const { unit, schoolYear, title, remark = null, fingerprint = null } = input;
    const { outcome, problems, result, replayed } = await performedOne(context, info, input, { vintage: { publishedAt: true } }, (stores) =>
      publishVintage(stores, context.change(), { unit, schoolYear, title, remark, fingerprint }),
    );
    const vintage = result?.vintage ? new VintageType(result.vintage) : null;
    return { outcome, vintage, userErrors: problems, replayed };
  }
}

/** A vintage by its id, if the caller may read it. */
export async function vintageOf(context: GraphContext, id: string): Promise<VintageType | null> {
  const row = await context.loaders.comparison.vintage.load(id);
  return row && (await context.loaders.sight.seesVintage(row)) ? new VintageType(row) : null;
}

const VintageConnection = connectionOf<VintageType>("Vintage", () => VintageType, "Published vintages, in order of time.");

@Resolver(() => UnitType)
export class UnitVintagesResolver {
  @Costs({ points: 15 })
  @FieldResolver(() => VintageConnection, {
    description: "The published vintages that hold figures of the unit, its own or its province's, in order of time (số liệu đã công bố).",
  })
  async vintages(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { nullable: true, description: "Only of this school year; of all unless given." })
    schoolYear: string | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<VintageType>> {
    const paging = pagingOf("vintages", [INSTANT, TEXT], page);
    const label = typeof schoolYear === "string" ? (await schoolYearOf(context, schoolYear)).label : null;
    const rows = (await context.loaders.comparison.vintages.load(unit.id)).filter((row) => label === null || row.schoolYear === label);
    const readable = await Promise.all(rows.map((row) => context.loaders.sight.seesVintage(row)));
    return pageOfAll(
      rows.filter((_, index) => readable[index]),
      paging,
      (row) => new VintageType(row),
      ({ publishedAt, id }) => [publishedAt.toISOString(), id],
      [1, 1],
    );
  }
}

@Resolver(() => VintageType)
export class VintageResolver {
  @Free("BATCHED")
  @FieldResolver(() => UnitType, { nullable: true, description: "The province that published it; null outside the caller's branch." })
  async unit(@Root() { row }: VintageType, @Ctx() context: GraphContext): Promise<UnitType | null> {
    const view = await context.loaders.unit(row.unitId);
    return view && unitOf(view);
  }

  @Free("BATCHED")
  @FieldResolver(() => Ancestor, { description: "The name of the province that published it (đơn vị công bố)." })
  async publisher(@Root() { row }: VintageType, @Ctx() context: GraphContext): Promise<Ancestor> {
    const [ancestor] = await ancestorsOf(context, [row.unitId]);
    if (!ancestor) throw new Error(`vintage ${row.id} has no unit`);
    return ancestor;
  }

  @Costs({ points: 200 })
  @FieldResolver(() => VintageDefinitions, { description: "The definitions, targets and deadlines that its figures are computed by." })
  async definitions(@Root() { row }: VintageType, @Ctx() context: GraphContext): Promise<VintageDefinitions> {
    const { indicators, settings } = await context.loaders.comparison.definitions.load(row.id);
    const top = context.caller.unitId ? await context.loaders.unit(context.caller.unitId) : null;
    const told = await Promise.all(
      settings.map(async (setting, place) => {
        const may = top?.ancestorIds.includes(setting.unitId) || (await context.loaders.unit(setting.unitId)) !== null;
        const [issuer] = may ? await ancestorsOf(context, [setting.unitId]) : [];
        return issuer ? [new VintageSetting(setting, issuer, place)] : [];
      }),
    );
    return new VintageDefinitions(indicators, told.flat());
  }

  @Costs({ points: 30 })
  @FieldResolver(() => PublishedRollup, {
    nullable: true,
    description: "The published figures of a unit of the caller's branch; null where the vintage holds none of it.",
  })
  async rollup(
    @Root() { row }: VintageType,
    @Ctx() context: GraphContext,
    @Arg("unit", () => ID, { description: "Id or code of the unit." }) reference: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only these schools." }) where: RollupFilter | null | undefined,
  ): Promise<PublishedRollup | null> {
    const { view } = await unitNamed(context, reference);
    const { definitions, frozen } = context.loaders.comparison;
    const [figures, defined] = await Promise.all([frozen.load({ vintageId: row.id, unitId: view.id }), definitions.load(row.id)]);
    const filter = whereOf(where);
    return figures && new PublishedRollup(view, figures, filter, defined, dayInVietnam(row.publishedAt));
  }

  @Costs({ points: COMPARISON })
  @FieldResolver(() => Boolean, {
    description:
      "Whether any published figure of the caller's branch is shown otherwise today: its value, its target, what judged it, who reported it or from where it comes.",
  })
  async changed(@Root() { row }: VintageType, @Ctx() context: GraphContext): Promise<boolean> {
    const { changes, sources } = await seenChanges(context, row.id);
    return changes.length + sources.length > 0;
  }

  @Costs({ points: COMPARISON })
  @FieldResolver(() => Int, { description: "How many published figures of the caller's branch are others today." })
  async changesCount(@Root() { row }: VintageType, @Ctx() context: GraphContext): Promise<number> {
    return (await seenChanges(context, row.id)).changes.length;
  }

  @Costs({ points: COMPARISON })
  @FieldResolver(() => VintageChangeConnection, {
    description:
      "The published figures of the caller's branch that are others today, with both figures and the corrections behind: federations under each filter first, then unions and schools without one.",
  })
  async changes(
    @Root() { row }: VintageType,
    @Ctx() context: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<VintageChangeType>> {
    const paging = pagingOf(`changes ${row.id}`, [NUMBER, TEXT, NUMBER, NUMBER], page);
    const { changes, units } = await seenChanges(context, row.id);
    const told = ({ unitId, tell }: ChangedFigure) => new VintageChangeType(units.get(unitId)!, row.id, tell());
    return pageOfSorted(changes, paging, told, ({ place }) => place, [1, 1, 1, 1]);
  }

  @Costs({ points: COMPARISON })
  @FieldResolver(() => VintageSourcesChangeConnection, {
    description:
      "Where in the caller's branch the published `sources` are others today: records came in, were withdrawn or are of another source. The figures may be the same all the same; those that are not are in `changes`.",
  })
  async sourcesChanges(
    @Root() { row }: VintageType,
    @Ctx() context: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<VintageSourcesChangeType>> {
    const paging = pagingOf(`sources ${row.id}`, [NUMBER, TEXT, NUMBER], page);
    const { sources, units } = await seenChanges(context, row.id);
    const told = (change: SourcesChange) => new VintageSourcesChangeType(units.get(change.unitId)!, change);
    return pageOfSorted(sources, paging, told, ({ place }) => place, [1, 1, 1]);
  }
}
