import { type Finding } from "../../domain/findings/finding.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { inStretches, mapInStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { type Batch, changeOf, type RowResult, type StoredRow } from "./batch.js";
import { type Change } from "../../work/change.js";
import { BranchDeadlines } from "./branch-deadlines.js";
import { keepUnknownDays } from "./unknown-days.js";
import { knownLateHint, Names, rejudgedHint } from "../hints.js";
import { Locks } from "../locks/locks.js";
import { permitted } from "../permission.js";
import { Predecessors } from "./predecessors.js";
import { subjectsOf } from "../../domain/records/subjects.js";
import { needsGateAlone } from "./record-change.js";
import { contextOf, record } from "./recording.js";
import { repostFor } from "./reposting.js";
import { Holding } from "./holding.js";
import { nameSchools, PeopleCounted } from "./people-counted.js";
import { formerSubjects, lockOtherSubjects } from "../locks/subject-locks.js";
import { identitiesOf, isWithdrawal, type Reading, readRows, type RowDraft } from "./reading.js";
import { keepUnseenUnits } from "./unseen-units.js";
import { takeBack, versionsRead } from "./withdraw.js";

/**
 * Takes in records, and takes them back: one, or a batch of any kinds, row by row. A refused row stores nothing and hinders no other. In the
 * order of the locks: the gate, the units, then the ledger, last before the commit.
 */
export function submit(stores: Stores, change: Change, rows: readonly RowDraft[]): Promise<RowResult[]> {
  return permitted(
    change,
    rows,
    ({ kind }) => kindOf(kind).deed,
    { record: null, findings: [] },
    (allowed) => submitAll(stores, change, allowed),
  );
}

async function submitAll(stores: Stores, change: Change, rows: readonly RowDraft[]): Promise<RowResult[]> {
  if (rows.some(({ kind }) => needsGateAlone(kindOf(kind)))) await stores.gate.alone();
  else await stores.gate.share();
  const years = await stores.schoolYears.all();
  const readings = await readRows(stores, change, rows, years);
  const schools = await nameSchools(stores, readings);
  const unknown = readings.filter(({ identity }) => identity === null);
  const named = [...new Set(unknown.flatMap(({ kind, content, unitId }) => [...(unitId ? [unitId] : []), ...kind.covered(content)]))];
  const seesLines = readings.some(({ kind }) => kind.seesLines);
  const histories = await stores.units.histories(seesLines ? await stores.units.withAncestors(named) : named);
  const findings = await findingsFor(stores, unknown);
  const deadlines = await BranchDeadlines.of(stores, unknown);
  const predecessors = await Predecessors.of(stores, readings, years);
  const facts = { change, years, histories, findings, deadlines, predecessors };
  await inStretches(unknown, complete, stores.pause);
  const reporting = readings.flatMap(({ unitId }) => unitId ?? []);
  const ids = [...new Set([...named, ...reporting, ...(await formerSubjects(stores, readings)), ...predecessors.ids])];
  await stores.units.lock(ids);
  await predecessors.read(stores, change);
  const present = await stores.records.byIdentity(readings.flatMap(identitiesOf));
  await lockOtherSubjects(stores, [...present.values()], ids);
  const recording = readings.filter(({ asked }) => !isWithdrawal(asked));
  await keepUnseenUnits(stores, change, recording, present);
  keepUnknownDays(recording, present);
  const changes = readings.map((reading) => changeOf({ present }, reading));
  const locks = await Locks.on(stores, change, changes, facts);
  const holding = await Holding.of(
    stores,
    changes.flatMap(({ after }) => after ?? []),
  );
  const counted = await PeopleCounted.of(stores, change, changes, schools);
  const read = await versionsRead(stores, readings, present);

  const stored = new Map<string, StoredRow>();
  const batch: Batch = { ...facts, stores, present, locks, holding, counted, stored };
  const decide = async (reading: Reading) =>
    isWithdrawal(reading.asked) ? takeBack(batch, reading, reading.asked, read) : record(batch, reading, reading.asked);
  const results = await mapInStretches(readings, decide, stores.pause);
  await save(batch);
  return withHints(stores, change, results, [...stored.values()]);

  function complete(reading: Reading) {
    const unit = reading.unitId ? histories.get(reading.unitId) : undefined;
    if (unit) reading.content = reading.kind.complete(reading.content, contextOf(facts, unit, reading));
  }
}

async function save({ stores, years, locks, stored }: Batch): Promise<void> {
  const all = [...stored.values()];
  if (all.length === 0) return;
  await stores.records.save(all.map(({ record, before }) => ({ record, isNew: before === null, subjects: subjectsOf(record) })));
  const marks = all.flatMap(({ record: { recordId: factId }, judgement }) => judgement.late.map((place) => ({ factId, ...place })));
  const marked = all.flatMap(({ record: { recordId } }) => (locks.marksOf(recordId).length > 0 ? [recordId] : []));
  await stores.knownLate.replace(marked, marks);
  const touched = await repostFor(
    stores,
    all.flatMap(({ record, before }) => (before ? [record, before] : [record])),
    years,
    all.flatMap(({ judgement }) => judgement.judged),
  );
  await locks.expectKept(touched);
}

/** Answers with what each stored record does besides, and does not. */
async function withHints(stores: Stores, change: Change, results: RowResult[], stored: readonly StoredRow[]): Promise<RowResult[]> {
  const told = new Map(stored.map(({ record, judgement }) => [record, judgement]));
  const names = await Names.of(
    stores,
    change,
    stored.flatMap(({ judgement }) => judgement.late),
  );
  return results.map((result) => {
    const { late, rejudged } = (result.record && told.get(result.record)) ?? { late: [], rejudged: 0 };
    const about = [...new Set([...result.about, ...names.toldOf(late)])];
    return { ...result, about, hints: [...knownLateHint(names.listed(late)), ...rejudgedHint(rejudged)] };
  });
}

/** What is found in the units whose findings are to be acknowledged. */
async function findingsFor(stores: Stores, readings: readonly Reading[]): Promise<Map<string, Finding[]>> {
  const units = readings.flatMap(({ kind, unitId }) => (kind.touches === "FINDINGS" && unitId ? [unitId] : []));
  const found = new Map<string, Finding[]>(units.map((unitId) => [unitId, []]));
  for (const finding of await stores.findings.ofUnits(units)) found.get(finding.unitId)?.push(finding);
  return found;
}
