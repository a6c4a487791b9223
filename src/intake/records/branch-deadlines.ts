import { type LateFact } from "../../domain/counting/known-late.js";
import { type Day } from "../../domain/ground/day.js";
import { indicatorKeys } from "../../domain/figures/catalogue.js";
import { deadlineUndirected } from "../../domain/figures/judged-until.js";
import { deadlineExtension } from "../../domain/records/kinds/deadline-extension.js";
import { settingsInForce } from "../../domain/records/kinds/settings-in-force.js";
import { DirectivesOver } from "../../ledger/settings-over.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type StoredRecord } from "../../domain/records/record.js";
import { isDirecting } from "./record-change.js";
import { type Reading } from "./reading.js";

/**
 * Which deadlines hold in the branches of units that are to be given later ones: of each indicator the nearest directive's, else that of the law or
 * of the reporting period. Read once for all rows of a batch, row after row as directives among them leave it.
 */
export class BranchDeadlines {
  private constructor(private readonly directives: DirectivesOver | null) {}

  /** For records that extend none. */
  static readonly none = new BranchDeadlines(null);

  /** In three statements; in none where no row extends a deadline. */
  static async of(stores: Stores, readings: readonly Reading[]): Promise<BranchDeadlines> {
    const places = readings.flatMap(({ kind, unitId, year }) =>
      kind.key === deadlineExtension.key && unitId && year ? [{ unitId, schoolYear: year.label }] : [],
    );
    return places.length > 0 ? new BranchDeadlines(await DirectivesOver.of(stores, places)) : this.none;
  }

  /** By indicator, where the record is of the kind that extends them. */
  over(unitId: string, { kind, year }: Pick<Reading, "kind" | "year">): ReadonlyMap<string, Day> {
    if (!this.directives || !year || kind.key !== deadlineExtension.key) return new Map();
    const { settings, line } = this.directives.at({ unitId, schoolYear: year.label });
    const { deadlines } = settingsInForce(settings, line, year.label);
    const held = indicatorKeys.withDeadline.flatMap((key): [string, Day][] => {
      const day = deadlines.get(key)?.deadline ?? deadlineUndirected(key, year);
      return day === null ? [] : [[key, day]];
    });
    return new Map(held);
  }

  /** Lets later rows of the same batch be judged on what a directive leaves. */
  accept(record: StoredRecord, late: readonly Omit<LateFact, "factId">[]): void {
    if (isDirecting(record)) this.directives?.accept(record, late);
  }
}
