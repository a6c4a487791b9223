import { withAllFields } from "../../domain/records/content.js";
import { type Content } from "../../domain/records/field.js";
import { kindOf } from "../../domain/records/catalogue.js";
import { type RecordVersion, type StoredRecord } from "../../domain/records/record.js";
import { int, type Row, text, textOrNull } from "../database/sql.js";

/** The columns of a version. */
export const VERSION = [
  "version",
  "state",
  "content",
  "provenance",
  "recorded_at",
  "recorded_by",
  "recorded_by_token",
  "recorded_by_unit",
  "reason",
] as const;
export const RECORD = ["id", "kind", "unit_id", "school_year", "record_key", ...VERSION] as const;
/** The columns of a record, in a statement that names its table so. */
export const select = RECORD.map((column) => `record.${column}`).join(", ");

export function versionValues(version: RecordVersion) {
  return [
    version.version,
    version.state,
    JSON.stringify(version.content),
    version.provenance,
    version.recordedAt.toISOString(),
    version.recordedBy,
    version.recordedByToken,
    version.recordedByUnit,
    version.reason,
  ];
}

export function versionOf(row: Row): RecordVersion {
  return {
    recordId: text(row.id),
    version: int(row.version),
    state: text(row.state) as RecordVersion["state"],
    content: JSON.parse(text(row.content)) as Content,
    provenance: text(row.provenance) as RecordVersion["provenance"],
    recordedAt: new Date(text(row.recorded_at)),
    recordedBy: text(row.recorded_by),
    recordedByToken: textOrNull(row.recorded_by_token),
    recordedByUnit: textOrNull(row.recorded_by_unit),
    reason: textOrNull(row.reason),
  };
}

export function recordOf(row: Row): StoredRecord {
  const version = versionOf(row);
  const kind = text(row.kind);
  return {
    ...version,
    content: withAllFields(kindOf(kind).fields, version.content),
    kind,
    unitId: text(row.unit_id),
    schoolYear: textOrNull(row.school_year || null),
    key: text(row.record_key),
  };
}
