import type { Row } from "./sql.js";

/** Rows of a shape before a function is compiled for it. */
const OFTEN = 20;
/** Shapes that are remembered; the one that came first makes room. */
const MOST_SHAPES = 500;

interface Shape {
  rows: number;
  compiled: ((values: readonly unknown[]) => Row) | null;
}

const shapes = new Map<string, Shape>();

/**
 * Makes rows of values in the order of the columns. V8 keeps an object that is filled by computed names as a hash table: with the
 * hundreds of columns of a dossier it is twenty times slower to make, and slower to read, than one that was written as a literal.
 */
export function rowsOf(columns: readonly string[], values: readonly (readonly unknown[])[]): Row[] {
  const shape = shapeOf(columns.join("\n"));
  shape.rows += values.length;
  if (shape.rows < OFTEN) return values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  shape.compiled ??= compile(columns);
  return values.map(shape.compiled);
}

function shapeOf(name: string): Shape {
  const known = shapes.get(name);
  if (known) return known;
  if (shapes.size >= MOST_SHAPES) shapes.delete(shapes.keys().next().value!);
  const shape: Shape = { rows: 0, compiled: null };
  shapes.set(name, shape);
  return shape;
}

function compile(columns: readonly string[]): (values: readonly unknown[]) => Row {
  const literal = columns.map((column, index) => `${JSON.stringify(column)}: values[${index}]`).join();

  return new Function("values", `return {${literal}};`) as (values: readonly unknown[]) => Row;
}
