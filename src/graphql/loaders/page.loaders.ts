import DataLoader from "dataloader";
import { type StoredRecord, type RecordFilter } from "../../domain/records/record.js";
import { type UnitVersion } from "../../domain/tree/unit-version.js";
import type { Database } from "../../storage/database/database.js";
import type { Stores } from "../../storage/stores/stores.js";
import type { MergedUnit } from "../../domain/tree/unit-view.js";
import type { Slice } from "../../domain/ground/slice.js";

/** What a list of a unit has: those of its entries that pass the filter. */
export interface ListKey<F> {
  unitId: string;
  filter: F;
}

export interface PageKey<F> extends ListKey<F> {
  slice: Slice;
}

type PageLoader<F, T> = DataLoader<PageKey<F>, T[], string>;
type CountLoader<F> = DataLoader<ListKey<F>, number, string>;

export interface RecordPages {
  page: PageLoader<RecordFilter, StoredRecord>;
  count: CountLoader<RecordFilter>;
}

/** Pages of the records of many units. */
export function recordPageLoaders(database: Database): RecordPages {
  return {
    page: pageLoader(database, ({ recordPages }, ids, filter, slice) => recordPages.pages(ids, filter, slice)),
    count: countLoader(database, ({ recordPages }, ids, filter) => recordPages.counts(ids, filter)),
  };
}

export interface UnitVersionPages {
  page: PageLoader<null, UnitVersion>;
  count: CountLoader<null>;
  /** The duplicates that were joined to units: each has versions of its own. */
  duplicates: DataLoader<string, MergedUnit[]>;
}

/** Pages of the versions of many units. */
export function unitVersionLoaders(database: Database): UnitVersionPages {
  return {
    page: pageLoader(database, ({ unitVersions }, ids, _, slice) => unitVersions.pages(ids, slice)),
    count: countLoader(database, ({ unitVersions }, ids) => unitVersions.counts(ids)),
    duplicates: new DataLoader((ids) =>
      database.read(async ({ mergedUnits }) => {
        const found = await mergedUnits.of(ids);
        return ids.map((id) => found.get(id) ?? []);
      }),
    ),
  };
}

/** Pages of lists of many units, in one statement for all that are asked for alike. */
function pageLoader<F, T>(
  database: Database,
  read: (stores: Stores, unitIds: string[], filter: F, slice: Slice) => Promise<Map<string, T[]>>,
): PageLoader<F, T> {
  const words = ({ filter, slice }: PageKey<F>) => JSON.stringify([filter, slice]);
  return new DataLoader(
    (keys) => alike<PageKey<F>, T[]>(database, keys, words, [], (stores, ids, { filter, slice }) => read(stores, ids, filter, slice)),
    { cacheKeyFn: (key) => `${key.unitId} ${words(key)}` },
  );
}

/** How long those lists are. */
function countLoader<F>(
  database: Database,
  read: (stores: Stores, unitIds: string[], filter: F) => Promise<Map<string, number>>,
): CountLoader<F> {
  const words = ({ filter }: ListKey<F>) => JSON.stringify(filter);
  return new DataLoader(
    (keys) => alike<ListKey<F>, number>(database, keys, words, 0, (stores, ids, { filter }) => read(stores, ids, filter)),
    {
      cacheKeyFn: (key) => `${key.unitId} ${words(key)}`,
    },
  );
}

/** Reads for all units at once what is asked of them in the same words. `none`: what a unit has of which nothing was read. */
function alike<K extends { unitId: string }, T>(
  database: Database,
  keys: readonly K[],
  wordsOf: (key: K) => string,
  none: T,
  read: (stores: Stores, unitIds: string[], key: K) => Promise<Map<string, T>>,
): Promise<T[]> {
  const words = keys.map(wordsOf);
  const groups = new Map<string, { key: K; unitIds: string[] }>();
  for (const [index, key] of keys.entries()) {
    const group = groups.get(words[index]!);
    if (group) group.unitIds.push(key.unitId);
    else groups.set(words[index]!, { key, unitIds: [key.unitId] });
  }
  return database.read(async (stores) => {
    const found = new Map<string, Map<string, T>>();
    for (const [word, { key, unitIds }] of groups) found.set(word, await read(stores, unitIds, key));
    return keys.map(({ unitId }, index) => found.get(words[index]!)!.get(unitId) ?? none);
  });
}
