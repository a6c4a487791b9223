import { type Problem, problem } from "../../domain/ground/problem.js";
import { readContent } from "../../domain/records/content.js";
import { type Content } from "../../domain/records/field.js";
import { type RecordKind } from "../../domain/records/kind.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { entriesOf, naming, unitListsOf } from "../../domain/records/unit-lists.js";
import { identityKey, type RecordIdentity, type StoredRecord } from "../../domain/records/record.js";
import { type SchoolYear } from "../../domain/tree/school-year.js";
import { capital } from "../../domain/ground/words.js";
import { identityFold } from "../../domain/ground/vietnamese.js";
import { mapInStretches } from "../../stretches.js";
import type { Stores } from "../../storage/stores/stores.js";
import { reasonProblems } from "../reason.js";
import { type Change } from "../../work/change.js";
import { References } from "../../work/references.js";
import { closest } from "../../work/closest.js";

/** A record as a caller sends it. `unit` is an id or a code. */
export interface RecordDraft {
  kind: string;
  unit: string;
  schoolYear: string | null;
  content: Readonly<Record<string, unknown>>;
  expectedVersion: number | null;
  reason: string | null;
}

/** A record to be taken back: by its id, or named as a row that records it names it; of its content only what makes it that record is looked at. */
export interface Withdrawal {
  kind: string;
  record: string | Pick<RecordDraft, "unit" | "schoolYear" | "content">;
  expectedVersion: number | null;
  reason: string;
}

/** One row of a batch. */
export type RowDraft = RecordDraft | Withdrawal;

export const isWithdrawal = (row: RowDraft): row is Withdrawal => "record" in row;

/** A row on its way: what could be read of it so far. */
export interface Reading {
  asked: RowDraft;
  kind: RecordKind;
  unitId: string | null;
  /** The units of the branch that it names. */
  named: string[];
  year: SchoolYear | null;
  content: Content;
  /** The record that is named by its id; null where the content says which it is. */
  identity: RecordIdentity | null;
  problems: Problem[];
}

/** Reads the rows of a batch, in their order. */
export async function readRows(
  stores: Stores,
  change: Change,
  rows: readonly RowDraft[],
  years: readonly SchoolYear[],
): Promise<Reading[]> {
  const byId = await readIds(stores, change, rows, years);
  const drafts = rows.flatMap((row) => (byId.has(row) ? [] : [isWithdrawal(row) ? namingOf(row) : row]));
  const read = (await readDrafts(stores, change, drafts, years)).values();
  const readings = rows.map((asked) => byId.get(asked) ?? withdrawing(read.next().value!, asked));
  for (const { kind, unitId, problems } of readings)
    if (kind.fromAbove && unitId !== null && unitId === change.caller.unitId) problems.unshift(keptAbove(kind));
  return readings;
}

/** The refusal of what a caller would give to the top of its own branch. */
const keptAbove = ({ typeName, name }: RecordKind) =>
  problem("FORBIDDEN", null, {
    en: `A ${typeName} is given by a unit above, not by the unit to itself; ask the federation above it.`,
    vi: `${capital(name.vi)} do đơn vị cấp trên ghi, đơn vị không tự ghi cho mình; hãy đề nghị liên đoàn cấp trên.`,
  });

/** A withdrawal as the row that recorded what it names. Units that the record covered may have left the branch, and do not name it. */
function namingOf({ kind, record, expectedVersion, reason }: Withdrawal): RecordDraft {
  const { unit, schoolYear, content } = record as Exclude<Withdrawal["record"], string>;
  const covered = new Set(unitListsOf(kindOf(kind).fields).map(({ name }) => name));
  const identifying = Object.fromEntries(Object.entries(content).filter(([name]) => !covered.has(name)));
  return { kind, unit, schoolYear, content: identifying, expectedVersion, reason };
}

/** What a withdrawal leaves out of the content it needs not say; what it says wrongly names nothing. */
function withdrawing(reading: Reading, asked: RowDraft): Reading {
  if (!isWithdrawal(asked)) return reading;
  const problems = reading.problems.filter(({ code, field }) => code !== "REQUIRED" || field === "schoolYear");
  return { ...reading, asked, problems };
}

/** The withdrawals among rows that name their record by its id. */
async function readIds(
  stores: Stores,
  change: Change,
  rows: readonly RowDraft[],
  years: readonly SchoolYear[],
): Promise<Map<RowDraft, Reading>> {
  const asked = rows.flatMap((row) => (isWithdrawal(row) && typeof row.record === "string" ? [{ row, id: row.record }] : []));
  const readings = new Map<RowDraft, Reading>();
  if (asked.length === 0) return readings;
  const records = await stores.records.byIds(asked.map(({ id }) => id));
  const references = await References.find(
    stores,
    change,
    [...records.values()].map(({ unitId }) => unitId),
  );
  for (const { row, id } of asked) {
    const kind = kindOf(row.kind);
    const found = records.get(id);
    const record = found?.kind === row.kind && references.id(found.unitId) !== null ? found : null;
    const named = record ? [record.unitId] : [];
    const year = years.find(({ label }) => label === record?.schoolYear) ?? null;
    const content = record?.content ?? readContent(kind.fields, {}).content;
    const problems = record
      ? []
      : [
          problem("RECORD_NOT_FOUND", "record", {
            en: `There is no ${kind.typeName} "${id}" in your branch.`,
            vi: `Không có ${kind.name.vi} "${id}" trong phạm vi quản lý.`,
          }),
        ];
    readings.set(row, { asked: row, kind, unitId: record?.unitId ?? null, named, year, content, identity: record, problems });
  }
  return readings;
}

/** Reads drafts: their fields, their units, ids or codes, and their school year. What cannot be read is a problem of its row. */
async function readDrafts(
  stores: Stores,
  change: Change,
  drafts: readonly RecordDraft[],
  years: readonly SchoolYear[],
): Promise<Reading[]> {
  const rawOf = (draft: RecordDraft) => {
    const kind = kindOf(draft.kind);
    const { content, problems } = readContent(kind.fields, draft.content);
    return { draft, kind, content, problems, lists: unitListsOf(kind.fields) };
  };
  const raw = await mapInStretches(drafts, rawOf, stores.pause);
  const references = await References.find(
    stores,
    change,
    raw.flatMap(({ draft, content, lists }) => [draft.unit, ...lists.flatMap((list) => entriesOf(content, list).map(({ unit }) => unit))]),
  );
  return mapInStretches(raw, resolve, stores.pause);

  async function resolve({ draft, kind, content, problems, lists }: (typeof raw)[number]): Promise<Reading> {
    const unitId = references.id(draft.unit);
    if (!unitId) problems.unshift(await references.notFound(draft.unit, "unit"));
    const named = new Set(unitId ? [unitId] : []);
    const resolved: Record<string, unknown> = { ...content };
    for (const list of lists) {
      const given = entriesOf(content, list);
      const path = list.within === null ? "" : `.${list.within}`;
      for (const [index, { unit }] of given.entries())
        if (unit !== "" && !references.id(unit)) problems.push(await references.notFound(unit, `${list.name}.${index}${path}`));
      resolved[list.name] = given.map(({ entry, unit }) => naming(entry, list, references.id(unit) ?? ""));
      for (const { unit } of given) {
        const id = references.id(unit);
        if (id) named.add(id);
      }
    }
    const year = years.find(({ label }) => label === draft.schoolYear) ?? null;
    if (draft.schoolYear !== null && !year) problems.push(unknownYear(draft.schoolYear, years));
    else if (kind.schoolYear === "ALWAYS" && !year)
      problems.push(
        problem("REQUIRED", "schoolYear", {
          en: 'schoolYear is missing; expected e.g. "2024-2025".',
          vi: 'Thiếu năm học (schoolYear); ví dụ "2024-2025".',
        }),
      );
    problems.push(...reasonProblems(draft.reason));
    const read = { asked: draft, kind, unitId, named: [...named], year: kind.schoolYear === "NEVER" ? null : year };
    return { ...read, content: resolved as Content, identity: null, problems };
  }
}

/** What makes the record the same when it is sent again: as it is written, as it reads. None while unit or school year are not known. */
export function identitiesOf({ unitId, kind, year, content, identity }: Reading): RecordIdentity[] {
  if (identity) return [identity];
  if (!unitId || (kind.schoolYear === "ALWAYS" && !year)) return [];
  const written = kind.keyOf(content);
  const keys = new Set(kind.keyIsWritten ? [written, identityFold(written)] : [written]);
  return [...keys].map((key) => ({ unitId, kind: kind.key, schoolYear: year?.label ?? null, key }));
}

/** The record that is meant, among those present: a twin of 0.4.0 by its exact spelling, else the one that reads the same, or will be. */
export function identityOf(reading: Reading, present: ReadonlyMap<string, StoredRecord>): RecordIdentity | null {
  const identities = identitiesOf(reading);
  return identities.find((identity) => present.has(identityKey(identity))) ?? identities.at(-1) ?? null;
}

export function unknownYear(label: string, years: readonly SchoolYear[]): Problem {
  const labels = years.map((year) => year.label);
  const near = closest(label, labels);
  const opened = labels.length > 0 ? `Opened are ${labels.join(", ")}.` : "None has been opened.";
  return problem("SCHOOL_YEAR_NOT_FOUND", "schoolYear", {
    en: `School year "${label.slice(0, 40)}" has not been opened. ${near ? `Did you mean "${near}"? ` : ""}${opened}`,
    vi: `Năm học "${label.slice(0, 40)}" chưa được mở. ${near ? `Có phải là "${near}"? ` : ""}${labels.length > 0 ? `Các năm học đã mở: ${labels.join(", ")}.` : "Chưa có năm học nào được mở."}`,
  });
}
