import { v7 as newId } from "uuid";
import { findingsOfRecord } from "../domain/findings/examination.js";
import { type Finding, type RecordFinding } from "../domain/findings/finding.js";
import { type UnitHistory, lives } from "../domain/history.js";
import { indicatorKeys } from "../domain/indicators/catalogue.js";
import { type Problem, problem } from "../domain/problem.js";
import { canonical } from "../domain/records/content.js";
import { type RecordKind, type RuleContext } from "../domain/records/kind.js";
import { kindOf } from "../domain/records/kinds.js";
import { identityKey, recordedBy, sizeProblems, type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/school-year.js";
import { cleanText } from "../domain/vietnamese.js";
import { inStretches, mapInStretches } from "../stretches.js";
import type { Stores } from "../storage/stores.js";
import { type Change, type Result } from "./change.js";
import { keepUnknownDays } from "./unknown-days.js";
import { knownLateHint, Names, rejudgedHint } from "./hints.js";
import { type Judgement } from "./judgement.js";
import { Locks } from "./locks.js";
import { permitted } from "./permission.js";
import { type RecordChange, subjectsOf } from "./record-change.js";
import { repostFor } from "./reposting.js";
import { conflictWith, differingFields } from "./conflict.js";
import { Holding } from "./holding.js";
import { formerSubjects, lockOtherSubjects } from "./subject-locks.js";
import { identitiesOf, identityOf, read, type Reading, type RecordDraft } from "./reading.js";
import { keepUnseenUnits } from "./unseen-units.js";

/** What became of one draft. `record` is what is stored now; of a refused correction, what stands against it. */
export interface RowResult extends Result {
  record: StoredRecord | null;
  findings: RecordFinding[];
}

/** A row that is to be stored. */
interface Stored {
  record: StoredRecord;
  before: StoredRecord | null;
  judgement: Judgement;
}

/**
 * Takes in records: one, or a batch of any kinds, row by row. A refused row stores nothing and hinders no other. In the
 * order of the locks: the gate, the units, then the ledger, last before the commit.
 */
export function submit(stores: Stores, change: Change, drafts: readonly RecordDraft[]): Promise<RowResult[]> {
  return permitted(
    change,
    drafts,
    ({ kind }) => kindOf(kind).deed,
    { record: null, findings: [] },
    (allowed) => submitAll(stores, change, allowed),
  );
}

async function submitAll(stores: Stores, change: Change, drafts: readonly RecordDraft[]): Promise<RowResult[]> {
  if (drafts.some(({ kind }) => kindOf(kind).touches === "BRANCH")) await stores.gate.alone();
  else await stores.gate.share();
  const years = await stores.schoolYears.all();
  const readings = await read(stores, change, drafts, years);
  const named = [...new Set(readings.flatMap(({ kind, content, unitId }) => [...(unitId ? [unitId] : []), ...kind.covered(content)]))];
  const seesLines = readings.some(({ kind }) => kind.seesLines);
  const histories = await stores.units.histories(seesLines ? await stores.units.withAncestors(named) : named);
  const findings = await findingsFor(stores, readings);
  await inStretches(readings, complete, stores.pause);
  const ids = [...named, ...(await formerSubjects(stores, readings))];
  await stores.units.lock(ids);
  const present = await stores.records.byIdentity(readings.flatMap(identitiesOf));
  await lockOtherSubjects(stores, [...present.values()], ids);
  await keepUnseenUnits(stores, change, readings, present);
  keepUnknownDays(readings, present);
  const locks = await Locks.on(stores, change, readings.map(changeOf), years);
  const holding = await Holding.of(
    stores,
    readings.flatMap((reading) => changeOf(reading).after ?? []),
  );

  const stored = new Map<string, Stored>();
  const results = await mapInStretches(readings, decide, stores.pause);
  await save();
  return withHints(stores, change, results, [...stored.values()]);

  async function decide(reading: Reading): Promise<RowResult> {
    const { kind, draft, unitId, year, named: about } = reading;
    const refused = (problems: Problem[], record: StoredRecord | null = null): RowResult => ({
      ...{ outcome: "REJECTED", about, record, problems, findings: [] },
    });
    const unit = unitId ? histories.get(unitId) : undefined;
    if (!unit || !unitId) return refused(reading.problems);
    const identity = identityOf(reading, present);
    const key = identity && identityKey(identity);
    const inBatch = key === null ? undefined : stored.get(key);
    const before = inBatch?.record ?? (key === null ? undefined : present.get(key)) ?? null;
    const content = canonical(kind.fields, reading.content);
    const found = () => findingsOfRecord(kind, content, year, change.today);
    const asked = changeOf(reading);
    // Who read an older version may have meant to add to it: that another came to the same is no reason to say that it is done.
    const isStale = !inBatch && draft.expectedVersion !== null && draft.expectedVersion !== before?.version;
    const isAsItStands =
      before?.state === "STANDING" && reading.problems.length === 0 && differingFields(kind, before.content, content).length === 0;
    // What is there was allowed when it came: sent back as it was read it is not judged by the rules of today.
    if (isAsItStands && !isStale && (inBatch || !(await locks.lifts(asked))))
      return { outcome: "UNCHANGED", about: [unitId], record: before, problems: [], findings: found() };
    const problems = [...reading.problems, ...unitProblems(kind, unit, year)];
    const faulty = new Set(problems.map(({ field }) => field));
    problems.push(...kind.rules(reading.content, contextOf(unit, year)).filter(({ field }) => !faulty.has(field)));
    if (!identity || key === null) return refused(problems);
    problems.push(...sizeProblems(content));
    const conflict = isAsItStands && !isStale ? null : conflictWith(kind, content, before, draft.expectedVersion);
    if (problems.length > 0) {
      const locked = await locks.problems(await locks.judge(asked));
      return refused([...problems, ...locked, ...(conflict && draft.expectedVersion !== null ? [conflict] : [])], before);
    }
    if (inBatch)
      return refused(
        [problem("REPEATED", "unit", "The same record stands twice in this batch with different values; keep one of the rows.")],
        before,
      );
    const held = before?.state === "STANDING" ? before : null;
    const judgement = await locks.judge(asked);
    const standsAgainst = [
      ...(await locks.problems(judgement)),
      ...(conflict ? [conflict] : []),
      ...holding.problems(held, { ...identity, content }, histories),
    ];
    if (standsAgainst.length > 0) return refused(standsAgainst, before);
    const record: StoredRecord = {
      ...identity,
      recordId: before?.recordId ?? newId(),
      version: (before?.version ?? 0) + 1,
      state: "STANDING",
      content,
      provenance: change.provenance,
      recordedAt: change.now,
      ...recordedBy(change.caller),
      reason: draft.reason && cleanText(draft.reason),
    };
    stored.set(key, { record, before, judgement });
    locks.accept(asked, record, judgement.late);
    holding.accept(held, record);
    return { outcome: "STORED", about: [unitId], record, problems: [], findings: found() };
  }

  /** A record as it stands, and as it is about to stand. */
  function changeOf(reading: Reading): RecordChange {
    const identity = identityOf(reading, present);
    const before = (identity && present.get(identityKey(identity))) ?? null;
    return { before: before?.state === "STANDING" ? before : null, after: identity && { ...identity, content: reading.content } };
  }

  function contextOf(unit: UnitHistory, schoolYear: SchoolYear | null): RuleContext {
    const { today, provenance } = change;
    const facts = { today, unit, schoolYear, named: histories, schoolYears: years, indicators: indicatorKeys, provenance };
    return { ...facts, findings: findings.get(unit.unit.id) ?? [] };
  }

  function complete(reading: Reading) {
    const unit = reading.unitId ? histories.get(reading.unitId) : undefined;
    if (unit) reading.content = reading.kind.complete(reading.content, contextOf(unit, reading.year));
  }

  async function save() {
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
}

/** Answers with what each stored record does besides, and does not. */
async function withHints(stores: Stores, change: Change, results: RowResult[], stored: readonly Stored[]): Promise<RowResult[]> {
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

function unitProblems(kind: RecordKind, unit: UnitHistory, year: SchoolYear | null): Problem[] {
  if (!kind.levels.includes(unit.unit.level))
    return [
      problem(
        "WRONG_LEVEL",
        "unit",
        `${unit.unit.code} is of level ${unit.unit.level}; such a record is made by ${kind.levels.join(", ")}.`,
      ),
    ];
  if (
    year &&
    kind.schoolYear === "ALWAYS" &&
    !lives(unit.placements).some(({ from, until }) => from <= year.referenceDate && year.startsOn < until)
  )
    return [problem("UNIT_CLOSED", "unit", `${unit.unit.code} was not open in ${year.label}.`)];
  return [];
}
