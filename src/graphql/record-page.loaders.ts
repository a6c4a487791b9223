import DataLoader from "dataloader";
import { type StoredRecord } from "../domain/records/record.js";
import type { Database } from "../storage/database.js";
import type { RecordFilter } from "../storage/record-page.reader.js";
import type { Slice } from "../storage/slice.js";
import type { Stores } from "../storage/stores.js";

/** The records of a unit that a list has. */
export interface RecordListKey {
  unitId: string;
  filter: RecordFilter;
}

export interface RecordPageKey extends RecordListKey {
  slice: Slice;
}

/** Pages of the records of many units, in one statement for all that are asked for alike. */
export function recordPageLoader(database: Database): DataLoader<RecordPageKey, StoredRecord[], string> {
  const name = (key: RecordPageKey) => JSON.stringify([key.unitId, key.filter, key.slice]);
  return new DataLoader(
    (keys) =>
      alike(
        database,
        keys,
        ({ filter, slice }) => JSON.stringify([filter, slice]),
        [],
        (stores, ids, { filter, slice }) => stores.recordPages.pages(ids, filter, slice),
      ),
    { cacheKeyFn: name },
  );
}

/** How many records those lists have. */
export function recordCountLoader(database: Database): DataLoader<RecordListKey, number, string> {
  const name = (key: RecordListKey) => JSON.stringify([key.unitId, key.filter]);
  return new DataLoader(
    (keys) =>
      alike(
        database,
        keys,
        ({ filter }) => JSON.stringify(filter),
        0,
        (stores, ids, { filter }) => stores.recordPages.counts(ids, filter),
      ),
    { cacheKeyFn: name },
  );
}

/** Reads for all units at once what is asked of them in the same words. `none`: what a unit has of which nothing was read. */
function alike<K extends RecordListKey, T>(
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
