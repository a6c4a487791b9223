import { measureKeys } from "../../domain/counting/measures.js";
import { type Tally } from "../../domain/counting/tally.js";
import { inStretches, mapInStretches } from "../../stretches.js";
import { type Cell, type CellTally } from "../../domain/counting/cell.js";
import { CELL, cellCondition, cellKey, cellOf, cellValues } from "../tables/cell.js";
import {
  columnsOf,
  DOSSIER,
  dossierOf,
  dossierValues,
  EVERYTHING,
  namesDiffering,
  namesIn,
  type Names,
  tallyOf,
} from "../tables/dossier.row.js";
import { portions, type Sql } from "../database/sql.js";
import { type DossierRow } from "../../domain/counting/stored-dossier.js";

export interface LedgerStore {
  dossiers(unitIds: readonly string[], schoolYears: readonly string[]): Promise<DossierRow[]>;
  /** Stores dossiers; `before`: what was stored until now, if anything was. */
  saveDossiers(dossiers: readonly { row: DossierRow; before: DossierRow | undefined }[]): Promise<void>;
  /** Takes dossiers away. */
  removeDossiers(dossiers: readonly DossierRow[]): Promise<void>;
  /** Adds an amount to cells that are there, in one statement for all that one record reaches; fails when one is missing. */
  add(amount: Tally, cells: readonly Cell[]): Promise<void>;
  /** Adds to each cell its own amount, in the order given. Every writer must give them in the order of the primary key. */
  addEach(cells: readonly CellTally[]): Promise<void>;
  /** Makes cells of zeros where there are none. Only for whoever has the gate alone. */
  ensure(cells: readonly Cell[]): Promise<void>;
  /** Cells of one filter, with these measures of them. */
  cells(
    unitIds: readonly string[],
    schoolYears: readonly string[],
    schoolLevel: string,
    ownership: string,
    measures: readonly string[],
  ): Promise<CellTally[]>;
  /** Every cell of a school year, unit by unit. */
  cellsOfYear(schoolYear: string): Promise<CellTally[]>;
  replaceYear(schoolYear: string, cells: readonly CellTally[]): Promise<void>;
}

/** A measure's worth of one unit and school year, summed over dossiers. */
export interface SumRow {
  unitId: string;
  schoolYear: string;
  tally: Tally;
}

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
/** SQLite takes no condition of a thousand ORs. */
const MOST_CELLS = 500;
/** From so many dossiers on they are stored many at once, by the columns that differ in any, not each by its own. */
const MANY = 20;

export function ledgerStore(sql: Sql): LedgerStore {
  /** Writes the columns that differ: of a hundred, one record changes a few. */
  async function update(row: DossierRow, before: DossierRow): Promise<void> {
    const [values, old] = [dossierValues(row, EVERYTHING), dossierValues(before, EVERYTHING)];
    const changed = DOSSIER.flatMap((name, index) => (values[index] === old[index] ? [] : [{ name, value: values[index] ?? null }]));
    if (changed.length === 0) return;
    const set = changed.map(({ name }) => `\`${name}\` = ?`).join(", ");
    await sql.change(`UPDATE dossier SET ${set} WHERE unit_id = ? AND school_year = ?`, [
      ...changed.map(({ value }) => value),
      row.unitId,
      row.schoolYear,
    ]);
  }
  const pause = () => sql.pause();
  const valuesOf = (rows: readonly DossierRow[], names: Names) => mapInStretches(rows, (row) => dossierValues(row, names), pause);
  const inYears = (years: readonly string[]) => `school_year IN (${years.map(() => "?").join(", ")})`;
  return {
    async dossiers(unitIds, schoolYears) {
      if (schoolYears.length === 0) return [];
      const rows = await sql.rowsIn(
        `SELECT ${quoted(DOSSIER)} FROM dossier WHERE unit_id IN (??) AND ${inYears(schoolYears)}`,
        unitIds,
        schoolYears,
      );
      return mapInStretches(rows, dossierOf, pause);
    },
    async saveDossiers(dossiers) {
      const fresh = dossiers.flatMap(({ row, before }) => (before ? [] : [row]));
      const names = namesIn(fresh);
      await sql.insert("dossier", columnsOf(names), await valuesOf(fresh, names));
      const changed = dossiers.flatMap(({ row, before }) => (before ? [{ row, before }] : []));
      if (changed.length < MANY) for (const { row, before } of changed) await update(row, before);
      else {
        const differing = namesDiffering(changed);
        const columns = columnsOf(differing);
        const values = await valuesOf(
          changed.map(({ row }) => row),
          differing,
        );
        await sql.insert(
          "dossier",
          columns,
          values,
          sql.dialect.onPresent(columns.slice(0, 2), columns.slice(2), (_present, given) => given),
        );
      }
    },
    async removeDossiers(dossiers) {
      for (const part of portions(dossiers, MOST_CELLS / 2)) {
        const places = part.map(() => "(unit_id = ? AND school_year = ?)").join(" OR ");
        await sql.change(
          `DELETE FROM dossier WHERE ${places}`,
          part.flatMap(({ unitId, schoolYear }) => [unitId, schoolYear]),
        );
      }
    },
    async add(amount, cells) {
      const measures = Object.keys(amount).filter((measure) => amount[measure] !== 0);
      if (measures.length === 0 || cells.length === 0) return;
      const set = measures.map((measure) => `\`${measure}\` = \`${measure}\` + ?`).join(", ");
      const amounts = measures.map((measure) => amount[measure] ?? 0);
      let matched = 0;
      for (const part of portions(cells, MOST_CELLS)) {
        const { condition, values } = cellCondition(part);
        matched += await sql.change(`UPDATE ledger SET ${set} WHERE ${condition}`, [...amounts, ...values]);
      }
      if (matched !== cells.length) throw new Error(`posting reached ${matched} of ${cells.length} cells`);
    },
    async addEach(cells) {
      const given = new Set<string>();
      const look = ({ tally }: CellTally) => {
        for (const measure in tally) if (tally[measure]) given.add(measure);
      };
      await inStretches(cells, look, pause);
      const measures = measureKeys.filter((measure) => given.has(measure));
      const valuesIn = (cell: CellTally) => [...cellValues(cell), ...measures.map((measure) => cell.tally[measure] ?? 0)];
      const rows = await mapInStretches(cells, valuesIn, pause);
      await sql.insert(
        "ledger",
        [...CELL, ...measures],
        rows,
        sql.dialect.onPresent(CELL, measures, (present, more) => `${present} + ${more}`),
      );
    },
    async ensure(cells) {
      const unitIds = cells.map(({ unitId }) => unitId);
      const rows = await sql.rowsIn(`SELECT ${quoted(CELL)} FROM ledger WHERE unit_id IN (??)`, unitIds);
      const present = new Set<string>();
      await inStretches(rows, (row) => void present.add(cellKey(cellOf(row))), pause);
      const missing: string[][] = [];
      await inStretches(cells, (cell) => void (present.has(cellKey(cell)) || missing.push(cellValues(cell))), pause);
      await sql.insert("ledger", CELL, missing);
    },
    async cells(unitIds, schoolYears, schoolLevel, ownership, measures) {
      if (schoolYears.length === 0) return [];
      const rows = await sql.rowsIn(
        `SELECT ${quoted([...CELL, ...measures])} FROM ledger WHERE unit_id IN (??) AND ${inYears(schoolYears)} AND school_level = ? AND ownership = ?`,
        unitIds,
        [...schoolYears, schoolLevel, ownership],
      );
      return rows.map((row) => ({ ...cellOf(row), tally: tallyOf(row, measures) }));
    },
    async cellsOfYear(schoolYear) {
      const rows = await sql.rows(`SELECT ${quoted([...CELL, ...measureKeys])} FROM ledger WHERE school_year = ?`, [schoolYear]);
      return rows.map((row) => ({ ...cellOf(row), tally: tallyOf(row) }));
    },
    async replaceYear(schoolYear, cells) {
      await sql.change("DELETE FROM ledger WHERE school_year = ?", [schoolYear]);
      await sql.insert(
        "ledger",
        [...CELL, ...measureKeys],
        cells.map((cell) => [...cellValues(cell), ...measureKeys.map((measure) => cell.tally[measure] ?? 0)]),
      );
    },
  };
}
