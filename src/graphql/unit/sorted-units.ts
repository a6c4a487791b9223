import type { Stores } from "../../storage/stores/stores.js";
import { type Indicator } from "../../domain/figures/indicator.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { holdingWholeList, valuesOf } from "../../rollup/whole-lists.js";
import { inStretches, sortInStretches } from "../../stretches.js";
import { compareKeys, pageOf, type Paging, slicedRows } from "../engine/connection.js";
import { type SortValue } from "../engine/cursor.js";
import { type GraphContext } from "../engine/context.js";
import { fault, indicatorOf, schoolYearOf } from "../engine/faults.js";
import type { IndicatorFilter, UnitOrder, UnitPage } from "./unit.query.js";
import { unitOf } from "./unit.type.js";
import type { UnitEntry, UnitQuery } from "../../domain/tree/unit-view.js";

/** A figure by which units are sorted, or that limits them. */
interface FigureAsked {
  indicator: Indicator;
  schoolYear: SchoolYear;
}

/**
 * A page of units sorted by more than a name or a code, or limited by a figure: the list is at hand as a whole, its page read anew.
 * Who has no value is in no such list and counted beside it: missing is neither small nor last.
 */
export async function sortedPage(
  context: GraphContext,
  query: UnitQuery,
  orders: readonly UnitOrder[],
  paging: Paging,
  limits: IndicatorFilter | null,
): Promise<UnitPage> {
  const { database, today } = context;
  const limiting = limits && (await figureOf(context, limits));
  const sorting = await Promise.all(orders.map(async (order) => (order.by === "INDICATOR" ? figureOf(context, order) : order.by)));
  const directions = [...orders.map(({ direction }) => (direction === "DESC" ? -1 : 1)), 1];
  return database.read(async (stores) => {
    const { shown, total, withoutValue } = await holdingWholeList(stores, async () => {
      const units = await stores.unitReader.entries(query);
      const limited = limiting && (await valuesOf(stores, limiting.indicator, limiting.schoolYear, units, today));
      const columns: SortValue[][] = [];
      for (const by of sorting) columns.push(await columnOf(stores, by, units));
      const rows: { id: string; key: SortValue[] }[] = [];
      let without = 0;
      const take = ([index, { id }]: [number, UnitEntry]) => {
        const value = limited?.[index] ?? null;
        if (value !== null && !isBetween(limits!, value)) return;
        const key = [...columns.map((column) => column[index] ?? null), id];
        if (key.includes(null) || (limited && value === null)) without++;
        else rows.push({ id, key });
      };
      await inStretches(units.entries(), take, stores.pause);
      const sorted = await sortInStretches(rows, (a, b) => compareKeys(a.key, b.key, directions), stores.pause);
      return { shown: slicedRows(sorted, paging, ({ key }) => key, directions), total: sorted.length, withoutValue: without };
    });
    const views = await stores.unitReader.views(
      shown.map(({ id }) => id),
      query.on,
    );
    const page = pageOf(
      shown.filter(({ id }) => views.has(id)),
      paging,
      ({ id }) => unitOf(views.get(id)!),
      ({ key }) => key,
      () => total,
    );
    return Object.assign(page, { withoutValue: limiting || sorting.some((by) => typeof by === "object") ? withoutValue : null });
  });

  function columnOf(stores: Stores, by: "NAME" | "CODE" | FigureAsked, units: readonly UnitEntry[]): SortValue[] | Promise<SortValue[]> {
    if (typeof by === "object") return valuesOf(stores, by.indicator, by.schoolYear, units, today);
    return units.map(({ sortKey, code }) => (by === "NAME" ? sortKey : code));
  }
}

function isBetween({ atLeast, below }: IndicatorFilter, value: number): boolean {
  return value >= (atLeast ?? -Infinity) && value < (below ?? Infinity);
}

async function figureOf(
  context: GraphContext,
  { indicator, schoolYear }: { indicator: string | null; schoolYear: string | null },
): Promise<FigureAsked> {
  if (!indicator || !schoolYear) throw fault("BAD_USER_INPUT", "orderBy: INDICATOR needs an indicator and a schoolYear.");
  return { indicator: indicatorOf(indicator), schoolYear: await schoolYearOf(context, schoolYear) };
}
