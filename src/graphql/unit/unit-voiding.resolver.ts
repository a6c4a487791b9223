import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, ID, Info, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { idIn } from "../../work/references.js";
import { voidUnit } from "../../intake/units/unit-voiding.js";
import { ofTree } from "../cost/branch-work.js";
import { CHANGE, Costs, Free } from "../cost/price.js";
import { type Page, PageArgs } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { declareEffects, type WithChanges } from "../change/with-effects.js";
import { VersionedPayload } from "../engine/payload.type.js";
import { performedOne } from "../change/performed.js";
import { unitNamed } from "./query.resolver.js";
import { VoidUnitInput } from "./unit.inputs.js";
import { UnitVersionConnection, unitVersionPage, type UnitVersionType } from "./unit-version.type.js";
import { unitOf, UnitType } from "./unit.type.js";

@ObjectType({ description: "Answer to making a unit void; `version` is its last one.", simpleResolvers: true })
export class VoidUnitPayload extends VersionedPayload {
  @Field(() => ID, {
    nullable: true,
    description: "Id of the unit that is void, by which unitVersions still answers its versions; null where it is not void.",
  })
  unitId: string | null;
  @Free("HELD")
  @Field(() => UnitType, {
    nullable: true,
    description: "The unit under which it last stood; null for a root, and where it is not void.",
  })
  parent: UnitType | null;
}
declareEffects(VoidUnitPayload);

/** Registrations by mistake. */
@Resolver()
export class UnitVoidingResolver {
  @Costs({ points: CHANGE, branches: ofTree })
  @Mutation(() => VoidUnitPayload, {
    description:
      "Takes back the registration of a unit on which nothing depends: it counts nowhere and never did, and its code is free. Else IN_USE, with each sort: records in force, its own or naming it, units that ever stood below it, predecessors, successors, published vintages, tokens. Its versions stay.",
  })
  async voidUnit(
    @Arg("input", () => VoidUnitInput) input: VoidUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VoidUnitPayload & WithChanges> {
    const { unit, expectedVersion = null, changeReason = null } = input;
    const { outcome, problems, result, ...told } = await performedOne(context, info, input, {}, (stores) =>
      voidUnit(stores, context.change(), { unit, expectedVersion, changeReason }),
    );
    const gone = result?.gone ?? null;
    const parent = gone?.parentId ? await context.loaders.unit(gone.parentId) : null;
    const payload = { unitId: gone?.id ?? null, version: gone?.version ?? null, parent: parent && unitOf(parent) };
    return { outcome, userErrors: problems, ...payload, ...told };
  }

  @Costs({ points: 15 })
  @Query(() => UnitVersionConnection, {
    description:
      "Versions of a unit, the newest first, as Unit.versions answers them; also of one that was made void, by its id, for whoever sees the unit under which it last stood, and of a duplicate, by the id that it had, for whoever sees the unit to which it was joined.",
  })
  async unitVersions(
    @Ctx() context: GraphContext,
    @Arg("unit", () => ID, { description: "Id of the unit; a code is that of the unit which has it now." }) unit: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<UnitVersionType>> {
    const id = idIn(cleanText(unit));
    // The id of a duplicate leads to the unit that it has joined; its versions are still its own.
    const isSeen = id !== null && ((await context.loaders.unit(id)) !== null || (await context.loaders.sight.seesVoid(id)));
    return unitVersionPage(context, isSeen ? id : (await unitNamed(context, unit)).id, page);
  }
}
