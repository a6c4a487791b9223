import { type ClassType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type Level, type OwnershipFilter, type SchoolLevel, type UnitKind } from "../../domain/tree/unit.js";
import { connectionOf, type Page } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { KindEnum, LevelEnum, OwnershipFilterEnum, SchoolLevelEnum, SortDirectionEnum, UnitOrderByEnum } from "../engine/enums.js";
import { dayOf } from "../engine/faults.js";
import { UnitType } from "./unit.type.js";
import type { UnitQuery } from "../../domain/tree/unit-view.js";

@InputType({
  description:
    "Only units whose figure lies between two limits, e.g. schools whose rate is below 0.8; units without a value are left out and counted in withoutValue.",
})
export class IndicatorFilter {
  @Field(() => String, { description: "Key of the indicator." })
  indicator: string;
  @Field(() => String, { description: "The school year." })
  schoolYear: string;
  @Field(() => Float, { nullable: true, description: "The value is this or more; a rate as a fraction." })
  atLeast: number | null;
  @Field(() => Float, { nullable: true, description: "The value is less than this." })
  below: number | null;
}

@InputType({ description: "Which units a list holds; every condition that is given must hold." })
export class UnitFilter {
  @Field(() => [LevelEnum], { nullable: true, description: "One of these levels (cấp)." })
  level: Level[] | null;
  @Field(() => [KindEnum], { nullable: true, description: "One of these kinds (loại đơn vị)." })
  kind: UnitKind[] | null;
  @Field(() => String, { nullable: true, description: "Id or code of a unit: only units anywhere below it." })
  ancestor: string | null;
  @Field(() => [SchoolLevelEnum], { nullable: true, description: "Schools of one of these levels (cấp học)." })
  schoolLevel: SchoolLevel[] | null;
  @Field(() => OwnershipFilterEnum, { nullable: true, description: "Schools of this ownership (công lập, ngoài công lập)." })
  ownership: OwnershipFilter | null;
  @Field(() => DayScalar, {
    nullable: true,
    description: "Only units that are open on this day; names, kinds and parents are those of that day.",
  })
  openOn: Day | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Part of the name, without regard to case or diacritics: "thanh tri" finds "Thanh Trì". A former name finds the unit, too; it is shown by its name of the day.',
  })
  search: string | null;
  @Field(() => IndicatorFilter, { nullable: true, description: "Only units whose figure lies between two limits." })
  indicator: IndicatorFilter | null;
}

@InputType({ description: "By what units are ordered." })
export class UnitOrder {
  @Field(() => UnitOrderByEnum, { description: "Name, code or an indicator." })
  by: "NAME" | "CODE" | "INDICATOR";
  @Field(() => SortDirectionEnum, {
    defaultValue: "ASC",
    description: "Smallest or largest first; units without a value of an indicator are left out in both and counted in withoutValue.",
  })
  direction: "ASC" | "DESC";
  @Field(() => String, { nullable: true, description: "With INDICATOR: its key." })
  indicator: string | null;
  @Field(() => String, { nullable: true, description: "With INDICATOR: the school year." })
  schoolYear: string | null;
}

const PlainUnitConnection = connectionOf<UnitType>("Unit", () => UnitType, "A page of units.");

@ObjectType("UnitConnection", { description: "A page of units.", simpleResolvers: true })
export class UnitConnection extends (PlainUnitConnection as ClassType<Page<UnitType>>) {
  @Field(() => Int, {
    nullable: true,
    description:
      "Units that meet all other conditions and have no value of an indicator that limits or orders the list, e.g. because they have not reported: they are not in it (chưa có số liệu). null for a list that no indicator limits or orders.",
  })
  withoutValue?: number | null;
}
export type UnitPage = Page<UnitType> & Pick<UnitConnection, "withoutValue">;

/** The conditions of a list; `parent`: only children of this unit. */
export function conditions(
  context: GraphContext,
  filter: UnitFilter | null | undefined,
  at: { on: Day; parent?: string; ancestor?: string },
): UnitQuery {
  const { caller, today } = context;
  const owners: Record<OwnershipFilter, string[]> = {
    PUBLIC: ["PUBLIC"],
    COMMUNITY: ["COMMUNITY"],
    PRIVATE: ["PRIVATE"],
    NON_PUBLIC: ["COMMUNITY", "PRIVATE"],
  };
  return {
    ...at,
    ...(filter?.openOn ? { on: dayOf("filter.openOn", filter.openOn), open: true } : {}),
    today,
    branch: caller.unitId,
    // A list may name a value a thousand times; SQL need not.
    ...(filter?.level ? { levels: [...new Set(filter.level)] } : {}),
    ...(filter?.kind ? { kinds: [...new Set(filter.kind)] } : {}),
    ...(filter?.schoolLevel ? { schoolLevels: [...new Set(filter.schoolLevel)] } : {}),
    ...(filter?.ownership ? { ownerships: owners[filter.ownership] } : {}),
    ...(filter?.search ? { search: filter.search.slice(0, 200) } : {}),
  };
}
