import { type Cell } from "../../domain/counting/cell.js";
import { type Row, text, type Value } from "../database/sql.js";

/** Columns of a cell, in the order of the primary key. */
export const CELL = ["unit_id", "school_year", "school_level", "ownership"];

/**
 * The cells in a WHERE: as lists where they are every combination of some units, levels and ownerships (one posting of one
 * dossier always is), else one by one. Either way the primary key finds the rows, in its order.
 */
export function cellCondition(cells: readonly Cell[]): { condition: string; values: Value[] } {
  const distinct = (name: keyof Cell) => [...new Set(cells.map((cell) => cell[name]))].sort();
  const lists = [distinct("unitId"), distinct("schoolYear"), distinct("schoolLevel"), distinct("ownership")];
  if (lists.reduce((product, list) => product * list.length, 1) === cells.length)
    return {
      condition: lists.map((list, index) => `${CELL[index]} IN (${list.map(() => "?").join(", ")})`).join(" AND "),
      values: lists.flat(),
    };
  const one = `(${CELL.map((name) => `${name} = ?`).join(" AND ")})`;
  return { condition: cells.map(() => one).join(" OR "), values: cells.flatMap(cellValues) };
}

export function cellKey(cell: Cell): string {
  return cellValues(cell).join("|");
}

export function cellValues({ unitId, schoolYear, schoolLevel, ownership }: Cell): string[] {
  return [unitId, schoolYear, schoolLevel, ownership];
}

export function cellOf(row: Row): Cell {
  return {
    unitId: text(row.unit_id),
    schoolYear: text(row.school_year),
    schoolLevel: text(row.school_level) as Cell["schoolLevel"],
    ownership: text(row.ownership) as Cell["ownership"],
  };
}
