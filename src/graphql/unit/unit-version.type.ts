import { Args, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from "type-graphql";
import { UNIT_ACTIONS, type UnitAction, type UnitVersion } from "../../domain/tree/unit-version.js";
import { Free } from "../cost/price.js";
import { AuthorType } from "./author.type.js";
import { connectionOf, type Page, PageArgs, pageOf, pageOfAll, pagingOf } from "../engine/connection.js";
import { DAY, NUMBER } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { enumOf } from "../engine/enums.js";
import { PlacementConnection, PlacementType, UnitType } from "./unit.type.js";
import { ProfileType } from "./profile.type.js";

const UnitActionEnum = enumOf("UnitAction", "What was done to a unit.", UNIT_ACTIONS);

const ProfileConnection = connectionOf<ProfileType>("Profile", () => ProfileType, "What a unit was called and was, in order of time.");

@ObjectType("UnitVersion", {
  description: "What a unit was after a change, with all its dated facts: what was done, by whom, when and why. None is ever changed.",
  simpleResolvers: true,
})
export class UnitVersionType {
  @Field(() => Int, { description: "Number of the version, from 1." })
  version: number;
  @Field(() => UnitActionEnum, { description: "What was done." })
  action: UnitAction;
  @Field(() => String, { description: "Its code then (mã)." })
  code: string;
  @Field(() => Date, { nullable: true, description: "When; null where a hub up to 0.4.0 did it." })
  recordedAt: Date | null;
  @Free("HELD")
  @Field(() => AuthorType, { nullable: true, description: "Who did it (người thực hiện); null where a hub up to 0.4.0 did it." })
  recordedBy: AuthorType | null;
  @Field(() => String, { nullable: true, description: "Why, where somebody said so (lý do)." })
  reason: string | null;

  constructor(private readonly of: UnitVersion) {
    const { version, action, code, recordedAt, recordedBy, recordedByToken, recordedByUnit, reason } = of;
    Object.assign(this, { version, action, code, recordedAt, reason });
    this.recordedBy = recordedBy === null ? null : new AuthorType({ name: recordedBy, tokenId: recordedByToken, unitId: recordedByUnit });
  }

  @Free("PAGED")
  @Field(() => PlacementConnection, { description: "Under which parents it stood by this version, in order of time." })
  placements(@Args(() => PageArgs) page: PageArgs): Page<PlacementType> {
    const { unitId, placements } = this.of;
    const nodeOf = (placement: UnitVersion["placements"][number]) => new PlacementType({ ...placement, unitId });
    return pageOfAll(placements, pagingOf("placements", [DAY], page), nodeOf, ({ from }) => [from], [1]);
  }

  @Free("PAGED")
  @Field(() => ProfileConnection, { description: "What it was called and was by this version, in order of time." })
  profiles(@Args(() => PageArgs) page: PageArgs): Page<ProfileType> {
    const { unitId, profiles } = this.of;
    const nodeOf = (profile: UnitVersion["profiles"][number]) => new ProfileType({ ...profile, unitId });
    return pageOfAll(profiles, pagingOf("profiles", [DAY], page), nodeOf, ({ from }) => [from], [1]);
  }
}

export const UnitVersionConnection = connectionOf<UnitVersionType>(
  "UnitVersion",
  () => UnitVersionType,
  "Versions of a unit, the newest first.",
);

@Resolver(() => UnitType)
export class UnitVersionResolver {
  @Free("PAGED")
  @FieldResolver(() => UnitVersionConnection, {
    description:
      "What the unit was after each change, the newest first, with who, when and why: what a correction or a move on the first day replaced is still there. A unit of a hub up to 0.4.0 has none until it is changed, then one of what it was before.",
  })
  async versions(
    @Root() unit: UnitType,
    @Ctx() context: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<UnitVersionType>> {
    return unitVersionPage(context, unit.id, page);
  }
}

/** A page of the versions of a unit that the caller sees, or saw until it was made void. */
export async function unitVersionPage(context: GraphContext, unitId: string, page: PageArgs): Promise<Page<UnitVersionType>> {
  const paging = pagingOf("unitVersions", [NUMBER], page);
  const list = { unitId, filter: null };
  return pageOf(
    await context.loaders.unitVersions.page.load({ ...list, slice: paging.slice }),
    paging,
    (version) => new UnitVersionType(version),
    ({ version }) => [version],
    () => context.loaders.unitVersions.count.load(list),
  );
}
