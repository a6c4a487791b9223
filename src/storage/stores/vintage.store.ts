import { int, type Sql, text } from "../database/sql.js";
import { CELL, cellOf, cellValues, DOSSIER, dossierOf, dossierValues, VINTAGE, vintageOf, vintageValues } from "../tables/vintage.row.js";
import { type VintageContent, type VintageDefinition } from "../../domain/analysis/vintage-content.js";
import { type VintageRow } from "../../domain/analysis/vintage.js";

export interface VintageStore {
  insert(vintage: VintageRow, content: VintageContent): Promise<void>;
  byIds(ids: readonly string[]): Promise<Map<string, VintageRow>>;
  /** Of a unit and school year, in order of their ordinals. */
  ofUnit(unitId: string, schoolYear: string): Promise<VintageRow[]>;
  /** Of these school years, whoever published them. */
  ofYears(schoolYears: readonly string[]): Promise<VintageRow[]>;
  /** Vintages that hold figures of these units, in order of time. */
  holding(unitIds: readonly string[]): Promise<{ unitId: string; vintage: VintageRow }[]>;
  definitions(vintageId: string): Promise<VintageDefinition[]>;
  /** Everything that a vintage holds. */
  content(vintageId: string): Promise<VintageContent>;
  /** The cells of these units, their dossiers, and of a union also those of its schools. */
  figures(vintageId: string, unitIds: readonly string[]): Promise<Pick<VintageContent, "dossiers" | "cells">>;
}

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
    ofYears: async (schoolYears) =>
      (await sql.rowsIn(`SELECT ${columns(VINTAGE, "v")} FROM vintage v WHERE v.school_year IN (??) ORDER BY v.id`, schoolYears)).map(
        vintageOf,
      ),
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
