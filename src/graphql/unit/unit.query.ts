import { type ClassType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { type Day } from "../../domain/ground/day.js";
import { type Level, type OwnershipFilter, type SchoolLevel, type UnitKind } from "../../domain/tree/unit.js";
import type { UnitQuery, UnitSort } from "../../storage/stores/unit.reader.js";
import { connectionOf, NUMBER_OR_NONE, type Page, type PageArgs, pageOf, pagingOf, TEXT } from "../engine/connection.js";
import { type GraphContext } from "../engine/context.js";
import { DayScalar } from "../engine/day.scalar.js";
import { KindEnum, LevelEnum, OwnershipFilterEnum, SchoolLevelEnum, SortDirectionEnum, UnitOrderByEnum } from "../engine/enums.js";
import { dayOf } from "../engine/faults.js";
import { sortedPage } from "./sorted-units.js";
import { unitOf, UnitType } from "./unit.type.js";

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

export interface UnitPaging {
  filter: UnitFilter | null | undefined;
  orderBy: UnitOrder[] | null | undefined;
  page: PageArgs;
}

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

/** A page of units: by one name or code straight from the database, else sorted by everything that is asked for. */
export async function unitPage(context: GraphContext, query: UnitQuery, { filter, orderBy, page }: UnitPaging): Promise<UnitPage> {
  const orders: UnitOrder[] = orderBy?.length ? orderBy : [{ by: "NAME", direction: "ASC", indicator: null, schoolYear: null }];
  const key = [...orders.map(({ by }) => (by === "INDICATOR" ? NUMBER_OR_NONE : TEXT)), TEXT];
  const paging = pagingOf(orders.map(nameOf).join(", "), key, page);
  const [order] = orders;
  if (orders.length > 1 || !order || order.by === "INDICATOR" || filter?.indicator)
    return sortedPage(context, query, orders, paging, filter?.indicator ?? null);
  const sort: UnitSort = { by: order.by, descending: order.direction === "DESC" };
  const views = await context.database.read((stores) => stores.unitReader.page(query, sort, paging.slice));
  // What a list has read as of today need not be read again for the units' own fields.
  if (query.on === context.today) for (const view of views) context.loaders.anyUnit.prime(view.id, view);
  return pageOf(
    views,
    paging,
    unitOf,
    (view) => [sort.by === "NAME" ? view.sortKey : view.code, view.id],
    () => context.database.read((stores) => stores.unitReader.count(query)),
  );
}

function nameOf({ by, direction, indicator, schoolYear }: UnitOrder): string {
  return by === "INDICATOR" ? `${indicator} ${schoolYear} ${direction}` : `${by} ${direction}`;
}
