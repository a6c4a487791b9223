import { dayInVietnam } from "../domain/ground/day.js";
import { grouped } from "../domain/ground/grouped.js";
import { type Dossier, isClosed } from "../domain/counting/dossier.js";
import { acknowledged, findingsOfFile, findingsOfYear } from "../domain/findings/examination.js";
import { extensionsIn } from "../domain/figures/directed.js";
import { type Finding } from "../domain/findings/finding.js";
import { lastDayIn, openSince, placementOn, profileOn, standingPlacement, type UnitHistory } from "../domain/tree/history.js";
import { type Succession } from "../domain/tree/lineage.js";
import { INCLUDING_KINDS } from "../domain/counting/measures.js";
import { type Forest, isOpen, lineOn, standsFor } from "../domain/tree/past.js";
import { recordKinds } from "../domain/records/catalogue.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { isZero, sum } from "../domain/counting/tally.js";
import { type Level, levelOf, LEVELS, mayParent } from "../domain/tree/unit.js";
import { unionTurnover } from "../domain/counting/union-turnover.js";
import { inStretches } from "../stretches.js";
import type { Stores } from "../storage/stores/stores.js";
import { printsOf } from "./fingerprint.js";
import { formerUnits } from "./former-units.js";
import { CommonGrounds, type Grounds, groundsOf } from "./grounds.js";
import { type FiledRecord, type YearFile } from "../domain/findings/unit-file.js";
import type { Line } from "../domain/tree/line.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** Kinds of records that a dossier is made of. */
export const DOSSIER_KINDS = recordKinds.filter((kind) => kind.touches === "SUBJECTS").map((kind) => kind.key);
/** Kinds that only say how a finding is to be taken. */
export const FINDING_KINDS = recordKinds.filter((kind) => kind.touches === "FINDINGS").map((kind) => kind.key);

/** Levels of units under which commune unions stand. */
const ABOVE_COMMUNES: readonly (Level | undefined)[] = LEVELS.filter((level) => mayParent(level, levelOf("COMMUNE_UNION")));

/** What the facts of units say: their dossiers of some school years, and what the checks find. */
export interface Assessment {
  dossiers: DossierRow[];
  /** Of all school years; those of checks of one year only for the years that were asked for. */
  findings: Finding[];
}

/**
 * Works out the dossiers of units, and what is found in them, from the facts alone: placements, profiles, records and
 * directives. What the ledger holds is what this says; posting and audit both ask here. `schoolYears`: all that are open;
 * `common`: of the units that were assessed before these.
 */
export async function assess(
  stores: Stores,
  unitIds: readonly string[],
  years: readonly SchoolYear[],
  schoolYears: readonly SchoolYear[],
  common = new CommonGrounds(),
): Promise<Assessment> {
  const grounds = await groundsOf(stores, unitIds, common);
  const records = new Map<string, FiledRecord[]>();
  for (const { subjectId, record } of await stores.records.heldBy(unitIds, [...DOSSIER_KINDS, ...FINDING_KINDS])) {
    const held = heldIn(subjectId, record);
    const others = records.get(subjectId);
    if (others) others.push(held);
    else records.set(subjectId, [held]);
  }
  const levelOfId = (id: string) => grounds.histories.get(id)?.unit.level;
  // Whom others followed is looked at in unions, which are founded or not, and in reports that may include them.
  const mayFollow = (id: string) => levelOfId(id) === "GRASSROOTS" || records.get(id)?.some(({ kind }) => INCLUDING_KINDS.includes(kind));
  const successions = await successionsOf(stores, unitIds.filter(mayFollow));
  const formers = await formerUnits(stores, successions, schoolYears, common);
  const communes = await stores.units.communeUnionsUnder(unitIds.filter((id) => ABOVE_COMMUNES.includes(levelOfId(id))));
  const dossiers: DossierRow[] = [];
  const findings: Finding[] = [];
  await inStretches(unitIds, assessUnit, stores.pause);
  return { dossiers, findings };

  function assessUnit(unitId: string): void {
    const history = grounds.histories.get(unitId);
    if (!history) return;
    const held = records.get(unitId) ?? [];
    const followed = successions.get(unitId) ?? [];
    const filed = held.filter(({ kind }) => !FINDING_KINDS.includes(kind));
    const found = findingsOfFile({
      ...{ history, schoolYears, records: [...filed, ...common.directivesOf(unitId).map((record) => heldIn(unitId, record))] },
      ...{ communeUnions: communes.get(unitId) ?? [], formers: formers.get(unitId) ?? [] },
    });
    for (const year of years) {
      const { row, file } = dossierRow(history, year, grounds, filed, followed);
      dossiers.push(row);
      if (file) found.push(...findingsOfYear(file));
    }
    const given = held.filter(({ kind }) => FINDING_KINDS.includes(kind));
    findings.push(...acknowledged(found, given));
  }
}

/** Whom units followed, by unit. */
export async function successionsOf(stores: Stores, unitIds: readonly string[]): Promise<Map<string, Succession[]>> {
  return grouped(
    await stores.lineage.into(unitIds),
    ({ successorId }) => successorId,
    (succession) => succession,
  );
}

/** A standing record as the file of a unit holds it. */
export function heldIn(
  subjectId: string,
  record: Omit<FiledRecord, "lead" | "recordedOn"> & Pick<StoredRecord, "unitId" | "recordedAt">,
): FiledRecord {
  return {
    recordId: record.recordId,
    version: record.version,
    recordedOn: dayInVietnam(record.recordedAt),
    kind: record.kind,
    lead: record.unitId === subjectId,
    schoolYear: record.schoolYear,
    provenance: record.provenance,
    content: record.content,
  };
}

/**
 * The dossier of a unit for a school year as it is stored, and what the checks of the year look at; none where the unit is not counted. One
 * that closed before the reference date adds what it did until then.
 */
export function dossierRow(
  history: UnitHistory,
  year: SchoolYear,
  grounds: Grounds,
  records: readonly FiledRecord[],
  successions: readonly Succession[],
): { row: DossierRow; file: YearFile | null } {
  const { unit } = history;
  const line: Line = { CONFEDERATION: null, PROVINCE: null, DISTRICT: null, GRASSROOTS: null };
  for (const { unit: of } of [history, ...lineOf(history, grounds.forestOf(year))]) if (of.level !== "SCHOOL") line[of.level] = of.id;
  const dossier = dossierOf(history, year, grounds, records);
  const closedInYear = dossier !== null && isClosed(dossier);
  const counted = dossier !== null && !closedInYear;
  const row = { unitId: unit.id, schoolYear: year.label, counted, closedInYear, level: unit.level, line };
  const isLate = grounds.late.has({ factId: unit.id, unitId: unit.id, schoolYear: year.label });
  const turnover = isLate ? {} : unionTurnover(history, year, successions);
  const printed = (made: Omit<DossierRow, "prints">, of: readonly FiledRecord[]): DossierRow => ({
    ...made,
    prints: printsOf(made, of, year),
  });
  if (!dossier) return { row: printed({ ...row, stratum: null, tally: turnover, due: {} }, []), file: null };
  const { schoolLevel, ownership } = dossier;
  const own = grounds.common.account(dossier);
  const tally = isZero(turnover) ? own.tally : sum(own.tally, turnover);
  const held = countedIn(records, unit.id, year, grounds);
  return {
    row: printed({ ...row, stratum: schoolLevel && ownership ? { schoolLevel, ownership } : null, tally, due: own.due }, held),
    file: counted ? { dossier, account: own, records: held } : null,
  };
}

/**
 * The dossier of a unit for a school year with these of its records; `null` where the unit was open on none of the days that count in it, or
 * became known when the year was locked. Of records and directives only what was known in time is in it. Directives speak of the reference
 * date: they say nothing to a unit that closed before it.
 */
export function dossierOf(history: UnitHistory, year: SchoolYear, grounds: Grounds, records: readonly FiledRecord[]): Dossier | null {
  const { unit } = history;
  const on = lastDayIn(history, year);
  const { histories, common, late } = grounds;
  if (on === null || late.in(unit.id, year.label).has(unit.id)) return null;
  const profile = profileOn(history, on);
  const parentId = placementOn(history, on)?.parentId;
  const parent = parentId ? histories.get(parentId) : undefined;
  const counted = countedIn(records, unit.id, year, grounds);
  const directed = () => {
    const above = lineOf(history, grounds.forestOf(year)).map((ancestor) => ancestor.unit);
    const lateHere = late.over([unit.id, ...above.map(({ id }) => id)], year.label);
    return common.inForce(lateHere, [unit, ...above], year.label);
  };
  return {
    unitId: unit.id,
    provenance: unit.provenance,
    schoolYear: year,
    level: unit.level,
    kind: profile.kind,
    schoolLevel: profile.schoolLevel,
    ownership: profile.ownership,
    autonomyGroup: profile.autonomyGroup,
    parentLevel: parent?.unit.level ?? null,
    lastDay: on,
    openSince: openSince(history, on),
    ...(on < year.referenceDate ? UNDIRECTED : directed()),
    records: counted,
    extensions: extensionsIn(counted),
    inSuccessors: on < year.referenceDate ? grounds.inSuccessors(history, year) : [],
  };
}

/** Those of a unit's records that may count in a school year: its own and the lasting ones, as far as they were known in time. */
export function countedIn<R extends Pick<FiledRecord, "recordId" | "schoolYear">>(
  records: readonly R[],
  unitId: string,
  { label }: SchoolYear,
  { late: known }: Pick<Grounds, "late">,
): R[] {
  const late = known.in(unitId, label);
  return records.filter(({ recordId, schoolYear }) => (schoolYear === null || schoolYear === label) && !late.has(recordId));
}

/** What directives say to a unit that has closed. */
const UNDIRECTED: Pick<Dossier, "deadlines" | "demands"> = { deadlines: new Map(), demands: new Map() };

/**
 * The units above one on a day, nearest first: of one that has closed the line over what stands in which it last stood. What ended above it is
 * stood for by who followed; by none where nobody does, the nearest above it that stands.
 */
export function lineOf(history: UnitHistory, forest: Forest): UnitHistory[] {
  const line: UnitHistory[] = [];
  for (let at: UnitHistory | undefined = history; at;) {
    const parentId: string | null = standingPlacement(at.placements, forest.on)?.parentId ?? null;
    const aboveId: string | null =
      parentId && (standsFor(parentId, forest) ?? lineOn(parentId, forest).find((id) => isOpen(id, forest)) ?? null);
    at = aboveId ? forest.histories.get(aboveId) : undefined;
    if (at) line.push(at);
  }
  return line;
}
