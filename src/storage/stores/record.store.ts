import { grouped } from "../../domain/ground/grouped.js";
import { kindOf } from "../../domain/records/catalogue.js";
import {
  identityKey,
  type RecordIdentity,
  type RecordVersion,
  type StoredRecord,
  type RecordOutline,
  type VersionSpan,
} from "../../domain/records/record.js";
import { mapInStretches } from "../../stretches.js";
import { RECORD, recordOf, select, VERSION, versionOf, versionValues } from "../tables/record.row.js";
import { int, marks, portions, type Row, type Sql, text } from "../database/sql.js";

/** A standing record with the unit whose dossier holds it. */
export interface HeldRecord {
  subjectId: string;
  record: StoredRecord;
}

/** Records, each with its newest version, and all versions beside. */
export interface RecordStore {
  byIdentity(identities: readonly RecordIdentity[]): Promise<Map<string, StoredRecord>>;
  byIds(ids: readonly string[]): Promise<Map<string, StoredRecord>>;
  /** All records that a unit itself reported, those that were withdrawn, too. */
  ofUnit(unitId: string): Promise<StoredRecord[]>;
  /** Stores a version of each record as its newest, and whose record it is; `isNew`: the record was not there before. */
  save(records: readonly { record: StoredRecord; isNew: boolean; subjects: readonly string[] }[]): Promise<void>;
  /** Standing records of these kinds that the units' dossiers hold; of this school year only ("" for those of none) where it is given. */
  heldBy(unitIds: readonly string[], kinds: readonly string[], schoolYear?: string): Promise<HeldRecord[]>;
  /** Every version of every record of these kinds that the units' dossiers hold, or held until it was withdrawn, of a school year or of none; the newest of each first. */
  versionsHeldBy(unitIds: readonly string[], kinds: readonly string[], schoolYear: string): Promise<StoredRecord[]>;
  /** Of which school years units themselves have standing records of these kinds. */
  reportedYears(unitIds: readonly string[], kinds: readonly string[]): Promise<Map<string, string[]>>;
  /** How many standing records there are of a school year, or that set something for it, by kind. */
  countsOfYear(schoolYear: string): Promise<Map<string, number>>;
  /** Standing records of a kind that these units themselves reported; only of these school years where they are given. */
  reportedBy(unitIds: readonly string[], kind: string, schoolYears?: readonly string[]): Promise<StoredRecord[]>;
  /** Standing records of a kind that the units' dossiers hold, in outline: of these fields, which are texts. */
  outlines(unitIds: readonly string[], kind: string, fields: readonly string[]): Promise<RecordOutline[]>;
  subjectsOf(recordIds: readonly string[]): Promise<Map<string, string[]>>;
  /** The newest first. */
  versions(spans: readonly VersionSpan[]): Promise<RecordVersion[]>;
}

/** Whether a record counts the people of other units than its own. */
const countsOthers = ({ kind }: StoredRecord, subjects: readonly string[]) => (kindOf(kind).countsPeople && subjects.length > 1 ? 1 : 0);

/** SQLite takes no condition of a thousand ORs. */
const MOST_PLACES = 300;
const IDENTITY = "(record.unit_id = ? AND record.kind = ? AND record.school_year = ? AND record.record_key = ?)";

export function recordStore(sql: Sql): RecordStore {
  const pause = () => sql.pause();
  return {
    async byIdentity(identities) {
      const found = new Map<string, StoredRecord>();
      for (const part of portions([...new Map(identities.map((one) => [identityKey(one), one])).values()], MOST_PLACES)) {
        const rows = await sql.rows(
          `SELECT ${select} FROM record WHERE ${part.map(() => IDENTITY).join(" OR ")}`,
          part.flatMap(({ unitId, kind, schoolYear, key }) => [unitId, kind, schoolYear ?? "", key]),
        );
        for (const record of await mapInStretches(rows, recordOf, pause)) found.set(identityKey(record), record);
      }
      return found;
    },
    async byIds(ids) {
      const rows = await sql.rowsIn(`SELECT ${select} FROM record WHERE id IN (??)`, ids);
      return new Map((await mapInStretches(rows, recordOf, pause)).map((record) => [record.recordId, record]));
    },
    ofUnit: async (unitId) =>
      mapInStretches(await sql.rows(`SELECT ${select} FROM record WHERE unit_id = ? ORDER BY id`, [unitId]), recordOf, pause),
    async save(records) {
      const fresh = records.filter(({ isNew }) => isNew);
      const versions = new Map(await mapInStretches(records, ({ record }) => [record, versionValues(record)] as const, pause));
      await sql.insert(
        "record",
        [...RECORD, "counts_others"],
        fresh.map(({ record, subjects }) => [
          record.recordId,
          record.kind,
          record.unitId,
          record.schoolYear ?? "",
          record.key,
          ...versions.get(record)!,
          countsOthers(record, subjects),
        ]),
      );
      for (const { record, isNew, subjects } of records)
        if (!isNew) {
          const matched = await sql.change(
            `UPDATE record SET ${["unit_id", "counts_others", ...VERSION].map((column) => `${column} = ?`).join(", ")} WHERE id = ? AND version = ?`,
            [record.unitId, countsOthers(record, subjects), ...versions.get(record)!, record.recordId, record.version - 1],
          );
          if (matched !== 1) throw new Error(`record ${record.recordId} changed while it was locked`);
        }
      await sql.insert(
        "record_version",
        ["record_id", ...VERSION],
        records.map(({ record }) => [record.recordId, ...versions.get(record)!]),
      );
      const before =
        fresh.length === records.length ? new Map<string, string[]>() : await this.subjectsOf(records.map(({ record }) => record.recordId));
      const changed = records.filter(({ record, subjects }) => (before.get(record.recordId) ?? []).join() !== [...subjects].sort().join());
      for (const { record, isNew } of changed)
        if (!isNew) await sql.change("DELETE FROM record_subject WHERE record_id = ?", [record.recordId]);
      await sql.insert(
        "record_subject",
        ["record_id", "unit_id"],
        changed.flatMap(({ record, subjects }) => subjects.map((subject) => [record.recordId, subject])),
      );
    },
    async heldBy(unitIds, kinds, schoolYear) {
      const rows = await sql.rowsIn(
        `SELECT record_subject.unit_id AS subject_id, ${select} FROM record_subject JOIN record ON record.id = record_subject.record_id
         WHERE record_subject.unit_id IN (??) AND record.state = 'STANDING' AND record.kind IN (${marks(kinds.length)})${schoolYear === undefined ? "" : " AND record.school_year = ?"}`,
        unitIds,
        [...kinds, ...(schoolYear === undefined ? [] : [schoolYear])],
      );
      return mapInStretches(rows, (row) => ({ subjectId: text(row.subject_id), record: recordOf(row) }), pause);
    },
    async versionsHeldBy(unitIds, kinds, schoolYear) {
      const columns = ["kind", "unit_id", "school_year", "record_key"].map((column) => `record.${column}`);
      const versions = VERSION.map((column) => `v.${column}`);
      const found = new Map<string, StoredRecord>();
      const rows = await sql.rowsIn(
        `SELECT record.id, ${[...columns, ...versions].join(", ")} FROM record_subject JOIN record ON record.id = record_subject.record_id
         JOIN record_version v ON v.record_id = record.id WHERE record_subject.unit_id IN (??)
         AND record.kind IN (${marks(kinds.length)}) AND record.school_year IN ('', ?) ORDER BY record.id, v.version DESC`,
        unitIds,
        [...kinds, schoolYear],
      );
      for (const version of await mapInStretches(rows, recordOf, pause)) found.set(`${version.recordId} ${version.version}`, version);
      return [...found.values()];
    },
    async reportedYears(unitIds, kinds) {
      const rows = await sql.rowsIn(
        `SELECT DISTINCT unit_id, school_year FROM record WHERE unit_id IN (??) AND kind IN (${marks(kinds.length)}) AND school_year <> '' AND state = 'STANDING'`,
        unitIds,
        kinds,
      );
      return grouped(
        rows,
        (row) => text(row.unit_id),
        (row) => text(row.school_year),
      );
    },
    async countsOfYear(schoolYear) {
      const rows = await sql.rows(
        `SELECT kind, COUNT(*) AS total FROM record WHERE state = 'STANDING' AND (school_year = ? OR (school_year = '' AND content LIKE ?))
         GROUP BY kind ORDER BY kind`,
        [schoolYear, `%"schoolYear":"${schoolYear}"%`],
      );
      return new Map(rows.map((row) => [text(row.kind), int(row.total)]));
    },
    async reportedBy(unitIds, kind, schoolYears) {
      const ofYears = schoolYears === undefined ? "" : ` AND school_year IN (${marks(schoolYears.length)})`;
      const rows = await sql.rowsIn(
        `SELECT ${select} FROM record WHERE unit_id IN (??) AND kind = ?${ofYears} AND state = 'STANDING' ORDER BY id`,
        unitIds,
        [kind, ...(schoolYears ?? [])],
      );
      return mapInStretches(rows, recordOf, pause);
    },
    async outlines(unitIds, kind, fields) {
      const values = fields.map((field) => `JSON_EXTRACT(record.content, '$.${field}')`).join(", ");
      const rows = await sql.rowsIn(
        `SELECT record_subject.unit_id AS subject_id, record.id AS record_id, JSON_ARRAY(${values}) AS outline
         FROM record_subject JOIN record ON record.id = record_subject.record_id
         WHERE record_subject.unit_id IN (??) AND record.state = 'STANDING' AND record.kind = ?`,
        unitIds,
        [kind],
      );
      const outlineOf = ({ subject_id: subject, record_id: id, outline }: Row): RecordOutline => ({
        subjectId: text(subject),
        recordId: text(id),
        values: (typeof outline === "string" ? JSON.parse(outline) : outline) as (string | null)[],
      });
      return mapInStretches(rows, outlineOf, pause);
    },
    async subjectsOf(recordIds) {
      const subjects = new Map<string, string[]>();
      for (const row of await sql.rowsIn(
        "SELECT record_id, unit_id FROM record_subject WHERE record_id IN (??) ORDER BY record_id, unit_id",
        recordIds,
      ))
        if (!subjects.get(text(row.record_id))?.push(text(row.unit_id))) subjects.set(text(row.record_id), [text(row.unit_id)]);
      return subjects;
    },
    async versions(spans) {
      const found = new Map<string, RecordVersion>();
      for (const part of portions(spans, MOST_PLACES)) {
        const any = part.map(() => "(record_id = ? AND version BETWEEN ? AND ?)").join(" OR ");
        const rows = await sql.rows(
          `SELECT record_id AS id, ${VERSION.join(", ")} FROM record_version WHERE ${any} ORDER BY record_id, version DESC`,
          part.flatMap(({ recordId, from, to }) => [recordId, from, to]),
        );
        for (const version of await mapInStretches(rows, versionOf, pause)) found.set(`${version.recordId} ${version.version}`, version);
      }
      return [...found.values()];
    },
  };
}
