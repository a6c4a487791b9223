import { type Day } from "../ground/day.js";
import type { RecordKind } from "../records/kind.js";
import { type Acknowledgement, acknowledgementName } from "../records/kinds/finding-acknowledgement.js";
import { type Content } from "../records/field.js";
import { type UnitHistory } from "../tree/history.js";
import { type SchoolYear } from "../tree/school-year.js";
import { type Tally } from "../counting/tally.js";
import { checks } from "./catalogue.js";
import { type Check, schoolYearAt, type SightInFile, type UnionBeside } from "./check.js";
import { nothingReported, silentYears } from "./list/nothing-reported.js";
import { type Finding, findingName, fingerprintOf, type RecordFinding } from "./finding.js";
import { type FiledRecord, type UnitFile, type YearFile } from "./unit-file.js";

const recordChecks = checks.filter((check) => check.scope === "RECORD");
const yearChecks = checks.filter((check) => check.scope === "YEAR");
const fileChecks = checks.filter((check) => check.scope === "FILE");
const schoolsChecks = checks.filter((check) => check.scope === "SCHOOLS");
const figureChecks = checks.filter((check) => check.scope === "FIGURE");
/** Checks by the kind of record that they look at: most records have few. */
const byKind = new Map<string, (typeof recordChecks)[number][]>();
for (const check of recordChecks) byKind.set(check.kind.key, [...(byKind.get(check.kind.key) ?? []), check]);

/** How much is found in one record at most: a check finds one thing in it, or nothing. */
export const MOST_FINDINGS = Math.max(...[...byKind.values()].map(({ length }) => length));

/** What looks wrong on a day in one record, seen by itself. */
export function findingsOfRecord(kind: Pick<RecordKind, "key">, content: Content, year: SchoolYear | null, today: Day): RecordFinding[] {
  return (byKind.get(kind.key) ?? []).flatMap((check) =>
    check
      .look(content, year)
      .filter(({ since }) => since === undefined || since <= today)
      .map(({ field, values }) => ({ code: check.key, severity: check.severity, field, message: check.message(values) })),
  );
}

/** What the checks of single records and of the whole file find in a unit, for all school years. */
export function findingsOfFile(file: UnitFile): Finding[] {
  const { unit } = file.history;
  const ofRecords = file.records.filter(({ lead }) => lead).flatMap((record) => sightsIn(file, record));
  const ofFile = fileChecks.flatMap((check) => check.look(file).map((sight) => ({ check, sight })));
  return [...ofRecords, ...ofFile].map(({ check, sight }) => findingOf(unit.id, check, sight));
}

/** What the checks of a school year find in one of a unit. */
export function findingsOfYear(year: YearFile): Finding[] {
  const { unitId, schoolYear } = year.dossier;
  return yearChecks.flatMap((check) =>
    check.look(year).map((sight) => findingOf(unitId, check, { ...sight, schoolYear: schoolYear.label })),
  );
}

/** What the checks of published figures find in one of a unit; `tally`: of the unit and all below it in its school year. */
export function findingsOfFigure(unitId: string, schoolYear: string, figure: FiledRecord, tally: Tally): Finding[] {
  return figureChecks.flatMap((check) =>
    check
      .look(figure, tally)
      .map(({ field, values, since = figure.recordedOn }) =>
        findingOf(unitId, check, { schoolYear, record: figure, field, since, values }),
      ),
  );
}

/** What the checks of unions beside their schools find in a union's report. */
export function findingsOfUnion(unitId: string, schoolYear: string, union: UnionBeside): Finding[] {
  const { record } = union;
  return schoolsChecks.flatMap((check) =>
    check.look(union).map((sight) => findingOf(unitId, check, { schoolYear, record, since: record.recordedOn, ...sight })),
  );
}

/** Whether findings of this check rest on what the schools of a union report. */
export function isOfSchools(key: string): boolean {
  return schoolsChecks.some((check) => check.key === key);
}

/** Whether findings of this check rest on the ledger, so that they follow what is posted from below. */
export function isOfFigures(key: string): boolean {
  return figureChecks.some((check) => check.key === key);
}

/** Checks whose findings speak of one school year and stay in it, whichever others are opened. */
export const OF_ONE_YEAR: readonly string[] = [...yearChecks, nothingReported].map(({ key }) => key);

/** What is found in a unit because a school year is opened, of which nothing has been recorded. `reported`: those of which the unit has. */
export function findingsOfOpening(history: UnitHistory, year: SchoolYear, reported: readonly string[]): Finding[] {
  return silentYears(history, [year], reported).map((sight) => findingOf(history.unit.id, nothingReported, sight));
}

/** Whether findings of this check follow from one school year of the unit alone. Those of a check that is gone do not. */
export function isOfYear(key: string): boolean {
  return yearChecks.some((check) => check.key === key);
}

/** The findings with their acknowledgements: one covers its finding as long as the values stay. */
export function acknowledged(
  findings: readonly Finding[],
  given: readonly { recordId: string; schoolYear: string | null; content: Content }[],
): Finding[] {
  const byName = new Map(
    given.map(({ recordId, schoolYear, content }) => {
      const acknowledgement = content as unknown as Acknowledgement;
      return [`${schoolYear} ${acknowledgementName(acknowledgement)}`, { recordId, fingerprint: acknowledgement.fingerprint }];
    }),
  );
  return findings.map((finding) => {
    const found = byName.get(`${finding.schoolYear} ${findingName(finding)}`);
    return found ? { ...finding, acknowledgementId: found.recordId, open: found.fingerprint !== finding.fingerprint } : finding;
  });
}

function sightsIn(file: UnitFile, record: FiledRecord): { check: Check; sight: SightInFile }[] {
  return (byKind.get(record.kind) ?? []).flatMap((check) => {
    const year = file.schoolYears.find(({ label }) => label === record.schoolYear) ?? null;
    const on = check.dayOf?.(record.content) ?? record.recordedOn;
    const schoolYear = record.schoolYear ?? schoolYearAt(file.schoolYears, on);
    if (schoolYear === null) return [];
    return check
      .look(record.content, year)
      .map(({ field, values, since }) => ({ check, sight: { schoolYear, record, field, values, since: since ?? record.recordedOn } }));
  });
}

function findingOf(unitId: string, { key, severity }: Check, { schoolYear, record, field, since, values }: SightInFile): Finding {
  return {
    ...{ unitId, schoolYear, check: key, field, recordId: record?.recordId ?? null, severity, since, values },
    ...{ fingerprint: fingerprintOf(values), acknowledgementId: null, open: true },
  };
}
