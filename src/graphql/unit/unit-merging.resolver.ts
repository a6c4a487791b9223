import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, FieldResolver, ID, Info, InputType, Mutation, ObjectType, Resolver, Root } from "type-graphql";
import { mergeDuplicateUnit } from "../../intake/units/unit-merging.js";
import { MOST_DUPLICATES } from "../../intake/units/merged-in-use.js";
import { ofTree } from "../cost/branch-work.js";
import { CHANGE, Costs } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { changed, UnitPayload } from "./unit-change.type.js";
import { UnitChangeInput } from "./unit.inputs.js";
import { UnitType } from "./unit.type.js";
import type { MergedUnit } from "../../domain/tree/unit-view.js";

@InputType({
  description: "A unit that was registered twice (đơn vị đăng ký trùng); `unit` is the duplicate, `expectedVersion` its version.",
})
export class MergeDuplicateUnitInput extends UnitChangeInput {
  @Field(() => ID, { description: "Id or code of the unit that it is (đơn vị đúng)." })
  into: string;
}

@ObjectType("DuplicateUnit", {
  description: "A duplicate that was joined to a unit (đơn vị đăng ký trùng đã gộp).",
  simpleResolvers: true,
})
export class DuplicateUnit {
  @Field(() => String, { description: "The code that it had, which leads to the unit (mã cũ)." })
  code: string;
  @Field(() => ID, { description: "The id that it had, which leads to the unit, too." })
  unitId: string;
}

/** Units that were registered twice. */
@Resolver(() => UnitType)
export class UnitMergingResolver {
  @Costs({ points: 15, most: MOST_DUPLICATES })
  @FieldResolver(() => [DuplicateUnit], {
    description:
      "The duplicates that were joined to the unit by mergeDuplicateUnit, by code. Their codes are found as its own, and go to no other unit.",
  })
  duplicates(@Root() unit: UnitType, @Ctx() { loaders }: GraphContext): Promise<MergedUnit[]> {
    return loaders.unitVersions.duplicates.load(unit.id);
  }

  @Costs({ points: CHANGE, branches: ofTree })
  @Mutation(() => UnitPayload, {
    description:
      "Joins a unit that was registered twice to the one that it is, and answers that one: its records go over with their ids and versions, in records of others it is replaced, and it counts nowhere any more. Its code and its former names are found as those of the other. " +
      "ALREADY_EXISTS where both have the same record in force: all are named, and nothing is done. IN_USE while units stand or stood below it, others follow it or it them, it has issued directives, closed periods or published vintages, or a token is for its branch. Reports of periods that it submitted are withdrawn. PERIOD_LOCKED, FORBIDDEN: as for its records one by one, and for its closing.",
  })
  mergeDuplicateUnit(
    @Arg("input", () => MergeDuplicateUnitInput) input: MergeDuplicateUnitInput,
    @Ctx() context: GraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UnitPayload> {
    const { unit, into, expectedVersion = null, changeReason = null } = input;
    return changed(context, info, input, (stores) =>
      mergeDuplicateUnit(stores, context.change(), { unit, into, expectedVersion, changeReason }),
    );
  }
}
