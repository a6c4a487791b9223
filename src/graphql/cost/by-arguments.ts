import { indicators } from "../../domain/figures/catalogue.js";

/** The arguments of a field as they were given: of lists and objects in a document the parts that are there. */
export type Args = Readonly<Record<string, unknown>>;

/** For each unit of the branch: under today's tree nothing is summed beforehand. */
export function scansOfToday(args: Args): number {
  return isToday(args) ? 0.2 : 0;
}

/** For each unit of the branch: those of the lower levels are many, and each has a figure to be ranked by. */
export function scansOfLevel({ level }: Args): number {
  return level === "SCHOOL" || level === "GRASSROOTS" ? 1.2 : 0.02;
}

/** A rollup; under today's tree more. */
export function pointsOfRollup(args: Args): number {
  return 3 + (isToday(args) ? 10 : 0);
}

function isToday({ tree }: Args): boolean {
  return tree === "TODAY";
}

/** Orders and limits by an indicator compute it for every unit of the list. */
export function looksIntoLedger({ orderBy, filter }: Args): boolean {
  const orders = [orderBy].flat() as ({ by?: unknown } | null | undefined)[];
  return orders.some((order) => order?.by === "INDICATOR") || Boolean((filter as Args | null | undefined)?.["indicator"]);
}

/** From "2022-2023" to "2024-2025" are three; a text that is no school year will be refused. */
export function yearsOf({ from, to }: Args): number {
  const years = Number.parseInt(String(to), 10) - Number.parseInt(String(from), 10) + 1;
  return Number.isNaN(years) ? 1 : Math.min(Math.max(years, 1), 100);
}

export function indicatorsOf({ keys }: Args): number {
  return Math.min(sizeOf(keys ?? indicators), indicators.length);
}

/** The rows of a batch: the longest list of its input, whose other fields are words. GraphQL takes a single row for a list of it. */
export function rowsOf({ input }: Args): readonly unknown[] {
  const lists = Object.values(Object(input) as Args).map((value) => (typeof value === "object" && value !== null ? [value].flat() : []));
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}

/** How many entries a list has; GraphQL takes a single one for a list of it. */
export function sizeOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 1;
}
