import { Args, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { type Day, NEVER } from "../../domain/ground/day.js";
import { endReasonOf, type Succession, type SuccessionKind } from "../../domain/tree/lineage.js";
import { type Placement } from "../../domain/tree/unit.js";
import { Free } from "../cost/price.js";
import { compareKeys, connectionOf, type Page, PageArgs, pageOfSorted, pagingOf } from "../engine/connection.js";
import { DAY, NUMBER } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { EndReasonEnum, SuccessionKindEnum } from "../engine/enums.js";
import { unitOf, UnitType } from "./unit.type.js";
import { type EndReason } from "../../domain/tree/end-reason.js";

@ObjectType("Succession", { description: "One unit follows another of its level (kế thừa).", simpleResolvers: true })
export class SuccessionType {
  @Field(() => DayScalar, { description: "The day on which the successor took over." })
  on: Day;
  @Field(() => SuccessionKindEnum, { description: "How (hình thức)." })
  kind: SuccessionKind;

  constructor(
    { on, kind }: Succession,
    private readonly otherId: string,
  ) {
    this.on = on;
    this.kind = kind;
  }

  @Free("BATCHED")
  @Field(() => UnitType, { nullable: true, description: "The other unit; null outside the caller's branch." })
  async unit(@Ctx() { loaders }: GraphContext): Promise<UnitType | null> {
    const view = await loaders.unit(this.otherId);
    return view && unitOf(view);
  }
}

const SuccessionConnection = connectionOf<SuccessionType>(
  "Succession",
  () => SuccessionType,
  "Units that follow each other, in order of time.",
);

/** How a unit ended, and which units were there before and after it. */
@Resolver(() => UnitType)
export class LineageResolver {
  @Free("BATCHED")
  @FieldResolver(() => DayScalar, {
    nullable: true,
    description: "The first day on which it is no longer open, also one to come (ngày kết thúc hoạt động); null while no end is set.",
  })
  async endedOn(@Root() unit: UnitType, @Ctx() context: GraphContext): Promise<Day | null> {
    return (await endOf(context, unit))?.until ?? null;
  }

  @Free("BATCHED")
  @FieldResolver(() => EndReasonEnum, { nullable: true, description: "Why it ended (lý do kết thúc); null while no end is set." })
  async endReason(@Root() unit: UnitType, @Ctx() context: GraphContext): Promise<EndReason | null> {
    const end = await endOf(context, unit);
    return end && endReasonOf(end);
  }

  @Free("PAGED")
  @FieldResolver(() => SuccessionConnection, { description: "The units that took its place, in order of time (đơn vị kế thừa)." })
  async successors(
    @Root() unit: UnitType,
    @Ctx() { loaders }: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<SuccessionType>> {
    return successionPage(await loaders.successors.load(unit.id), ({ successorId }) => successorId, page);
  }

  @Free("PAGED")
  @FieldResolver(() => SuccessionConnection, {
    description: "The units that were merged or split into it or whose place it took, in order of time (đơn vị tiền thân).",
  })
  async predecessors(
    @Root() unit: UnitType,
    @Ctx() { loaders }: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<SuccessionType>> {
    return successionPage(await loaders.predecessors.load(unit.id), ({ predecessorId }) => predecessorId, page);
  }
}

async function endOf(context: GraphContext, unit: UnitType): Promise<Placement | null> {
  const last = (await context.loaders.placements.load(unit.id)).at(-1);
  return last && last.until !== NEVER ? last : null;
}

function successionPage(
  successions: readonly Succession[],
  idOf: (succession: Succession) => string,
  page: PageArgs,
): Page<SuccessionType> {
  const paging = pagingOf("successions", [DAY, NUMBER], page);
  const sorted = [...successions].sort((a, b) => compareKeys([a.on, idOf(a)], [b.on, idOf(b)], [1, 1]));
  return pageOfSorted(
    sorted.map((succession, place) => ({ succession, place })),
    paging,
    ({ succession }) => new SuccessionType(succession, idOf(succession)),
    // A cursor holds its key: the other unit may stand outside the caller's branch, and then not even its id is told.
    ({ succession: { on }, place }) => [on, place],
    [1, 1],
  );
}
