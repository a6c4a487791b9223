import { type Day } from "../../domain/ground/day.js";
import { indicatorKeys } from "../../domain/figures/catalogue.js";
import { deadlineUndirected } from "../../domain/figures/judged-until.js";
import { deadlineExtension } from "../../domain/records/kinds/deadline-extension.js";
import { settingsInForce } from "../../domain/records/kinds/settings-in-force.js";
import { settingsOver } from "../../ledger/settings-over.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { type Reading } from "./reading.js";

/**
 * Which deadlines hold in the branch of each unit that is to be given a later one: of each indicator the nearest directive's, else that of the law or
 * of the reporting period. By "unit school-year", in three statements; in none where no row extends a deadline. `directives`: those that rows before
 * them record, correct or withdraw.
 */
export async function branchDeadlines(
  stores: Stores,
  readings: readonly Reading[],
  directives: readonly StoredRecord[] = [],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Day>>> {
  const places = readings.flatMap(({ kind, unitId, year }) =>
    kind.key === deadlineExtension.key && unitId && year ? [{ unitId, year }] : [],
  );
  if (places.length === 0) return new Map();
  const over = await settingsOver(
    stores,
    places.map(({ unitId, year: { label } }) => ({ unitId, schoolYear: label })),
    directives,
  );
  return new Map(
    places.map(({ unitId, year }, index) => {
      const { settings, line } = over[index]!;
      const { deadlines } = settingsInForce(settings, line, year.label);
      const held = indicatorKeys.withDeadline.flatMap((key): [string, Day][] => {
        const day = deadlines.get(key)?.deadline ?? deadlineUndirected(key, year);
        return day === null ? [] : [[key, day]];
      });
      return [`${unitId} ${year.label}`, new Map(held)];
    }),
  );
}
