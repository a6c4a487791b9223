import { type Day } from "../ground/day.js";
import { type Content, type Fields } from "../records/field.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Tally } from "../counting/tally.js";
import { type Words } from "../ground/words.js";
import { type Severity, type Values } from "./finding.js";
import { type FiledRecord, type UnitFile, type YearFile } from "./unit-file.js";

/** What a check saw in one record. `field` is the one to look at; `since`: from which day on, for what only time makes wrong. */
export interface SightInRecord<V extends Values = Values> {
  field: string;
  values: V;
  since?: Day;
}

/** What a check saw in a school year of a unit; `record` is the one to look at, where there is one. */
export interface SightInYear<V extends Values = Values> {
  record: FiledRecord | null;
  field: string;
  /** The first day on which it holds, so that nothing that is found depends on the clock. */
  since: Day;
  values: V;
}

/** What a check saw in a unit's file, and of which school year it speaks. */
export interface SightInFile<V extends Values = Values> extends SightInYear<V> {
  schoolYear: string;
}

/** What every check says of itself. */
interface Described<V extends Values> {
  /** Stable name, e.g. "QUORUM_NOT_MET". Clients and acknowledgements name it. */
  key: string;
  severity: Severity;
  name: Words;
  /** What must hold. */
  rule: Words;
  /** What to do about it. */
  mending: Words;
  /** Law, decree or practice that the rule rests on; none where figures simply contradict each other. */
  source: string | null;
  /** The finding as a sentence. */
  message(values: V): Words;
}

/** A check that needs nothing but one record: it also answers the mutation that sends it. */
export interface RecordCheck<V extends Values = Values, F extends Fields = Fields> extends Described<V> {
  scope: "RECORD";
  kind: { key: string; fields: F };
  /** The day that tells the school year, for a kind of record that belongs to none. */
  dayOf?(content: Content<F>): Day | null;
  look(content: Content<F>, year: SchoolYear | null): SightInRecord<V>[];
}

/** A check of one school year of a unit: its dossier and what it comes to. */
export interface YearCheck<V extends Values = Values> extends Described<V> {
  scope: "YEAR";
  look(year: YearFile): SightInYear<V>[];
}

/** A check that compares records or school years of a unit. */
export interface FileCheck<V extends Values = Values> extends Described<V> {
  scope: "FILE";
  look(file: UnitFile): SightInFile<V>[];
}

/** A check of what a unit published beside what the ledger says of the same school year, the unit and all below it. */
export interface FigureCheck<V extends Values = Values> extends Described<V> {
  scope: "FIGURE";
  look(figure: FiledRecord, tally: Tally): SightInRecord<V>[];
}

/** A union's report of people beside what its schools reported themselves of the same school year. */
export interface UnionBeside {
  record: FiledRecord;
  isOccupational: boolean;
  /** What the union's own dossier comes to, those of its schools together, and of these those that closed before the reference date. */
  own: Tally;
  schools: Tally;
  closed: Tally;
}

/** A check of a union's report beside those of its schools. */
export interface SchoolsCheck<V extends Values = Values> extends Described<V> {
  scope: "SCHOOLS";
  look(union: UnionBeside): SightInRecord<V>[];
}

/** A data-quality check: one file each, listed in `catalogue.ts`. It is pure and knows no clock. */
export type Check = RecordCheck | YearCheck | FileCheck | FigureCheck | SchoolsCheck;

/** Declares a check of one record. */
export function recordCheck<F extends Fields, V extends Values>(declared: Omit<RecordCheck<V, F>, "scope">): Check {
  return { ...declared, scope: "RECORD" } as unknown as Check;
}

/** Declares a check of one school year of a unit. */
export function yearCheck<V extends Values>(declared: Omit<YearCheck<V>, "scope">): Check {
  return { ...declared, scope: "YEAR" } as unknown as Check;
}

/** Declares a check of a unit's whole file. */
export function fileCheck<V extends Values>(declared: Omit<FileCheck<V>, "scope">): Check {
  return { ...declared, scope: "FILE" } as unknown as Check;
}

/** Declares a check of a published figure. */
export function figureCheck<V extends Values>(declared: Omit<FigureCheck<V>, "scope">): Check {
  return { ...declared, scope: "FIGURE" } as unknown as Check;
}

/** Declares a check of a union beside its schools. */
export function schoolsCheck<V extends Values>(declared: Omit<SchoolsCheck<V>, "scope">): Check {
  return { ...declared, scope: "SCHOOLS" } as unknown as Check;
}

/** The records of a kind that the unit itself reported. */
export function reportedIn<F extends Fields>(
  records: readonly FiledRecord[],
  kind: { key: string; fields: F },
): (FiledRecord & { content: Content<F> })[] {
  return records.filter((record) => record.kind === kind.key && record.lead) as (FiledRecord & { content: Content<F> })[];
}

/** The school year of a day: the first whose reference date is not before it, else the last that is open; none where none is. */
export function schoolYearAt(years: readonly SchoolYear[], on: Day): string | null {
  return (years.find(({ referenceDate }) => on <= referenceDate) ?? years.at(-1))?.label ?? null;
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  return a < b ? b : a;
}
