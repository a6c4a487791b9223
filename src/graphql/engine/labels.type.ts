import { Field, ObjectType } from "type-graphql";
import { type Words } from "../../domain/ground/words.js";

@ObjectType({ description: "A text in English and Vietnamese.", simpleResolvers: true })
export class Labels implements Words {
  @Field(() => String, { description: "English." })
  en: string;
  @Field(() => String, { description: "Vietnamese (tiếng Việt)." })
  vi: string;
}
