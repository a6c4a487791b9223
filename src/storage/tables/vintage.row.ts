import { type Level, type Ownership, type SchoolLevel } from "../../domain/tree/unit.js";
import { int, type Row, text, textOrNull, type Value } from "../database/sql.js";
import { type VintageRow } from "../../domain/analysis/vintage.js";
import { type VintageCell, type VintageDossier } from "../../domain/analysis/vintage-content.js";

export const VINTAGE = [
  ...["id", "unit_id", "school_year", "ordinal", "title", "remark"],
  ...["published_at", "published_by", "published_by_token", "published_by_unit", "fingerprint", "digest"],
];
export const DOSSIER = [
  ...["unit_id", "unit_version", "level", "school_level", "ownership", "confederation_id", "province_id", "district_id", "grassroots_id"],
  ...["code", "name", "tally", "records", "due"],
];
export const CELL = ["unit_id", "school_level", "ownership", "tally", "due"];

export function vintageValues(row: VintageRow): Value[] {
  const {
    id,
    unitId,
    schoolYear,
    ordinal,
    title,
    remark,
    publishedAt,
    publishedBy,
    publishedByToken,
    publishedByUnit,
    fingerprint,
    digest,
  } = row;
  const published = [publishedAt.toISOString(), publishedBy, publishedByToken, publishedByUnit, fingerprint];
  return [id, unitId, schoolYear, ordinal, title, remark, ...published, digest];
}

export function vintageOf(row: Row): VintageRow {
  return {
    id: text(row.id),
    unitId: text(row.unit_id),
    schoolYear: text(row.school_year),
    ordinal: int(row.ordinal),
    title: text(row.title),
    remark: textOrNull(row.remark),
    publishedAt: new Date(text(row.published_at)),
    publishedBy: text(row.published_by),
    publishedByToken: textOrNull(row.published_by_token),
    publishedByUnit: textOrNull(row.published_by_unit),
    fingerprint: textOrNull(row.fingerprint),
    digest: text(row.digest),
  };
}

/** Column by column, as it is stored; the digest is taken over these. */
export function dossierValues(row: VintageDossier): Value[] {
  const { unitId, unitVersion, level, schoolLevel, ownership, confederationId, provinceId, districtId, grassrootsId } = row;
  return [
    ...[unitId, unitVersion, level, schoolLevel, ownership, confederationId, provinceId, districtId, grassrootsId],
    ...[row.code, row.name, row.tally, row.records, row.due],
  ];
}

export function dossierOf(row: Row): VintageDossier {
  return {
    unitId: text(row.unit_id),
    unitVersion: int(row.unit_version),
    level: text(row.level) as Level,
    schoolLevel: textOrNull(row.school_level) as SchoolLevel | null,
    ownership: textOrNull(row.ownership) as Ownership | null,
    confederationId: textOrNull(row.confederation_id),
    provinceId: textOrNull(row.province_id),
    districtId: textOrNull(row.district_id),
    grassrootsId: textOrNull(row.grassroots_id),
    code: text(row.code),
    name: text(row.name),
    tally: text(row.tally),
    records: text(row.records),
    due: textOrNull(row.due),
  };
}

export function cellValues({ unitId, schoolLevel, ownership, tally, due }: VintageCell): Value[] {
  return [unitId, schoolLevel, ownership, tally, due];
}

export function cellOf(row: Row): VintageCell {
  return {
    unitId: text(row.unit_id),
    schoolLevel: text(row.school_level) as VintageCell["schoolLevel"],
    ownership: text(row.ownership) as VintageCell["ownership"],
    tally: text(row.tally),
    due: textOrNull(row.due),
  };
}
