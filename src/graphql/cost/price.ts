import { type GraphQLField } from "graphql";
import { Extensions } from "type-graphql";
import { type BranchWork } from "./branch-work.js";
import { type Args, rowsOf } from "./by-arguments.js";

/**
 * What a field costs, in points of ten microseconds, besides what is selected below it: processor time that was measured (server and
 * embedded database in one process, the demonstration and the province of `npm run bench`), settled in the end (`npm run bench:prices`).
 */
export interface Price {
  /** The field itself, once; a value or an object out of a loaded row unless given. */
  points?: number | ((args: Args) => number);
  /** For each unit of the caller's branch, of which as many are looked at: more than a part of it takes. */
  scans?: number | ((args: Args) => number);
  /** Its entries are different units of the branch, so that what lies below them is not more than the branch, a few times. */
  inBranch?: true;
  /** What it does besides to all units of whole branches. */
  branches?: (args: Args) => readonly BranchWork[];
  /** Of a batch, what a row costs besides its values and the units that it names. */
  row?: (row: unknown) => number;
  /** How many entries its list has, or how many entries stand in the page or batch that it answers, where its arguments say that otherwise than by `first` or `last`. */
  entries?: number | ((args: Args) => number);
  /** Its list is as long as the field above it says: the entries of a page, the rows of a batch. */
  paged?: true;
  /** How many entries a list without pages has at most: what the law, a catalogue or the intake bounds. What can grow beyond is a page. */
  most?: number;
}

/** Why an object, or what a function works out, costs no more than a value out of a loaded row. */
export const FREE = {
  HELD: "It stands in the object whose field it is.",
  MADE: "It is made of what that object holds, or of what stands in the code.",
  BATCHED: "It is read by a loader, for all objects of a request at once, and what reads them is in the price of each entry.",
  PAGED: "What it takes is in the price of the entries of its page.",
} as const;

interface FieldExtensions {
  price?: Price;
  free?: keyof typeof FREE;
}

/** Declares the price of a field. Every list and object, and whatever a function works out, has one or is free, as a test holds. */
export const Costs = (price: Price) => Extensions({ price } satisfies FieldExtensions);
/** Declares that a field has no price of its own, and why. */
export const Free = (free: keyof typeof FREE) => Extensions({ free } satisfies FieldExtensions);

export function priceOf({ extensions }: Pick<GraphQLField<unknown, unknown>, "extensions">): Price | undefined {
  return (extensions as FieldExtensions).price;
}

/** Whether somebody has said what a field costs, or why nothing. */
export function isPriced({ extensions }: Pick<GraphQLField<unknown, unknown>, "extensions">): boolean {
  const { price, free } = extensions as FieldExtensions;
  return price !== undefined || free !== undefined;
}

/** A value that is read out of a loaded row. */
export const LEAF = 0.15;
/** An object that is made around loaded values. */
export const OBJECT = 0.2;
/** A row of a list: read, made and numbered. */
export const ENTRY = 3.5;
/** How many entries there are of any list. */
export const TOTAL_COUNT = 60;
/** A mutation: a record with its dossier, its findings and the ledger above it. */
export const CHANGE = 400;
/** A row of a batch. */
export const ROW = 150;
/** A unit that a change names in a list, as the schools of an agreement: each has figures that it may move. */
export const NAMED = 30;
/** A directive, besides what it does to the units of its branch. */
export const DIRECTIVE = 1_000;
/** Finding out what of a vintage is others today; once for all that is asked of it in a request. */
export const COMPARISON = 15_000;
/** What is wrong with a change, and the hints beside it: a few things, where anything is. More only follows from more that is sent, and that is paid for. */
export const PROBLEMS = 3;

/** The price of a batch out of that of its rows. */
export function batch(row: (row: unknown) => number): Price {
  return {
    row,
    points: (args) => rowsOf(args).reduce((sum: number, one) => sum + row(one), CHANGE),
    entries: (args) => rowsOf(args).length,
  };
}
