import { Field, ObjectType } from "type-graphql";
import { ALWAYS, type Day, NEVER } from "../../domain/ground/day.js";
import { type AutonomyGroup, type Ownership, type Profile, type SchoolLevel, type UnitKind } from "../../domain/tree/unit.js";
import { DayScalar } from "../engine/day.scalar.js";
import { AutonomyGroupEnum, KindEnum, OwnershipEnum, SchoolLevelEnum } from "../engine/enums.js";

@ObjectType("Profile", { description: "Dated facts of a unit: what it was called and what it was.", simpleResolvers: true })
export class ProfileType {
  @Field(() => DayScalar, { nullable: true, description: "The first day; null where it has always been so." })
  from: Day | null;
  @Field(() => DayScalar, { nullable: true, description: "The first day on which it no longer holds; null while it does." })
  until: Day | null;
  @Field(() => String, { description: "Its name then (tên)." })
  name: string;
  @Field(() => KindEnum, { description: "Its kind then (loại đơn vị)." })
  kind: UnitKind;
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Of a school: its school level then (cấp học)." })
  schoolLevel: SchoolLevel | null;
  @Field(() => OwnershipEnum, { nullable: true, description: "Of a school: who owned it then (loại hình)." })
  ownership: Ownership | null;
  @Field(() => AutonomyGroupEnum, { nullable: true, description: "Of a public school: its autonomy group then (nhóm tự chủ tài chính)." })
  autonomyGroup: AutonomyGroup | null;

  constructor({ from, until, name, kind, schoolLevel, ownership, autonomyGroup }: Profile) {
    Object.assign(this, { name, kind, schoolLevel, ownership, autonomyGroup });
    this.from = from === ALWAYS ? null : from;
    this.until = until === NEVER ? null : until;
  }
}
