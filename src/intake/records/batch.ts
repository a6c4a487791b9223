import { type Finding, type RecordFinding } from "../../domain/findings/finding.js";
import { type UnitHistory } from "../../domain/tree/history.js";
import { identityKey, type StoredRecord } from "../../domain/records/record.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Change, type Result } from "../../work/change.js";
import { type BranchDeadlines } from "./branch-deadlines.js";
import { type Holding } from "./holding.js";
import { type Judgement } from "../locks/judgement.js";
import { type Locks } from "../locks/locks.js";
import { type Predecessors } from "./predecessors.js";
import { type PeopleCounted } from "./people-counted.js";
import { identityOf, isWithdrawal, type Reading } from "./reading.js";
import { type RecordChange } from "./record-change.js";

/** What became of one row. `record` is what is stored now; of a refused correction or withdrawal, what stands against it. */
export interface RowResult extends Result {
  record: StoredRecord | null;
  findings: RecordFinding[];
}

/** A row that is to be stored. */
export interface StoredRow {
  record: StoredRecord;
  before: StoredRecord | null;
  judgement: Judgement;
}

/** What the rows of a batch are judged by, each on what the accepted ones before it leave. */
export interface Batch {
  stores: Stores;
  change: Change;
  years: readonly SchoolYear[];
  /** The units that the rows name, by id. */
  histories: ReadonlyMap<string, UnitHistory>;
  /** What is found in the units whose findings are to be acknowledged. */
  findings: ReadonlyMap<string, Finding[]>;
  /** The deadlines of the branches of units that are to be given later ones. */
  deadlines: BranchDeadlines;
  /** What reports say of the units that theirs followed. */
  predecessors: Predecessors;
  /** The records as they stood before the batch, by identity. */
  present: ReadonlyMap<string, StoredRecord>;
  locks: Locks;
  holding: Holding;
  counted: PeopleCounted;
  /** What is to be stored so far, by identity. */
  stored: Map<string, StoredRow>;
}

/** A record as it stands, and as it is about to stand. */
export function changeOf({ present }: Pick<Batch, "present">, reading: Reading): RecordChange {
  const identity = identityOf(reading, present);
  const before = (identity && present.get(identityKey(identity))) ?? null;
  const after = identity && !isWithdrawal(reading.asked) ? { ...identity, content: reading.content } : null;
  return { before: before?.state === "STANDING" ? before : null, after };
}

/** Takes a row in, to be stored, and lets those after it be judged on what it leaves. */
export function accept({ stored, locks, holding, predecessors, counted, deadlines }: Batch, asked: RecordChange, row: StoredRow): void {
  stored.set(identityKey(row.record), row);
  locks.accept(asked, row.record, row.judgement.late);
  deadlines.accept(row.record, row.judgement.late);
  predecessors.accept(asked, row.record);
  holding.accept(asked.before, asked.after && row.record);
  counted.accept({ before: asked.before, after: asked.after && row.record });
}
