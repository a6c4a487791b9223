import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { PAGE_LIMITS } from "../../domain/ground/limits.js";
import { Costs, Free, TOTAL_COUNT } from "../cost/price.js";
import { cursorOf, type KeyPart, readCursor, type SortValue } from "./cursor.js";
import { fault } from "./faults.js";
import type { Slice } from "../../domain/ground/slice.js";

/** What every list takes. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How long the page is, from the start or from after: 1 to ${PAGE_LIMITS.longest}; ${PAGE_LIMITS.usual} without first and last.`,
  })
  first?: number | null;
  @Field(() => String, { nullable: true, description: "Only what comes after this cursor: to go on, the endCursor of the page before." })
  after?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: `How long the page is, from the end or up to before: 1 to ${PAGE_LIMITS.longest}; not together with first.`,
  })
  last?: number | null;
  @Field(() => String, {
    nullable: true,
    description: "Only what comes before this cursor: to go back, the startCursor of the page after.",
  })
  before?: string | null;
}

@ObjectType({ description: "Where a page ends and whether there is more (Relay).", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage: boolean;
  @Field(() => Boolean, { description: "Whether there is more before this page." })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: "Give it as `before` to go back." })
  startCursor: string | null;
  @Field(() => String, { nullable: true, description: "Give it as `after` to go on." })
  endCursor: string | null;
}

/** A page of a list, with the position of each entry. */
export interface Page<T> {
  edges(): { node: T; cursor: string }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount(): Promise<number> | number;
}

/** The connection types of a node type (Relay): edges, nodes, pageInfo and totalCount. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T> | object, what: string): ClassType<Page<T>> {
  @ObjectType(`${name}Edge`, { description: "An entry of a page with its cursor.", simpleResolvers: true })
  class Edge {
    @Free("HELD")
    @Field(node as () => ClassType)
    node: T;
    @Field(() => String)
    cursor: string;
  }
  @ObjectType(`${name}Connection`, { description: what, simpleResolvers: true })
  class Connection {
    @Costs({ paged: true })
    @Field(() => [Edge])
    edges: () => Edge[];
    @Costs({ paged: true })
    @Field(() => [node() as ClassType], { description: "The entries without their cursors." })
    nodes: T[];
    @Free("HELD")
    @Field(() => PageInfo)
    pageInfo: PageInfo;
    @Costs({ points: TOTAL_COUNT })
    @Field(() => Int, { description: "How many there are in all pages together." })
    totalCount: () => Promise<number> | number;
  }
  return Connection as unknown as ClassType<Page<T>>;
}

/** Which page of a list is asked for. */
export interface Paging {
  /** Names the list and its order; it is in every cursor, so that one of another list is refused. */
  order: string;
  size: number;
  /** One entry more than the page holds tells whether there is more. */
  slice: Slice;
}

/**
 * Reads what a caller says of a page: at most `PAGE_LIMITS.longest` entries, because a page of a million would hold everybody up. `key`: of what
 * the sort key of the list is made; a cursor of anything else is refused.
 */
export function pagingOf(order: string, key: readonly KeyPart[], { first, after, last, before }: PageArgs): Paging {
  if (typeof first === "number" && typeof last === "number")
    throw fault("BAD_USER_INPUT", "first and last are both given; expected first (from the start) or last (from the end).");
  const backwards = typeof last === "number";
  const size = last ?? first ?? PAGE_LIMITS.usual;
  if (size < 1 || size > PAGE_LIMITS.longest)
    throw fault("BAD_USER_INPUT", `${backwards ? "last" : "first"} is ${size}; expected 1 to ${PAGE_LIMITS.longest}.`);
  const keyOf = (name: string, cursor: string | null | undefined) =>
    typeof cursor === "string" ? readCursor(name, order, key, cursor) : null;
  return { order, size, slice: { after: keyOf("after", after), before: keyOf("before", before), backwards, limit: size + 1 } };
}

/** What is to be read of a list that is at hand as a whole, sorted by its keys; `directions`: -1 for the keys that run downwards. */
export function slicedRows<R>(
  rows: readonly R[],
  { slice: { after, before, backwards, limit } }: Paging,
  keyOf: (row: R) => readonly SortValue[],
  directions: readonly number[],
): R[] {
  const between = rows.filter(
    (row) => (!after || compareKeys(keyOf(row), after, directions) > 0) && (!before || compareKeys(keyOf(row), before, directions) < 0),
  );
  return (backwards ? between.reverse() : between).slice(0, limit);
}

/** A page out of its rows as they were read, from the end that was asked for, and one more where there is one. */
export function pageOf<R, T>(
  read: readonly R[],
  { order, size, slice: { after, before, backwards } }: Paging,
  nodeOf: (row: R) => T,
  keyOf: (row: R) => readonly SortValue[],
  total: () => Promise<number> | number,
): Page<T> {
  const rows = read.slice(0, size);
  if (backwards) rows.reverse();
  let made: T[] | undefined;
  // When they are asked for: of hundreds of pages that were read at once they would be made in one go.
  const nodes = () => (made ??= rows.map(nodeOf));
  const cursorAt = (row: R) => cursorOf(order, keyOf(row));
  const [start, end] = [rows[0], rows.at(-1)];
  const isMore = read.length > size;
  return {
    edges: () => rows.map((row, index) => ({ node: nodes()[index]!, cursor: cursorAt(row) })),
    get nodes() {
      return nodes();
    },
    pageInfo: {
      hasNextPage: backwards ? before !== null : isMore,
      hasPreviousPage: backwards ? isMore : after !== null,
      startCursor: start === undefined ? null : cursorAt(start),
      endCursor: end === undefined ? null : cursorAt(end),
    },
    totalCount: total,
  };
}

/** A page of a list that is at hand as a whole, in whatever order; `directions`: -1 for the keys that run downwards. */
export function pageOfAll<R, T>(
  rows: readonly R[],
  paging: Paging,
  nodeOf: (row: R) => T,
  keyOf: (row: R) => readonly SortValue[],
  directions: readonly number[],
): Page<T> {
  const sorted = [...rows].sort((a, b) => compareKeys(keyOf(a), keyOf(b), directions));
  return pageOfSorted(sorted, paging, nodeOf, keyOf, directions);
}

/** The same of a list that is in order. */
export function pageOfSorted<R, T>(
  rows: readonly R[],
  paging: Paging,
  nodeOf: (row: R) => T,
  keyOf: (row: R) => readonly SortValue[],
  directions: readonly number[],
): Page<T> {
  return pageOf(slicedRows(rows, paging, keyOf, directions), paging, nodeOf, keyOf, () => rows.length);
}

/** Missing values come last, whichever direction. */
export function compareKeys(a: readonly SortValue[], b: readonly SortValue[], directions: readonly number[]): number {
  for (const [index, direction] of directions.entries()) {
    const [x, y] = [a[index] ?? null, b[index] ?? null];
    if (x === y) continue;
    if (x === null || y === null) return x === null ? 1 : -1;
    return (x < y ? -1 : 1) * direction;
  }
  return 0;
}
