import { LEVEL_IN_VIETNAMESE } from "../../domain/tree/unit.js";
import { v7 as newId } from "uuid";
import { findingsOfRecord } from "../../domain/findings/examination.js";
import { type UnitHistory, lives } from "../../domain/tree/history.js";
import { indicatorKeys } from "../../domain/figures/catalogue.js";
import { type Problem, problem } from "../../domain/ground/problem.js";
import { canonical } from "../../domain/records/content.js";
import { type RecordKind, type RuleContext } from "../../domain/records/kind.js";
import { identityKey, recordedBy, sizeProblems, type StoredRecord } from "../../domain/records/record.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { cleanText } from "../../domain/ground/vietnamese.js";
import { accept, type Batch, changeOf, type RowResult } from "./batch.js";
import { conflictWith, differingFields } from "../conflict.js";
import { identityOf, type Reading, type RecordDraft } from "./reading.js";

/** Judges a row that records or corrects a record. */
export async function record(batch: Batch, reading: Reading, draft: RecordDraft): Promise<RowResult> {
  const { change, histories, present, locks, holding, counted, predecessors, stored } = batch;
  const { kind, unitId, year, named: about } = reading;
  const refused = (problems: Problem[], standing: StoredRecord | null = null): RowResult => ({
    ...{ outcome: "REJECTED", about, record: standing, problems, findings: [] },
  });
  const unit = unitId ? histories.get(unitId) : undefined;
  if (!unit || !unitId) return refused(reading.problems);
  const identity = identityOf(reading, present);
  const key = identity && identityKey(identity);
  const inBatch = key === null ? undefined : stored.get(key);
  const before = inBatch?.record ?? (key === null ? undefined : present.get(key)) ?? null;
  const content = canonical(kind.fields, reading.content);
  const found = () => findingsOfRecord(kind, content, year, change.today);
  const asked = changeOf(batch, reading);
  // Who read an older version may have meant to add to it: that another came to the same is no reason to say that it is done.
  const isStale = !inBatch && draft.expectedVersion !== null && draft.expectedVersion !== before?.version;
  const isAsItStands =
    before?.state === "STANDING" && reading.problems.length === 0 && differingFields(kind, before.content, content).length === 0;
  // What is there was allowed when it came: sent back as it was read it is not judged by the rules of today.
  if (isAsItStands && !isStale && (inBatch || !(await locks.lifts(asked))))
    return { outcome: "UNCHANGED", about: [unitId], record: before, problems: [], findings: found() };
  const problems = [...reading.problems, ...unitProblems(kind, unit, year)];
  const faulty = new Set(problems.map(({ field }) => field));
  problems.push(...kind.rules(reading.content, contextOf(batch, unit, reading)).filter(({ field }) => !faulty.has(field)));
  if (!identity || key === null) return refused(problems);
  problems.push(...sizeProblems(content));
  const conflict = isAsItStands && !isStale ? null : conflictWith(kind, content, before, draft.expectedVersion);
  if (problems.length > 0) {
    const locked = await locks.problems(await locks.judge(asked));
    return refused([...problems, ...locked, ...(conflict && draft.expectedVersion !== null ? [conflict] : [])], before);
  }
  if (inBatch) return refused([REPEATED], before);
  const held = before?.state === "STANDING" ? before : null;
  const judgement = await locks.judge(asked);
  const after = { ...identity, content };
  const locked = await locks.problems(judgement);
  const standsAgainst = [
    ...locked,
    ...(conflict ? [conflict] : []),
    ...holding.problems(held, after, histories),
    ...(locked.length > 0 ? [] : await counted.problems(after, histories, year, predecessors.included(after))),
  ];
  if (standsAgainst.length > 0) return refused(standsAgainst, before);
  const recorded: StoredRecord = {
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
  accept(batch, asked, { record: recorded, before, judgement });
  return { outcome: "STORED", about: [unitId], record: recorded, problems: [], findings: found() };
}

/** The refusal of a row that says something else of a record than a row before it. */
export const REPEATED = problem("REPEATED", "unit", {
  en: "The same record stands twice in this batch with different values; keep one of the rows.",
  vi: "Một hồ sơ được gửi hai lần trong cùng một lượt với giá trị khác nhau; hãy giữ một dòng.",
});

/** What the rules of a record may look at. */
export function contextOf(
  { change, histories, findings, deadlines, years, predecessors }: Facts,
  unit: UnitHistory,
  { kind, year: schoolYear }: Pick<Reading, "kind" | "year">,
): RuleContext {
  const { today, provenance } = change;
  const facts = { today, unit, schoolYear, named: histories, schoolYears: years, indicators: indicatorKeys, provenance };
  const inForce = deadlines.over(unit.unit.id, { kind, year: schoolYear });
  const followed = predecessors.followed({ kind: kind.key, unitId: unit.unit.id, schoolYear: schoolYear?.label ?? null });
  return { ...facts, findings: findings.get(unit.unit.id) ?? [], deadlines: inForce, followed };
}

type Facts = Pick<Batch, "change" | "deadlines" | "histories" | "findings" | "predecessors" | "years">;

/** Why a unit has no record of a kind. */
export function unitProblems(kind: RecordKind, unit: UnitHistory, year: SchoolYear | null): Problem[] {
  if (!kind.levels.includes(unit.unit.level))
    return [
      problem("WRONG_LEVEL", "unit", {
        en: `${unit.unit.code} is of level ${unit.unit.level}; such a record is made by ${kind.levels.join(", ")}.`,
        vi: `${unit.unit.code} là ${LEVEL_IN_VIETNAMESE[unit.unit.level]}; hồ sơ này do ${kind.levels.map((level) => LEVEL_IN_VIETNAMESE[level]).join(", ")} lập.`,
      }),
    ];
  if (
    year &&
    kind.schoolYear === "ALWAYS" &&
    !lives(unit.placements).some(({ from, until }) => from <= year.referenceDate && year.startsOn < until)
  )
    return [
      problem("UNIT_CLOSED", "unit", {
        en: `${unit.unit.code} was not open in ${year.label}.`,
        vi: `${unit.unit.code} không hoạt động trong năm học ${year.label}.`,
      }),
    ];
  return [];
}
