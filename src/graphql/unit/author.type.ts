import { Ctx, Field, ID, ObjectType } from "type-graphql";
import { Free } from "../cost/price.js";
import { type GraphContext } from "../engine/context.js";
import { ancestorsOf } from "./unit.type.js";

/** Who did something. Two tokens may bear one name: the id tells them apart. */
@ObjectType("Author", {
  description: "Who did something (người thực hiện): a token by the name that it bears, and the unit whose branch it is for.",
  simpleResolvers: true,
})
export class AuthorType {
  @Field(() => String, { description: "Name of the token (tên)." })
  name: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the token, or "oidc:" and the subject of a provider\'s; null where a hub up to 0.4.0 stored it, which kept the name alone.',
  })
  tokenId: string | null;

  private readonly unitOfToken: Tops;

  constructor({ name, tokenId, ...unitOfToken }: { name: string; tokenId: string | null } & Tops) {
    Object.assign(this, { name, tokenId });
    this.unitOfToken = unitOfToken;
  }

  @Free("BATCHED")
  @Field(() => String, {
    nullable: true,
    description:
      "Name of the unit whose branch the token is for (đơn vị); null for an administrator, who has none, and where the id is not known.",
  })
  async unit(@Ctx() context: GraphContext): Promise<string | null> {
    const { unitId, unitName = null } = this.unitOfToken;
    if (!unitId) return unitName;
    const [top] = await ancestorsOf(context, [unitId]);
    return top?.name ?? null;
  }
}

/** The top of the token's branch: by its id, or by the name that it bore then. */
interface Tops {
  unitId?: string | null;
  unitName?: string | null;
}
