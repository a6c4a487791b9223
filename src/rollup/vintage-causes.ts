import { EDITION } from "../domain/edition.js";
import { indicatorByKey } from "../domain/indicators/catalogue.js";
import { figures, type Indicator } from "../domain/indicators/indicator.js";
import { KnownLate } from "../domain/known-late.js";
import { directive } from "../domain/records/directive.js";
import { kindOf } from "../domain/records/kinds.js";
import { type StoredRecord } from "../domain/records/record.js";
import { difference, isZero } from "../domain/tally.js";
import { LEDGER_LEVELS, type Level } from "../domain/unit.js";
import { type CorrectionCode, passesFilter } from "../domain/vintage.js";
import { DOSSIER_KINDS, settingsOf } from "../ledger/assess.js";
import type { Stores } from "../storage/stores.js";
import { type Compared, type Counted, sameFormula, type VintageChange } from "./vintage-changes.js";

/** One thing that happened after a publication. */
export interface Correction {
  code: CorrectionCode;
  record: StoredRecord | null;
  /** The version that was published; later ones are the correction. 0 where there was none. */
  since: number;
}

/** A unit whose own figures changed, what that adds to the change, and by what. The causes of a change add up to it. */
export interface Cause {
  unitId: string;
  code: string;
  /** Live less published, of the unit's own dossier. */
  numerator: number;
  denominator: number | null;
  corrections: Correction[];
}

/** What happened to records and directives since a publication, looked up once for all its changes. */
export interface Happened {
  /** By unit: its records that were not there, are gone or have another version. */
  records: ReadonlyMap<string, readonly (Correction & { record: StoredRecord })[]>;
  directives: readonly (Correction & { record: StoredRecord })[];
}

/** Everything that was recorded about the units whose dossiers are others than published. */
export async function happenedSince(stores: Stores, compared: Compared): Promise<Happened> {
  const { vintageId, schoolYear } = compared;
  const changed = changedUnits(compared);
  const frozen = new Map(
    (await stores.vintages.figures(vintageId, changed)).dossiers.map((row) => [row.unitId, JSON.parse(row.records) as [string, number][]]),
  );
  const late = new KnownLate(await stores.knownLate.ofUnits(changed));
  const held = (await stores.records.heldBy(changed, DOSSIER_KINDS)).filter(
    ({ subjectId, record: { recordId, schoolYear: of } }) =>
      (of === null || of === schoolYear) && !late.in(subjectId, schoolYear).has(recordId),
  );
  const standing = new Map(held.map(({ subjectId, record }) => [`${subjectId} ${record.recordId}`, record]));
  const gone = changed.flatMap((unitId) => (frozen.get(unitId) ?? []).filter(([id]) => !standing.has(`${unitId} ${id}`)));
  const goneRecords = await stores.records.byIds(gone.map(([id]) => id));
  const records = new Map<string, (Correction & { record: StoredRecord })[]>();
  for (const unitId of changed) {
    const versions = new Map(frozen.get(unitId));
    const found: (Correction & { record: StoredRecord })[] = [];
    for (const { subjectId, record } of held) {
      if (subjectId !== unitId) continue;
      const since = versions.get(record.recordId) ?? 0;
      if (since !== record.version) found.push({ code: since === 0 ? "RECORDED" : "CORRECTED", record, since });
    }
    for (const [id, since] of versions) {
      const record = goneRecords.get(id);
      if (record && !standing.has(`${unitId} ${id}`)) found.push({ code: "WITHDRAWN", record, since });
    }
    if (found.length > 0) records.set(unitId, found);
  }
  return { records, directives: await changedDirectives(stores, compared) };
}

async function changedDirectives(stores: Stores, { definitions, published, live, schoolYear }: Compared): Promise<Happened["directives"]> {
  const units = [...published.values(), ...live.values()];
  const below = units.filter(({ level }) => (LEDGER_LEVELS as readonly Level[]).includes(level)).flatMap(({ line }) => line);
  const standing = await stores.records.reportedBy([...new Set(below)], directive.key);
  const before = await stores.records.byIds([...definitions.directives.keys()]);
  const all = new Map([...before.values(), ...standing].map((record) => [record.recordId, record]));
  return [...all.values()].flatMap((record) => {
    const since = definitions.directives.get(record.recordId) ?? 0;
    if (since === record.version || (since === 0 && !settingsOf(record).some((setting) => setting.schoolYear === schoolYear))) return [];
    return [{ code: "DIRECTIVE" as const, record, since }];
  });
}

/** Units whose own dossier is not what was published, in its tally or in its place. */
function changedUnits({ published, live }: Compared): string[] {
  return [...new Set([...published.keys(), ...live.keys()])].filter((id) => {
    const [then, now] = [published.get(id), live.get(id)];
    return !then || !now || !isZero(difference(then.tally, now.tally)) || !samePlace(then, now);
  });
}

const samePlace = (a: Counted, b: Counted) => a.line.join() === b.line.join() && sameStratum(a, b);
const sameStratum = (a: Counted, b: Counted) => a.schoolLevel === b.schoolLevel && a.ownership === b.ownership;

/** The units behind a change: each whose own dossier adds something else than it did. In order of their codes. */
export function causesOf({ published, live, definitions }: Compared, happened: Happened, change: VintageChange): Cause[] {
  const { unitId: top, where, indicator } = change;
  const current = indicatorByKey(indicator.key);
  const formula = !current || !sameFormula(indicator, current);
  const inScope = (of: Counted | undefined) => (of && of.line.includes(top) && passesFilter(of, where) ? of : undefined);
  const all = new Map([...published, ...live]);
  const causes = [...all.values()].flatMap((of): Cause[] => {
    const [then, now] = [inScope(published.get(of.unitId)), inScope(live.get(of.unitId))];
    if (!then && !now) return [];
    const was = figures(indicator, then?.tally ?? {});
    const is = current ? figures(current, now?.tally ?? {}) : { numerator: 0, denominator: indicator.denominator && 0 };
    const [numerator, denominator] = [is.numerator - was.numerator, (is.denominator ?? 0) - (was.denominator ?? 0)];
    if (numerator === 0 && denominator === 0) return [];
    const whole = correctionsOf(of.unitId, published.get(of.unitId), live.get(of.unitId));
    return [{ code: of.code, unitId: of.unitId, numerator, denominator: indicator.denominator && denominator, corrections: whole }];
  });
  return causes.sort((a, b) => (a.code < b.code ? -1 : 1));

  function correctionsOf(unitId: string, then: Counted | undefined, now: Counted | undefined): Correction[] {
    const plain = (code: CorrectionCode): Correction => ({ code, record: null, since: 0 });
    const measures = then && now ? Object.keys(difference(then.tally, now.tally)) : null;
    const found = happened.records.get(unitId) ?? [];
    const touching = measures
      ? found.filter(({ record }) =>
          kindOf(record.kind).measures.some(({ key }) => isBehind(key, indicator, current) && measures.includes(key)),
        )
      : [];
    const line = [...(then?.line ?? []), ...(now?.line ?? [])];
    const directed = happened.directives.filter(({ record }) => line.includes(record.unitId) && judges(record, touching.length === 0));
    const corrections = [
      ...unitChanges(then, now).map(plain),
      ...(formula ? [plain("DEFINITION")] : []),
      ...(touching.length > 0 || !measures?.length ? touching : found),
      ...(measures && measures.length > 0 ? directed : []),
    ];
    return corrections.length > 0 ? corrections : [plain(definitions.edition === EDITION ? "RECOMPUTED" : "EDITION")];
  }

  /** Whether a directive says or said by which day, term or set the indicator is judged; `any`: whatever indicator it names. A target changes no figure. */
  function judges(record: StoredRecord, any: boolean): boolean {
    const settings = [...settingsOf(record), ...definitions.settings.filter(({ recordId }) => recordId === record.recordId)];
    return settings.some(
      ({ indicator: key, schoolYear, deadline, term, requiredRegulations }) =>
        schoolYear === definitions.schoolYear.label &&
        (deadline !== null || term !== null || requiredRegulations.length > 0) &&
        (any || key === indicator.key || key === indicator.judgedBy),
    );
  }
}

/** What became of a unit itself since it was published. */
function unitChanges(then: Counted | undefined, now: Counted | undefined): CorrectionCode[] {
  if (!then || !now) return [then ? "LEFT" : "ENTERED"];
  const moved = then.line.join() !== now.line.join();
  const reclassified = !sameStratum(then, now);
  if (!moved && !reclassified) return then.unitVersion === now.unitVersion ? [] : ["CHANGED"];
  return [...(moved ? (["MOVED"] as const) : []), ...(reclassified ? (["RECLASSIFIED"] as const) : [])];
}

function isBehind(measure: string, ...indicators: readonly (Indicator | undefined)[]): boolean {
  return indicators.some((indicator) =>
    [indicator?.numerator, indicator?.denominator].some((sums) => sums?.plus.includes(measure) || sums?.minus?.includes(measure)),
  );
}
