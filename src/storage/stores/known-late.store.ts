import { type LateFact } from "../../domain/counting/known-late.js";
import { type Level } from "../../domain/tree/unit.js";
import { mapInStretches } from "../../stretches.js";
import { LINE_COLUMN } from "./dossier.reader.js";
import { int, type Row, type Sql, text } from "../database/sql.js";

/** What became known of units when a school year was locked for them. */
export interface KnownLateStore {
  ofUnits(unitIds: readonly string[]): Promise<LateFact[]>;
  ofFacts(factIds: readonly string[]): Promise<LateFact[]>;
  /** Of a school year those on a unit of a level and on all that stood below it. */
  below(unitId: string, level: Level, schoolYear: string): Promise<LateFact[]>;
  /** Marks anew where these facts do not count; where they are not named again they count from now on. */
  replace(factIds: readonly string[], marks: readonly LateFact[]): Promise<void>;
}

export function knownLateStore(sql: Sql): KnownLateStore {
  const FACTS = "SELECT k.fact_id, k.unit_id, k.school_year, k.with_below FROM known_late k";
  const by = async (column: "unit_id" | "fact_id", ids: readonly string[]) =>
    (await sql.rowsIn(`${FACTS} WHERE k.${column} IN (??)`, ids)).map(factOf);
  return {
    ofUnits: (unitIds) => by("unit_id", unitIds),
    ofFacts: (factIds) => by("fact_id", factIds),
    async below(unitId, level, schoolYear) {
      const rows = await sql.rows(
        `${FACTS} JOIN dossier d ON d.unit_id = k.unit_id AND d.school_year = k.school_year WHERE d.${LINE_COLUMN[level]} = ? AND d.school_year = ?`,
        [unitId, schoolYear],
      );
      return mapInStretches(rows, factOf, () => sql.pause());
    },
    async replace(factIds, marks) {
      for (const factId of factIds) await sql.change("DELETE FROM known_late WHERE fact_id = ?", [factId]);
      await sql.insert(
        "known_late",
        ["fact_id", "unit_id", "school_year", "with_below"],
        marks.map(({ factId, unitId, schoolYear, withBelow }) => [factId, unitId, schoolYear, withBelow ? 1 : 0]),
      );
    },
  };
}

function factOf(row: Row): LateFact {
  const fact = { factId: text(row.fact_id), unitId: text(row.unit_id), schoolYear: text(row.school_year) };
  return int(row.with_below) === 1 ? { ...fact, withBelow: true } : fact;
}
