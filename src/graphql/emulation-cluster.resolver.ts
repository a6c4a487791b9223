import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import { emulationCluster, holdsFor } from "../domain/records/emulation-cluster.js";
import { type Content } from "../domain/records/field.js";
import { rankingOf } from "../rollup/ranking.js";
import { PageArgs } from "./connection.js";
import { type GraphContext } from "./context.js";
import { schoolYearOf } from "./faults.js";
import { RankingConnection, rankingPage } from "./ranking.type.js";
import { recordOf, type RecordType, recordTypeFor } from "./record.type.js";
import { RollupFilter } from "./rollup.type.js";
import { UnitType } from "./unit.type.js";

type ClusterContent = Content<typeof emulationCluster.fields>;

@Resolver(() => UnitType)
export class UnitClustersResolver {
  @FieldResolver(() => [recordTypeFor(emulationCluster.key)], {
    description:
      "The emulation clusters (cụm thi đua) that the unit has named or in which it is, by name; only those that hold for the school year.",
  })
  async emulationClusters(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Arg("schoolYear", () => String, { description: 'E.g. "2024-2025".' }) schoolYear: string,
  ): Promise<RecordType[]> {
    const { label } = await schoolYearOf(context, schoolYear);
    const records = await context.loaders.comparison.clusters.load(unit.id);
    const nameOf = ({ content }: { content: object }) => (content as ClusterContent).name;
    return records
      .filter(({ content }) => holdsFor(content as ClusterContent, label))
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b), "vi") || (a.recordId < b.recordId ? -1 : 1))
      .map(recordOf);
  }
}

@Resolver(() => recordTypeFor(emulationCluster.key))
export class ClusterRankingResolver {
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
