import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { idIn } from "../work/references.js";
import { sizeOf } from "./cost/by-arguments.js";
import { Costs, ENTRY, Free } from "./cost/price.js";
import { type GraphContext } from "./engine/context.js";
import { NodeType } from "./engine/node.type.js";
import { recordOf } from "./record/record.type.js";
import { SchoolYearType } from "./unit/school-year.type.js";
import { unitOf } from "./unit/unit.type.js";
import { vintageOf } from "./vintage/vintage.resolver.js";

/** How Relay finds things again. */
@Resolver()
export class NodeResolver {
  @Free("BATCHED")
  @Query(() => NodeType, { nullable: true, description: "Anything by its id; null where there is none in the caller's branch." })
  async node(
    @Ctx() context: GraphContext,
    @Arg("id", () => ID, { description: "Id of a unit, a record or a vintage, or label of a school year." }) id: string,
  ): Promise<NodeType | null> {
    return nodeOf(context, id);
  }

  @Costs({ points: ({ ids }) => sizeOf(ids) * ENTRY, entries: ({ ids }) => sizeOf(ids) })
  @Query(() => [NodeType], { nullable: "items", description: "Several things by their ids, in their order; up to 500." })
  async nodes(
    @Ctx() context: GraphContext,
    @Arg("ids", () => [ID], { description: "Ids of units, records and vintages, and labels of school years." }) ids: string[],
  ): Promise<(NodeType | null)[]> {
    return Promise.all(ids.map((id) => nodeOf(context, id)));
  }
}

async function nodeOf(context: GraphContext, id: string): Promise<NodeType | null> {
  const { loaders } = context;
  const uuid = idIn(id);
  if (uuid === null) {
    const year = (await loaders.schoolYears()).find(({ label }) => label === id);
    return year ? new SchoolYearType(year) : vintageOf(context, id);
  }
  const [unit, record] = await Promise.all([loaders.unit(uuid), loaders.record.load(uuid)]);
  if (unit) return unitOf(unit);
  return record && (await loaders.sight.seesRecord(record)) ? recordOf(record) : null;
}
