import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import { type Day, NEVER } from "../domain/day.js";
import { type EndReason, endReasonOf, type Succession, type SuccessionKind } from "../domain/lineage.js";
import { type Placement } from "../domain/unit.js";
import { type GraphContext } from "./context.js";
import { DayScalar } from "./day.scalar.js";
import { EndReasonEnum, SuccessionKindEnum } from "./enums.js";
import { unitOf, UnitType } from "./unit.type.js";

@ObjectType("Succession", { description: "One unit follows another of its level (kế thừa).", simpleResolvers: true })
export class SuccessionType {
  @Field(() => DayScalar, { description: "The day on which the successor took over." })
  on: Day;
  @Field(() => SuccessionKindEnum, { description: "How (hình thức)." })
  kind: SuccessionKind;
  @Field(() => UnitType, { nullable: true, description: "The other unit; null outside the caller's branch." })
  unit: UnitType | null;
}

/** How a unit ended, and which units were there before and after it. */
@Resolver(() => UnitType)
export class LineageResolver {
  @FieldResolver(() => DayScalar, {
    nullable: true,
    description: "The first day on which it is no longer open, also one to come (ngày kết thúc hoạt động); null while no end is set.",
  })
  async endedOn(@Root() unit: UnitType, @Ctx() context: GraphContext): Promise<Day | null> {
    return (await endOf(context, unit))?.until ?? null;
  }

  @FieldResolver(() => EndReasonEnum, { nullable: true, description: "Why it ended (lý do kết thúc); null while no end is set." })
  async endReason(@Root() unit: UnitType, @Ctx() context: GraphContext): Promise<EndReason | null> {
    const end = await endOf(context, unit);
    return end && endReasonOf(end);
  }

  @FieldResolver(() => [SuccessionType], { description: "The units that took its place, in order of time (đơn vị kế thừa)." })
  async successors(@Root() unit: UnitType, @Ctx() context: GraphContext): Promise<SuccessionType[]> {
    return shown(context, await context.loaders.successors.load(unit.id), ({ successorId }) => successorId);
  }

  @FieldResolver(() => [SuccessionType], {
    description: "The units that were merged or split into it or whose place it took, in order of time (đơn vị tiền thân).",
  })
  async predecessors(@Root() unit: UnitType, @Ctx() context: GraphContext): Promise<SuccessionType[]> {
    return shown(context, await context.loaders.predecessors.load(unit.id), ({ predecessorId }) => predecessorId);
  }
}

async function endOf(context: GraphContext, unit: UnitType): Promise<Placement | null> {
  const last = (await context.loaders.placements.load(unit.id)).at(-1);
  return last && last.until !== NEVER ? last : null;
}

function shown(
  context: GraphContext,
  successions: readonly Succession[],
  idOf: (succession: Succession) => string,
): Promise<SuccessionType[]> {
  return Promise.all(
    successions.map(async (succession) => {
      const view = await context.loaders.unit(idOf(succession));
      return { on: succession.on, kind: succession.kind, unit: view && unitOf(view) };
    }),
  );
}
