import { type Value } from "./sql.js";
import { type Slice } from "../../domain/ground/slice.js";

/** What sorts a list, as it stands in its statement. All together tell every two rows apart. */
export interface SortColumn {
  sql: string;
  descending?: boolean;
}

/** The end of a statement whose last word is a condition: it reads a slice of the list. */
export function sliceOf(columns: readonly SortColumn[], slice: Slice): { sql: string; values: Value[] } {
  const { condition, order, values } = partsOfSlice(columns, slice);
  return { sql: `${condition} ORDER BY ${order} LIMIT ${slice.limit}`, values };
}

/** Of a slice the further conditions (" AND …", or nothing), the order in which it is read, and the values of the conditions. */
export function partsOfSlice(columns: readonly SortColumn[], { after, before, backwards }: Slice) {
  const bounds = [...(after ? [beyond(columns, after, ">")] : []), ...(before ? [beyond(columns, before, "<")] : [])];
  return {
    condition: bounds.map(({ sql }) => ` AND ${sql}`).join(""),
    order: columns.map((column) => `${column.sql} ${Boolean(column.descending) === backwards ? "ASC" : "DESC"}`).join(", "),
    values: bounds.flatMap(({ values }) => values),
  };
}

/** What comes after (">") or before ("<") the entry with a key. */
function beyond(
  [column, ...rest]: readonly SortColumn[],
  [value, ...others]: readonly Value[],
  side: ">" | "<",
): ReturnType<typeof sliceOf> {
  if (!column || value === undefined) throw new Error("the key is not one of this list");
  const sign = column.descending ? (side === ">" ? "<" : ">") : side;
  if (rest.length === 0) return { sql: `${column.sql} ${sign} ?`, values: [value] };
  const further = beyond(rest, others, side);
  return { sql: `(${column.sql} ${sign} ? OR (${column.sql} = ? AND ${further.sql}))`, values: [value, value, ...further.values] };
}
