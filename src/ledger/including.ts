import { INCLUDING_KINDS } from "../domain/counting/measures.js";
import { includesPredecessors } from "../domain/records/predecessors.js";
import { type StoredRecord } from "../domain/records/record.js";
import type { Stores } from "../storage/stores/stores.js";

/** A report as far as it says whether it includes predecessors. */
type Saying = Pick<StoredRecord, "unitId" | "kind" | "schoolYear" | "content">;

/** Reads the reports of units that may say so, as they are to count. */
export type ReportsOf = (unitIds: readonly string[]) => Promise<readonly Saying[]>;

/** Those that stand. */
export function reportsNow(stores: Stores): ReportsOf {
  return async (unitIds) => {
    const held = await stores.records.heldBy(unitIds, INCLUDING_KINDS);
    return held.flatMap(({ subjectId, record }) => (record.unitId === subjectId ? [record] : []));
  };
}

/** Which units say, in which report of which school year, that it includes what the units did that they followed. */
export class Including {
  private readonly said = new Set<string>();

  constructor(reports: readonly Saying[]) {
    for (const report of reports) this.put(report, report);
  }

  has(place: Omit<Saying, "content">): boolean {
    return this.said.has(keyOf(place));
  }

  /** Takes in what a report says from now on; `null`: it is gone. */
  put(place: Omit<Saying, "content">, report: Pick<Saying, "content"> | null): void {
    if (report && includesPredecessors(report.content)) this.said.add(keyOf(place));
    else this.said.delete(keyOf(place));
  }
}

const keyOf = ({ unitId, kind, schoolYear }: Omit<Saying, "content">) => `${unitId} ${kind} ${schoolYear ?? ""}`;
