import { type PageArgs, pageOf, pagingOf } from "../engine/connection.js";
import { NUMBER_OR_NONE, TEXT } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { sortedPage } from "./sorted-units.js";
import { unitOf } from "./unit.type.js";
import type { UnitFilter, UnitOrder, UnitPage } from "./unit.query.js";
import type { UnitQuery, UnitSort } from "../../domain/tree/unit-view.js";

export interface UnitPaging {
  filter: UnitFilter | null | undefined;
  orderBy: UnitOrder[] | null | undefined;
  page: PageArgs;
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
