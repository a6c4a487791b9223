import { type Content, type Fields, type RowsField } from "./field.js";

/** A list of a record that names units: units themselves, or rows that each speak of one. */
export interface UnitList {
  name: string;
  /** The field of a row that names its unit; `null` where the entries are the units. */
  within: string | null;
}

type Entry = string | Readonly<Record<string, unknown>>;

/** The field in which each row of a list names the unit that it speaks of; `null` where rows speak of none. */
export function unitWithin({ fields }: RowsField): string | null {
  return Object.keys(fields).find((name) => fields[name]!.type === "unit") ?? null;
}

/** The lists in which a record names units. */
export function unitListsOf(fields: Fields): UnitList[] {
  return Object.entries(fields).flatMap(([name, field]): UnitList[] => {
    if (field.type === "units") return [{ name, within: null }];
    const within = field.type === "rows" ? unitWithin(field) : null;
    return within === null ? [] : [{ name, within }];
  });
}

/**
 * The content with a unit in the place of another, of which it turns out to be the same; `null` where it says something else of the two, so that nobody
 * knows which holds.
 */
export function joining(fields: Fields, content: Content, from: string, to: string): Content | null {
  const lists = unitListsOf(fields).map((list) => {
    const entries = entriesOf(content, list);
    const saidOf = (of: string) => entries.filter(({ unit }) => unit === of).map(({ entry }) => JSON.stringify(naming(entry, list, to)));
    return { list, entries, old: saidOf(from), known: saidOf(to) };
  });
  const namesBoth = lists.some(({ old, known }) => old.length > 0 && known.length > 0);
  if (namesBoth && lists.some(({ list, old, known }) => list.within !== null && old.join() !== known.join())) return null;
  const joined = lists.map(({ list, entries, known }) => {
    const kept = entries.filter(({ unit }) => unit !== from || known.length === 0);
    return [list.name, kept.map(({ entry, unit }) => (unit === from ? naming(entry, list, to) : entry))];
  });
  return { ...content, ...Object.fromEntries(joined) } as Content;
}

/** The entries of such a list, each with its unit: its id, or what the caller wrote. */
export function entriesOf(content: Content, { name, within }: UnitList): { entry: Entry; unit: string }[] {
  const entries = content[name] as unknown as Entry[];
  return entries.map((entry) => ({ entry, unit: (typeof entry === "string" ? entry : entry[within!]) as string }));
}

/** An entry with its unit named otherwise. */
export function naming(entry: Entry, { within }: UnitList, unit: string): Entry {
  return typeof entry === "string" ? unit : { ...entry, [within!]: unit };
}
