import { keysOf } from "../domain/counting/measure.js";
import { createHash } from "node:crypto";
import { INCLUDING_KINDS, inSuccessor } from "../domain/counting/measures.js";
import { kindOf } from "../domain/records/catalogue.js";
import { unitReport } from "../domain/records/kinds/unit-report.js";
import { periodOf, type ReportingPeriod } from "../domain/reporting/reporting-period.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { LEDGER_LEVELS } from "../domain/tree/unit.js";
import type { FiledRecord } from "../domain/findings/unit-file.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** What becomes of the report itself is none of the figures that it declares, nor is it that others say to include them: then the figures are gone. */
const OF_THE_REPORT: ReadonlySet<string> = new Set([
  ...keysOf(unitReport.measures),
  ...unitReport.obligations.map(({ key }) => key),
  ...keysOf(INCLUDING_KINDS.map(inSuccessor)),
]);
/** 22 letters of six bits each. */
const LETTERS = 22;

/** A short text that differs for different ones, whoever chooses them. */
export function digestOfLines(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n"), "utf8").digest("base64url").slice(0, LETTERS);
}

/**
 * The digests of what a unit's reports of a school year declare, which is what their acceptance locks: of the whole year all its
 * figures with its place in the tree, and the versions of the year's records; of the first half the versions of its records. A record of
 * many years speaks by its figures alone. Measures that are 0 are left out, so that one that comes to be measured changes nothing.
 */
export function printsOf(
  { counted, closedInYear, level, stratum, line, tally, due }: Omit<DossierRow, "prints">,
  records: readonly FiledRecord[],
  year: SchoolYear,
): Record<ReportingPeriod, string> {
  const own = records.filter(({ kind, schoolYear }) => schoolYear !== null && kindOf(kind).belongsToReport);
  const { cutOff } = periodOf(year, "FIRST_HALF");
  const early = own.filter(({ kind, content }) => (kindOf(kind).day(content) ?? "9999") <= cutOff);
  const place = [
    counted,
    closedInYear,
    level,
    stratum?.schoolLevel,
    stratum?.ownership,
    ...[...LEDGER_LEVELS, "GRASSROOTS" as const].map((above) => line[above]),
  ];
  return {
    WHOLE_YEAR: digestOfLines([place.join(), ...amounts(tally), ...amounts(due), ...versions(own)]),
    FIRST_HALF: digestOfLines(versions(early)),
  };
}

function amounts(of: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(of)
    .filter(([key, amount]) => amount !== 0 && !OF_THE_REPORT.has(key))
    .map(([key, amount]) => `${key} ${String(amount)}`)
    .sort();
}

function versions(records: readonly FiledRecord[]): string[] {
  return records.map(({ recordId, version }) => `${recordId} ${version}`).sort();
}
