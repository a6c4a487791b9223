import { type Day } from "../../domain/ground/day.js";
import { measureKeys, obligations } from "../../domain/counting/measures.js";
import { type Tally } from "../../domain/counting/tally.js";
import { type Level, type Ownership, type SchoolLevel } from "../../domain/tree/unit.js";
import { int, type Row, text, textOrNull, type Value } from "../database/sql.js";
import { dueName } from "./tables.js";
import { type DossierRow } from "../../domain/counting/stored-dossier.js";

const LINE = ["confederation_id", "province_id", "district_id", "grassroots_id"] as const;
const PRINTS = ["whole_year_print", "first_half_print"] as const;
const FACTS = ["unit_id", "school_year", "counted", "closed_in_year", "level", "school_level", "ownership", ...LINE, ...PRINTS];
const DUE = obligations.map(({ key }) => ({ key, column: dueName(key) }));

/** Measures and obligations by which dossiers are written. */
export interface Names {
  measures: readonly string[];
  due: readonly string[];
}

/** All of them. */
export const EVERYTHING: Names = { measures: measureKeys, due: obligations.map(({ key }) => key) };
/** Every column of a dossier. */
export const DOSSIER = columnsOf(EVERYTHING);

/** The columns of dossiers that are written by these. */
export function columnsOf({ measures, due }: Names): string[] {
  return [...FACTS, ...measures, ...due.map(dueName)];
}

/** What some dossiers say: of those without a record few of a hundred columns are not what the table has by itself. */
export function namesIn(dossiers: readonly DossierRow[]): Names {
  const said = new Set<string>();
  // Dossiers that are alike share what they say.
  for (const part of new Set(dossiers.flatMap(({ tally, due }) => [tally, due]))) for (const key in part) said.add(key);
  return among(said);
}

/** What changed dossiers say otherwise than before. */
export function namesDiffering(changed: readonly { row: DossierRow; before: DossierRow }[]): Names {
  const differing = new Set<string>();
  for (const { row, before } of changed)
    for (const part of ["tally", "due"] as const)
      for (const keys of [row[part], before[part]]) for (const key in keys) if (row[part][key] !== before[part][key]) differing.add(key);
  return among(differing);
}

function among(names: ReadonlySet<string>): Names {
  return { measures: EVERYTHING.measures.filter((key) => names.has(key)), due: EVERYTHING.due.filter((key) => names.has(key)) };
}

/** The measures of a row that are not 0. */
export function tallyOf(row: Row, measures: readonly string[] = measureKeys): Tally {
  const tally: Record<string, number> = {};
  for (const measure of measures) {
    const value = row[measure];
    // Most are 0.
    if (value === 0) continue;
    const amount = int(value);
    if (amount !== 0) tally[measure] = amount;
  }
  return tally;
}

/** A dossier as it was stored. */
export function dossierOf(row: Row): DossierRow {
  const schoolLevel = textOrNull(row.school_level) as SchoolLevel | null;
  const due: Record<string, Day> = {};
  for (const { key, column } of DUE) if (row[column]) due[key] = text(row[column]);
  return {
    unitId: text(row.unit_id),
    schoolYear: text(row.school_year),
    counted: int(row.counted) === 1,
    closedInYear: int(row.closed_in_year) === 1,
    level: text(row.level) as Level,
    stratum: schoolLevel ? { schoolLevel, ownership: text(row.ownership) as Ownership } : null,
    line: {
      CONFEDERATION: textOrNull(row.confederation_id),
      PROVINCE: textOrNull(row.province_id),
      DISTRICT: textOrNull(row.district_id),
      GRASSROOTS: textOrNull(row.grassroots_id),
    },
    tally: tallyOf(row),
    due,
    prints: { WHOLE_YEAR: text(row.whole_year_print), FIRST_HALF: text(row.first_half_print) },
  };
}

/** What is stored of a dossier, in the order of its columns. */
export function dossierValues(row: DossierRow, names: Names): Value[] {
  const { unitId, schoolYear, counted, closedInYear, level, stratum, line, tally, due, prints } = row;
  return [
    ...[unitId, schoolYear, counted ? 1 : 0, closedInYear ? 1 : 0, level, stratum?.schoolLevel ?? null, stratum?.ownership ?? null],
    ...[line.CONFEDERATION, line.PROVINCE, line.DISTRICT, line.GRASSROOTS, prints.WHOLE_YEAR, prints.FIRST_HALF],
    ...names.measures.map((measure) => tally[measure] ?? 0),
    ...names.due.map((key) => due[key] ?? null),
  ];
}
