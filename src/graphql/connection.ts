import { type ClassType, Field, Int, ObjectType } from "type-graphql";
import { fault } from "./faults.js";

/** The largest page. */
const MOST = 500;

@ObjectType({ description: "Where a page ends and whether there is more (Relay).", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage: boolean;
  @Field(() => Boolean, { description: "Whether this page continues an earlier one." })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: "Cursor of the first entry of this page." })
  startCursor: string | null;
  @Field(() => String, { nullable: true, description: "Give it as `after` to continue." })
  endCursor: string | null;
}

/** A page of a list, with the position of each entry. */
export interface Page<T> {
  edges: { node: T; cursor: string }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount(): Promise<number> | number;
}

/** The connection types of a node type (Relay): edges, nodes, pageInfo and totalCount. */
export function connectionOf<T extends object>(name: string, node: () => ClassType<T> | object, what: string): ClassType<Page<T>> {
  @ObjectType(`${name}Edge`, { description: "An entry of a page with its cursor.", simpleResolvers: true })
  class Edge {
    @Field(node as () => ClassType)
    node: T;
    @Field(() => String)
    cursor: string;
  }
  @ObjectType(`${name}Connection`, { description: what, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge])
    edges: Edge[];
    @Field(() => [node() as ClassType], { description: "The entries without their cursors." })
    nodes: T[];
    @Field(() => PageInfo)
    pageInfo: PageInfo;
    @Field(() => Int, { description: "How many there are in all pages together." })
    totalCount: () => Promise<number> | number;
  }
  return Connection as unknown as ClassType<Page<T>>;
}

export type SortValue = string | number | null;

/** Which page of a list is asked for. */
export interface Paging {
  /** Names the list and its order; it is in every cursor, so that one of another list is refused. */
  order: string;
  size: number;
  /** The page begins after the entry with this key. */
  after: SortValue[] | null;
}

/** Reads what a caller says of a page: 1 to 500 entries, because a page of a million would hold everybody up. */
export function pagingOf(order: string, parts: number, first: number, after: string | null | undefined): Paging {
  if (first < 1 || first > MOST) throw fault("BAD_USER_INPUT", `first is ${first}; expected 1 to ${MOST}.`);
  return { order, size: first, after: after === null || after === undefined ? null : keyOfCursor(order, parts, after) };
}

/** The key of a list that the database sorts by a text, then by id. */
export function keyset({ after }: Paging): { key: string; id: string } | null {
  return after && { key: String(after[0]), id: String(after[1]) };
}

/** A page out of one entry more than it holds. */
export function pageOf<R, T>(
  rows: readonly R[],
  { order, size, after }: Paging,
  nodeOf: (row: R) => T,
  keyOf: (row: R) => readonly SortValue[],
  total: () => Promise<number> | number,
): Page<T> {
  const edges = rows.slice(0, size).map((row) => ({ node: nodeOf(row), cursor: cursorOf(order, keyOf(row)) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: total,
  };
}

function cursorOf(order: string, key: readonly SortValue[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString("base64url");
}

function keyOfCursor(order: string, parts: number, cursor: string): SortValue[] {
  try {
    const [name, ...key] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if (name === order && key.length === parts && key.every(isSortValue)) return key;
  } catch {
    // Not a cursor: refused below.
  }
  throw fault(
    "BAD_USER_INPUT",
    "after is not a cursor of this list; give the endCursor of the page before, unchanged, with the same order.",
  );
}

function isSortValue(part: unknown): part is SortValue {
  return part === null || typeof part === "string" || typeof part === "number";
}
