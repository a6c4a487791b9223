import { type Day } from "../domain/day.js";
import { type Dossier, type DossierRecord } from "../domain/dossier.js";
import { openSince, placementOn, profileOn, standingPlacement, type UnitHistory } from "../domain/history.js";
import { type Succession } from "../domain/lineage.js";
import { account, obligations } from "../domain/measures.js";
import { type Content } from "../domain/records/field.js";
import { directive, type SettingInForce, settingsInForce } from "../domain/records/directive.js";
import { recordKinds } from "../domain/records/kinds.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/school-year.js";
import { sum } from "../domain/tally.js";
import { LEDGER_LEVELS } from "../domain/unit.js";
import { unionTurnover } from "../domain/union-turnover.js";
import type { DossierRow, Line } from "../storage/ledger.store.js";
import type { Stores } from "../storage/stores.js";

/** Kinds of records that a dossier is made of. */
export const DOSSIER_KINDS = recordKinds.filter((kind) => kind.touches === "SUBJECTS").map((kind) => kind.key);

/**
 * Works out the dossiers of units from the facts alone: placements, profiles, records and directives. What the ledger
 * holds is what this says; posting and audit both ask here.
 */
export async function assess(stores: Stores, unitIds: readonly string[], years: readonly SchoolYear[]): Promise<DossierRow[]> {
  const histories = await stores.units.histories(await stores.units.withAncestors(unitIds));
  const records = new Map<string, DossierRecord[]>();
  for (const { subjectId, record } of await stores.records.heldBy(unitIds, DOSSIER_KINDS)) {
    const held: DossierRecord = {
      kind: record.kind,
      lead: record.unitId === subjectId,
      schoolYear: record.schoolYear,
      provenance: record.provenance,
      content: record.content,
    };
    const others = records.get(subjectId);
    if (others) others.push(held);
    else records.set(subjectId, [held]);
  }
  const federations = [...histories.values()]
    .filter(({ unit }) => (LEDGER_LEVELS as readonly string[]).includes(unit.level))
    .map(({ unit }) => unit.id);
  const settings = (await stores.records.reportedBy(federations, directive.key)).flatMap(settingsOf);
  const successions = await stores.lineage.into(unitIds.filter((id) => histories.get(id)?.unit.level === "GRASSROOTS"));
  const rows: DossierRow[] = [];
  for (const unitId of unitIds) {
    const history = histories.get(unitId);
    if (!history) continue;
    const followed = successions.filter(({ successorId }) => successorId === unitId);
    for (const year of years) rows.push(dossierRow(history, year, histories, records.get(unitId) ?? [], settings, followed));
  }
  return rows;
}

/** The settings of a directive, each as it holds. */
export function settingsOf(record: StoredRecord): SettingInForce[] {
  const content = record.content as Content<typeof directive.fields>;
  return content.settings.map((setting) => ({
    unitId: record.unitId,
    recordId: record.recordId,
    number: content.number,
    issuedOn: content.issuedOn,
    indicator: setting.indicator,
    schoolYear: setting.schoolYear,
    deadline: setting.deadline,
    target: setting.target,
    term: setting.term ?? null,
    requiredRegulations: setting.requiredRegulations ?? [],
  }));
}

function dossierRow(
  history: UnitHistory,
  year: SchoolYear,
  histories: ReadonlyMap<string, UnitHistory>,
  records: readonly DossierRecord[],
  settings: readonly SettingInForce[],
  successions: readonly Succession[],
): DossierRow {
  const { unit } = history;
  const on = year.referenceDate;
  const counted = placementOn(history, on) !== null;
  const ancestors = lineOf(history, on, histories);
  const line: Line = { CONFEDERATION: null, PROVINCE: null, DISTRICT: null, GRASSROOTS: null };
  for (const { unit: of } of [history, ...ancestors]) if (of.level !== "SCHOOL") line[of.level] = of.id;
  const row = { unitId: unit.id, schoolYear: year.label, counted, level: unit.level, line };
  const turnover = unionTurnover(history, year, successions);
  if (!counted) return { ...row, stratum: null, tally: turnover, due: {} };

  const profile = profileOn(history, on);
  const inForce = settingsInForce(settings, [unit.id, ...ancestors.map((ancestor) => ancestor.unit.id)], year.label);
  const dossier: Dossier = {
    unitId: unit.id,
    provenance: unit.provenance,
    schoolYear: year,
    level: unit.level,
    kind: profile.kind,
    schoolLevel: profile.schoolLevel,
    ownership: profile.ownership,
    autonomyGroup: profile.autonomyGroup,
    parentLevel: ancestors[0]?.unit.level ?? null,
    openSince: openSince(history, on),
    deadlines: new Map([...inForce.deadlines].map(([indicator, setting]) => [indicator, setting.deadline])),
    demands: inForce.demands,
    records: records.filter((record) => record.schoolYear === null || record.schoolYear === year.label),
  };
  const stratum = profile.schoolLevel && profile.ownership ? { schoolLevel: profile.schoolLevel, ownership: profile.ownership } : null;
  const { tally, due } = account(dossier);
  const whole = sum(tally, turnover);
  return { ...row, stratum, tally: whole, due: Object.fromEntries(obligations.flatMap(({ key }) => (due[key] ? [[key, due[key]]] : []))) };
}

/** The ancestors of a unit as they stand on a day, nearest first. */
function lineOf(history: UnitHistory, on: Day, histories: ReadonlyMap<string, UnitHistory>): UnitHistory[] {
  const line: UnitHistory[] = [];
  for (let at: UnitHistory | undefined = history; at;) {
    const parentId: string | null = standingPlacement(at.placements, on)?.parentId ?? null;
    at = parentId ? histories.get(parentId) : undefined;
    if (at) line.push(at);
  }
  return line;
}
