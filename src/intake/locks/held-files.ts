import { account } from "../../domain/counting/measures.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { difference, isZero } from "../../domain/counting/tally.js";
import { DOSSIER_KINDS, dossierOf, heldIn } from "../../ledger/assess.js";
import { type Grounds, groundsOf } from "../../ledger/grounds.js";
import { figures } from "../../ledger/posting.js";
import type { Stores } from "../../storage/stores/stores.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { holds, type RecordChange } from "../records/record-change.js";
import type { FiledRecord } from "../../domain/findings/unit-file.js";

/** What a record that is not stored yet has in no figure. */
const NEW = { recordId: "", version: 0, recordedAt: new Date(0), provenance: "REPORTED" } as const;

/** What a change of a record that counts in many years does to a unit in one of them. */
export interface Effect {
  /** What it was before makes a figure there. */
  counted: boolean;
  /** It makes another figure there, if it counts there. */
  changes: boolean;
}

/** The files of units, with which figures are worked out as they would be, row after row of a batch. */
export class HeldFiles {
  private constructor(
    private readonly grounds: Grounds,
    private readonly records: Map<string, FiledRecord[]>,
  ) {}

  static async of(stores: Stores, subjects: readonly string[]): Promise<HeldFiles> {
    const records = new Map<string, FiledRecord[]>(subjects.map((subject) => [subject, []]));
    for (const { subjectId, record } of await stores.records.heldBy(subjects, DOSSIER_KINDS))
      records.get(subjectId)?.push(heldIn(subjectId, record));
    return new HeldFiles(await groundsOf(stores, subjects), records);
  }

  /** What a change does to a unit in a year. */
  effect({ before, after }: RecordChange, unitId: string, year: SchoolYear): Effect {
    const others = (this.records.get(unitId) ?? []).filter(({ recordId }) => recordId !== before?.recordId);
    const then = holds(before, unitId) ? [...others, heldIn(unitId, before)] : others;
    const now = holds(after, unitId) ? [...others, heldIn(unitId, { ...NEW, ...after })] : others;
    return { counted: this.differ(unitId, year, others, then), changes: this.differ(unitId, year, then, now) };
  }

  /** Lets later rows be judged on what this one leaves. `late`: whether it does not count for a unit in a year. */
  accept({ before, after }: RecordChange, recordId: string, late: readonly { unitId: string; schoolYear: string }[]): void {
    for (const unitId of new Set([before, after].flatMap((one) => (one ? subjectsOf(one) : [])))) {
      const others = this.records.get(unitId)?.filter((record) => record.recordId !== before?.recordId);
      if (!others) continue;
      this.records.set(unitId, holds(after, unitId) ? [...others, heldIn(unitId, { ...NEW, ...after, recordId })] : others);
    }
    this.grounds.late.replace(recordId, late);
  }

  /** Whether a unit adds something else to the figures of a school year with other records; how many there are is no figure. */
  private differ(unitId: string, year: SchoolYear, some: readonly FiledRecord[], others: readonly FiledRecord[]): boolean {
    const history = this.grounds.histories.get(unitId);
    if (!history || some === others) return false;
    const tally = (records: readonly FiledRecord[]) => {
      const dossier = dossierOf(history, year, this.grounds, records);
      return dossier ? figures(account(dossier).tally) : {};
    };
    return !isZero(difference(tally(some), tally(others)));
  }
}
