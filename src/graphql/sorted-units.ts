import type { UnitEntry, UnitQuery } from "../storage/unit.reader.js";
import type { Stores } from "../storage/stores.js";
import { type Indicator } from "../domain/indicators/indicator.js";
import { type SchoolYear } from "../domain/school-year.js";
import { holdingWholeList, valuesOf } from "../rollup/whole-lists.js";
import { mapInStretches, sortInStretches } from "../stretches.js";
import { compareKeys, type Page, pageOf, type Paging, slicedRows, type SortValue } from "./connection.js";
import { type GraphContext } from "./context.js";
import { fault, indicatorOf, schoolYearOf } from "./faults.js";
import type { IndicatorFilter, UnitOrder } from "./unit.query.js";
import { unitOf, type UnitType } from "./unit.type.js";

/** A figure by which units are sorted, or that limits them. */
interface FigureAsked {
  indicator: Indicator;
  schoolYear: SchoolYear;
}

/** A page of units sorted by more than a name or a code, or limited by a figure: the list is at hand as a whole, its page read anew. */
export async function sortedPage(
  context: GraphContext,
  query: UnitQuery,
  orders: readonly UnitOrder[],
  paging: Paging,
  limits: IndicatorFilter | null,
): Promise<Page<UnitType>> {
  const { database, today } = context;
  const limiting = limits && (await figureOf(context, limits));
  const sorting = await Promise.all(orders.map(async (order) => (order.by === "INDICATOR" ? figureOf(context, order) : order.by)));
  const directions = [...orders.map(({ direction }) => (direction === "DESC" ? -1 : 1)), 1];
  return database.read(async (stores) => {
    const { shown, total } = await holdingWholeList(stores, async () => {
      const all = await stores.unitReader.entries(query);
      const units = limits && limiting ? await between(stores, limits, limiting, all) : all;
      const columns: SortValue[][] = [];
      for (const by of sorting) columns.push(await columnOf(stores, by, units));
      const rows = await mapInStretches(
        units,
        ({ id }, index) => ({ id, key: [...columns.map((column) => column[index] ?? null), id] }),
        stores.pause,
      );
      const sorted = await sortInStretches(rows, (a, b) => compareKeys(a.key, b.key, directions), stores.pause);
      return { shown: slicedRows(sorted, paging, ({ key }) => key, directions), total: sorted.length };
    });
    const views = await stores.unitReader.views(
      shown.map(({ id }) => id),
      query.on,
    );
    return pageOf(
      shown.filter(({ id }) => views.has(id)),
      paging,
      ({ id }) => unitOf(views.get(id)!),
      ({ key }) => key,
      () => total,
    );
  });

  function columnOf(stores: Stores, by: "NAME" | "CODE" | FigureAsked, units: readonly UnitEntry[]): SortValue[] | Promise<SortValue[]> {
    if (typeof by === "object") return valuesOf(stores, by.indicator, by.schoolYear, units, today);
    return units.map(({ sortKey, code }) => (by === "NAME" ? sortKey : code));
  }

  async function between(
    stores: Stores,
    { atLeast, below }: IndicatorFilter,
    { indicator, schoolYear }: FigureAsked,
    units: readonly UnitEntry[],
  ): Promise<UnitEntry[]> {
    const values = await valuesOf(stores, indicator, schoolYear, units, today);
    return units.filter((_, index) => {
      const value = values[index] ?? null;
      return value !== null && value >= (atLeast ?? -Infinity) && value < (below ?? Infinity);
    });
  }
}

async function figureOf(
  context: GraphContext,
  { indicator, schoolYear }: { indicator: string | null; schoolYear: string | null },
): Promise<FigureAsked> {
  if (!indicator || !schoolYear) throw fault("BAD_USER_INPUT", "orderBy: INDICATOR needs an indicator and a schoolYear.");
  return { indicator: indicatorOf(indicator), schoolYear: await schoolYearOf(context, schoolYear) };
}
