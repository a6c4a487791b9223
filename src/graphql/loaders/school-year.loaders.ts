import DataLoader from "dataloader";
import { grouped } from "../../domain/ground/grouped.js";
import { type SchoolYearVersion } from "../../domain/tree/school-year-version.js";
import type { Database } from "../../storage/database/database.js";
import type { Slice } from "../../domain/ground/slice.js";

interface PageKey {
  label: string;
  slice: Slice;
}

/** Versions of school years: pages, and how many there are. */
export interface SchoolYearVersionPages {
  page: DataLoader<PageKey, SchoolYearVersion[], string>;
  count: DataLoader<string, number>;
}

export function schoolYearVersionLoaders(database: Database): SchoolYearVersionPages {
  return {
    page: new DataLoader(
      (keys) =>
        database.read(async ({ schoolYearVersions }) => {
          const found = new Map<string, Map<string, SchoolYearVersion[]>>();
          const bySlice = grouped(
            keys,
            ({ slice }) => JSON.stringify(slice),
            (key) => key,
          );
          for (const [name, alike] of bySlice)
            found.set(
              name,
              await schoolYearVersions.pages(
                alike.map(({ label }) => label),
                alike[0]!.slice,
              ),
            );
          return keys.map(({ label, slice }) => found.get(JSON.stringify(slice))?.get(label) ?? []);
        }),
      { cacheKeyFn: ({ label, slice }) => `${label} ${JSON.stringify(slice)}` },
    ),
    count: new DataLoader((labels) =>
      database.read(async ({ schoolYearVersions }) => {
        const counts = await schoolYearVersions.counts(labels);
        return labels.map((label) => counts.get(label) ?? 0);
      }),
    ),
  };
}
