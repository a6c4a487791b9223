import { Field, ObjectType } from "type-graphql";
import { type OwnershipFilter, type SchoolLevel } from "../../domain/tree/unit.js";
import { type SourcesChange } from "../../rollup/vintage-changes.js";
import { Free } from "../cost/price.js";
import { connectionOf } from "../engine/connection.js";
import { OwnershipFilterEnum, SchoolLevelEnum } from "../engine/enums.js";
import { Sources, sourcesOf } from "../figure/rollup.type.js";
import { UnitType } from "../unit/unit.type.js";

@ObjectType("VintageSourcesChange", {
  description: "Published figures of a unit that rest on other sources today (nguồn số liệu thay đổi sau công bố).",
  simpleResolvers: true,
})
export class VintageSourcesChangeType {
  @Free("HELD")
  @Field(() => UnitType, { description: "Whose figures they are." })
  unit: UnitType;
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Only schools of this level; null for all." })
  schoolLevel: SchoolLevel | null;
  @Field(() => OwnershipFilterEnum, { nullable: true, description: "Only schools of this ownership; null for all." })
  ownership: OwnershipFilter | null;
  @Free("HELD")
  @Field(() => Sources, { description: "As published." })
  published: Sources;
  @Free("HELD")
  @Field(() => Sources, { description: "As they are now." })
  live: Sources;

  constructor(unit: UnitType, { where, published, live }: SourcesChange) {
    Object.assign(this, { unit, ...where, published: sourcesOf(published), live: sourcesOf(live) });
  }
}

export const VintageSourcesChangeConnection = connectionOf<VintageSourcesChangeType>(
  "VintageSourcesChange",
  () => VintageSourcesChangeType,
  "The published figures that rest on other sources today: federations first, then unions, then schools, each by code.",
);
