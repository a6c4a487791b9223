import { Field, ID, InputType, Int } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type AutonomyGroup, type Ownership, type SchoolLevel, type UnitKind } from "../../domain/tree/unit.js";
import { rowsOfBatch } from "../cost/batch-limits.js";
import { DayScalar } from "../engine/day.scalar.js";
import { AutonomyGroupEnum, EndReasonEnum, KindEnum, OwnershipEnum, SchoolLevelEnum } from "../engine/enums.js";
import { DRY_RUN, KeyField } from "../engine/payload.type.js";
import { type EndReason } from "../../domain/tree/end-reason.js";

const CHANGE_REASON = "Why, in your own words, at most 500 characters: kept with the version that the change makes (lý do).";

@InputType({ description: "A unit to be registered." })
export class UnitInput {
  @Field(() => String, { description: "Its name for machines, unique in the hub: letters, digits, . _ / -" })
  code: string;
  @Field(() => KindEnum, { description: "Its kind, from which its level follows (loại đơn vị)." })
  kind: UnitKind;
  @Field(() => String, { description: "Its name: 1 to 200 characters (tên)." })
  name: string;
  @Field(() => ID, {
    nullable: true,
    description: "Id or code of the parent, also of an earlier row of the same batch; only an administrator registers a unit without one.",
  })
  parent: string | null;
  @Field(() => DayScalar, { description: "The first day on which it is open (ngày thành lập)." })
  openedOn: Day;
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Required for a school." })
  schoolLevel: SchoolLevel | null;
  @Field(() => OwnershipEnum, { nullable: true, description: "Required for a school." })
  ownership: Ownership | null;
  @Field(() => AutonomyGroupEnum, { nullable: true, description: "Only of a public school." })
  autonomyGroup: AutonomyGroup | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Ids or codes of the units, registered before, that were merged or split into it or whose place it takes (đơn vị tiền thân); of its own level. What a merger or split made does not count as founded.",
  })
  predecessors: string[] | null;
  @Field(() => String, { nullable: true, description: CHANGE_REASON })
  changeReason: string | null;
}

@InputType({ description: "Units to be registered at once." })
export class RegisterUnitsInput {
  @Field(() => [UnitInput], { description: rowsOfBatch("Units, parents before their children") })
  units: UnitInput[];
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("required")
  idempotencyKey: string;
}

@InputType()
export abstract class UnitChangeInput {
  @Field(() => ID, { description: "Id or code of the unit." })
  unit: string;
  @Field(() => Int, { nullable: true, description: "The version that you have read." })
  expectedVersion: number | null;
  @Field(() => String, { nullable: true, description: CHANGE_REASON })
  changeReason: string | null;
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("optional")
  idempotencyKey?: string | null;
}

@InputType({ description: "What changes about a unit; what is left out stays." })
export class UpdateUnitInput extends UnitChangeInput {
  @Field(() => DayScalar, {
    nullable: true,
    description: "The day from which the new values hold; without it they correct what holds today, back to its beginning.",
  })
  from: Day | null;
  @Field(() => String, { nullable: true, description: "Another name (tên)." })
  name?: string;
  @Field(() => KindEnum, { nullable: true, description: "Another kind of the same level." })
  kind?: UnitKind;
  @Field(() => SchoolLevelEnum, { nullable: true, description: "Of a school (cấp học)." })
  schoolLevel?: SchoolLevel | null;
  @Field(() => OwnershipEnum, { nullable: true, description: "Of a school (loại hình)." })
  ownership?: Ownership | null;
  @Field(() => AutonomyGroupEnum, { nullable: true, description: "Of a public school (nhóm tự chủ tài chính); null takes it away." })
  autonomyGroup?: AutonomyGroup | null;
}

@InputType({ description: "A unit and its new parent." })
export class MoveUnitInput extends UnitChangeInput {
  @Field(() => ID, { description: "Id or code of the new parent." })
  parent: string;
  @Field(() => DayScalar, {
    description: "The first day under the new parent. School years whose reference date lies on or after it count there.",
  })
  on: Day;
}

@InputType({ description: "A unit to be closed (giải thể)." })
export class CloseUnitInput extends UnitChangeInput {
  @Field(() => DayScalar, { description: "The first day on which it is no longer open (ngày giải thể)." })
  on: Day;
  @Field(() => EndReasonEnum, {
    nullable: true,
    description:
      "Why (lý do): MERGED takes at least one successor, SPLIT two. OTHER unless given; sent again for the same day it corrects.",
  })
  reason: EndReason | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      "Ids or codes of the units that take its place (đơn vị kế thừa): of its level and open on that day. Those that were registered with it as predecessor are known and stay unless others are given.",
  })
  successors: string[] | null;
}

@InputType({ description: "A closed unit to be opened again." })
export class ReopenUnitInput extends UnitChangeInput {
  @Field(() => DayScalar, {
    description:
      "The first day on which it is open again; the day of its closing undoes the closing; a later move that the closing cut off is not brought back.",
  })
  on: Day;
  @Field(() => ID, { nullable: true, description: "Id or code of the parent; the one it had unless given." })
  parent: string | null;
}

@InputType({ description: "A unit that was registered by mistake (hủy đăng ký)." })
export class VoidUnitInput extends UnitChangeInput {}

@InputType({ description: "A school year to be opened (năm học)." })
export class OpenSchoolYearInput {
  @Field(() => String, { description: 'E.g. "2025-2026".' })
  label: string;
  @Field(() => DayScalar, { description: "Its first day (ngày khai giảng)." })
  startsOn: Day;
  @Field(() => DayScalar, { description: "Its last day (ngày bế giảng)." })
  endsOn: Day;
  @Field(() => DayScalar, { nullable: true, description: "31 May of its second year unless given." })
  referenceDate: Day | null;
  @Field(() => Boolean, { defaultValue: false, description: DRY_RUN })
  dryRun: boolean;
  @KeyField("required")
  idempotencyKey: string;
}
