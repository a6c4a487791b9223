import { type Level, type Ownership, type OwnershipFilter, type SchoolLevel } from "../domain/unit.js";
import { int, type Row, type Sql, text, textOrNull, type Value } from "./sql.js";

/** A published vintage without its figures. None is ever changed or deleted: this store has no way to. */
export interface VintageRow {
  /** What it is cited by: code of the unit, school year and ordinal, e.g. "CB-2022-2023-1". */
  id: string;
  unitId: string;
  schoolYear: string;
  /** From 1, of the unit and school year. */
  ordinal: number;
  title: string;
  remark: string | null;
  publishedAt: Date;
  /** Name of the caller. */
  publishedBy: string;
  /** SHA-256 of the canonical content, in hexadecimal digits. */
  digest: string;
}

/** What a vintage is computed by: a definition of an indicator, a setting of a directive, the days of the school year. */
export interface VintageDefinition {
  part: "directive" | "edition" | "indicator" | "schoolYear" | "setting";
  position: number;
  /** JSON, as it was frozen. */
  content: string;
}

/** A dossier as it was counted: the unit's own, with what the unit was called and where it stood. */
export interface VintageDossier {
  unitId: string;
  /** Counts the changes of the unit, as it stood. */
  unitVersion: number;
  level: Level;
  schoolLevel: SchoolLevel | null;
  ownership: Ownership | null;
  confederationId: string | null;
  provinceId: string | null;
  districtId: string | null;
  grassrootsId: string | null;
  code: string;
  name: string;
  /** JSON: measure → integer. */
  tally: string;
  /** JSON: pairs of record and version, the versions that stood then. */
  records: string;
}

/** A cell of a federation's ledger as it stood. */
export interface VintageCell {
  unitId: string;
  schoolLevel: SchoolLevel | "ALL";
  ownership: OwnershipFilter | "ALL";
  /** JSON: measure → integer. */
  tally: string;
}

/** The figures of a vintage and what they rest on, in order of their keys. */
export interface VintageContent {
  definitions: VintageDefinition[];
  dossiers: VintageDossier[];
  cells: VintageCell[];
}

export interface VintageStore {
  insert(vintage: VintageRow, content: VintageContent): Promise<void>;
  byIds(ids: readonly string[]): Promise<Map<string, VintageRow>>;
  /** Of a unit and school year, in order of their ordinals. */
  ofUnit(unitId: string, schoolYear: string): Promise<VintageRow[]>;
  /** Vintages that hold figures of these units, in order of time. */
  holding(unitIds: readonly string[]): Promise<{ unitId: string; vintage: VintageRow }[]>;
  definitions(vintageId: string): Promise<VintageDefinition[]>;
  /** Everything that a vintage holds. */
  content(vintageId: string): Promise<VintageContent>;
  /** The cells of these units, their dossiers, and of a union also those of its schools. */
  figures(vintageId: string, unitIds: readonly string[]): Promise<Pick<VintageContent, "dossiers" | "cells">>;
}

const VINTAGE = ["id", "unit_id", "school_year", "ordinal", "title", "remark", "published_at", "published_by", "digest"];
const DOSSIER = [
  ...["unit_id", "unit_version", "level", "school_level", "ownership", "confederation_id", "province_id", "district_id", "grassroots_id"],
  ...["code", "name", "tally", "records"],
];
const CELL = ["unit_id", "school_level", "ownership", "tally"];
const columns = (names: readonly string[], alias: string) => names.map((name) => `${alias}.${name}`).join(", ");

export function vintageStore(sql: Sql): VintageStore {
  const definitions = async (vintageId: string) =>
    (await sql.rows("SELECT part, position, content FROM vintage_definition WHERE vintage_id = ?", [vintageId]))
      .map((row): VintageDefinition => ({
        part: text(row.part) as VintageDefinition["part"],
        position: int(row.position),
        content: text(row.content),
      }))
      .sort((a, b) => (a.part === b.part ? a.position - b.position : a.part < b.part ? -1 : 1));
  return {
    async insert(vintage, content) {
      const { id } = vintage;
      await sql.insert("vintage", VINTAGE, [vintageValues(vintage)]);
      await sql.insert(
        "vintage_definition",
        ["vintage_id", "part", "position", "content"],
        content.definitions.map((row) => [id, row.part, row.position, row.content]),
      );
      await sql.insert(
        "vintage_dossier",
        ["vintage_id", ...DOSSIER],
        content.dossiers.map((row) => [id, ...dossierValues(row)]),
      );
      await sql.insert(
        "vintage_cell",
        ["vintage_id", ...CELL],
        content.cells.map((row) => [id, ...cellValues(row)]),
      );
    },
    async byIds(ids) {
      const rows = await sql.rowsIn(`SELECT ${columns(VINTAGE, "v")} FROM vintage v WHERE v.id IN (??)`, ids);
      return new Map(rows.map((row) => [text(row.id), vintageOf(row)]));
    },
    ofUnit: async (unitId, schoolYear) =>
      (
        await sql.rows(`SELECT ${columns(VINTAGE, "v")} FROM vintage v WHERE v.unit_id = ? AND v.school_year = ? ORDER BY v.ordinal`, [
          unitId,
          schoolYear,
        ])
      ).map(vintageOf),
    holding: async (unitIds) =>
      (
        await sql.rowsIn(
          `SELECT d.unit_id AS held, ${columns(VINTAGE, "v")} FROM vintage_dossier d JOIN vintage v ON v.id = d.vintage_id
           WHERE d.unit_id IN (??) ORDER BY v.published_at, v.id`,
          unitIds,
        )
      ).map((row) => ({ unitId: text(row.held), vintage: vintageOf(row) })),
    definitions,
    async content(vintageId) {
      const dossiers = await sql.rows(`SELECT ${columns(DOSSIER, "d")} FROM vintage_dossier d WHERE d.vintage_id = ?`, [vintageId]);
      const cells = await sql.rows(`SELECT ${columns(CELL, "c")} FROM vintage_cell c WHERE c.vintage_id = ?`, [vintageId]);
      return { definitions: await definitions(vintageId), dossiers: dossiers.map(dossierOf), cells: cells.map(cellOf) };
    },
    async figures(vintageId, unitIds) {
      const own = await sql.rowsIn(
        `SELECT ${columns(DOSSIER, "d")} FROM vintage_dossier d WHERE d.unit_id IN (??) AND d.vintage_id = ?`,
        unitIds,
        [vintageId],
      );
      const below = await sql.rowsIn(
        `SELECT ${columns(DOSSIER, "d")} FROM vintage_dossier d WHERE d.grassroots_id IN (??) AND d.vintage_id = ? AND d.level = 'SCHOOL'`,
        unitIds,
        [vintageId],
      );
      const cells = await sql.rowsIn(
        `SELECT ${columns(CELL, "c")} FROM vintage_cell c WHERE c.unit_id IN (??) AND c.vintage_id = ?`,
        unitIds,
        [vintageId],
      );
      const dossiers = new Map([...own, ...below].map((row) => [text(row.unit_id), dossierOf(row)]));
      return { dossiers: [...dossiers.values()], cells: cells.map(cellOf) };
    },
  };
}

function vintageValues(row: VintageRow): Value[] {
  const { id, unitId, schoolYear, ordinal, title, remark, publishedAt, publishedBy, digest } = row;
  return [id, unitId, schoolYear, ordinal, title, remark, publishedAt.toISOString(), publishedBy, digest];
}

function vintageOf(row: Row): VintageRow {
  return {
    id: text(row.id),
    unitId: text(row.unit_id),
    schoolYear: text(row.school_year),
    ordinal: int(row.ordinal),
    title: text(row.title),
    remark: textOrNull(row.remark),
    publishedAt: new Date(text(row.published_at)),
    publishedBy: text(row.published_by),
    digest: text(row.digest),
  };
}

/** Column by column, as it is stored; the digest is taken over these. */
export function dossierValues(row: VintageDossier): Value[] {
  const { unitId, unitVersion, level, schoolLevel, ownership, confederationId, provinceId, districtId, grassrootsId } = row;
  return [
    ...[unitId, unitVersion, level, schoolLevel, ownership, confederationId, provinceId, districtId, grassrootsId],
    ...[row.code, row.name, row.tally, row.records],
  ];
}

function dossierOf(row: Row): VintageDossier {
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
  };
}

function cellValues({ unitId, schoolLevel, ownership, tally }: VintageCell): Value[] {
  return [unitId, schoolLevel, ownership, tally];
}

function cellOf(row: Row): VintageCell {
  return {
    unitId: text(row.unit_id),
    schoolLevel: text(row.school_level) as VintageCell["schoolLevel"],
    ownership: text(row.ownership) as VintageCell["ownership"],
    tally: text(row.tally),
  };
}
