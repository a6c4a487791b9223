import DataLoader from "dataloader";
import { type VoidUnit } from "../../domain/tree/unit-version.js";
import type { Database } from "../../storage/database/database.js";

export type VoidUnitLoader = DataLoader<string, VoidUnit | null>;

/** Units that were made void, by their ids. */
export function voidUnitLoader(database: Database): VoidUnitLoader {
  return new DataLoader((ids) =>
    database.read(async ({ unitVersions }) => {
      const units = await unitVersions.voided(ids);
      return ids.map((id) => units.get(id) ?? null);
    }),
  );
}
