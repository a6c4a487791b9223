import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { emulationCluster, holdsFor } from "../../domain/records/kinds/emulation-cluster.js";
import { type Content } from "../../domain/records/field.js";
import { sortKey } from "../../domain/ground/vietnamese.js";
import { rankingOf } from "../../rollup/ranking.js";
import { Costs } from "../cost/price.js";
import { connectionOf, type Page, PageArgs, pagingOf } from "../engine/connection.js";
import { TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { schoolYearOf } from "../engine/faults.js";
import { RankingConnection, rankingPage } from "./ranking.type.js";
import { recordPage, type RecordType, recordTypeFor } from "../record/record.type.js";
import { RollupFilter } from "../figure/rollup.type.js";
import { UnitType } from "../unit/unit.type.js";

type ClusterContent = Content<typeof emulationCluster.fields>;

const ClusterConnection = connectionOf<RecordType>(
  "EmulationCluster",
  () => recordTypeFor(emulationCluster.key),
  "Emulation clusters, by name.",
);

@Resolver(() => UnitType)
export class UnitClustersResolver {
  @Costs({ points: 15 })
  @FieldResolver(() => ClusterConnection, {
    description:
      "The emulation clusters (cụm thi đua) that the unit has named or in which it is, by name; only those that hold for the school year.",
  })
  async emulationClusters(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<RecordType>> {
    const paging = pagingOf("emulationClusters", [TEXT, TEXT], page);
    const { label } = await schoolYearOf(context, schoolYear);
    const clusters = (await context.loaders.comparison.clusters.load(unit.id)).flatMap(({ recordId, values: [name, from, to] }) =>
      holdsFor({ from: from ?? null, to: to ?? null }, label) ? [{ recordId, key: [sortKey(name ?? ""), recordId] }] : [],
    );
    return recordPage(context, clusters, paging, [1, 1]);
  }
}

@Resolver(() => recordTypeFor(emulationCluster.key))
export class ClusterRankingResolver {
  @Costs({ points: 100 })
  @FieldResolver(() => RankingConnection, {
    description: "The members ranked by an indicator (xếp hạng trong cụm), as far as they are in the caller's branch.",
  })
  async ranking(
    @Root() { record }: RecordType,
    @Ctx() context: GraphContext,
    @Arg("indicator", () => String, { description: 'Key of the indicator, e.g. "staffConferenceCompletion".' }) indicator: string,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
    @Arg("where", () => RollupFilter, { nullable: true, description: "Only what these schools add." })
    where: RollupFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RankingConnection> {
    const { members } = record.content as ClusterContent;
    const views = await Promise.all(members.map((id) => context.loaders.unit(id)));
    const ids = views.flatMap((view) => (view ? [view.id] : []));
    return rankingPage(context, info, { indicator, schoolYear, where, tree: "OF_THE_YEAR", page }, record.recordId, (asked) =>
      context.database.read((stores) => rankingOf(stores, asked, ids, context.today)),
    );
  }
}
