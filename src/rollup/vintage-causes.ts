import { EDITION } from "../domain/edition.js";
import { grouped } from "../domain/grouped.js";
import { indicatorByKey } from "../domain/indicators/catalogue.js";
import { figures, type Indicator } from "../domain/indicators/indicator.js";
import { KnownLate } from "../domain/known-late.js";
import { directive, isJudging } from "../domain/records/directive.js";
import { kindOf } from "../domain/records/kinds.js";
import { type StoredRecord } from "../domain/records/record.js";
import { difference, isZero } from "../domain/tally.js";
import { LEDGER_LEVELS, type Level } from "../domain/unit.js";
import { type CorrectionCode, passesFilter } from "../domain/vintage.js";
import { DOSSIER_KINDS } from "../ledger/assess.js";
import { settingsOf } from "../ledger/grounds.js";
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
  /** Units whose own dossier is not what was published, in its tally or in its place. */
  changed: ReadonlySet<string>;
  /** By unit: its records that were not there, are gone or have another version. */
  records: ReadonlyMap<string, readonly (Correction & { record: StoredRecord })[]>;
  directives: readonly Directed[];
}

/** A directive that is not as it was published. `judged`: by which indicators it judges, or did, by day, term or set. */
interface Directed extends Correction {
  record: StoredRecord;
  judged: ReadonlySet<string>;
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
  const heldOf = grouped(
    held,
    ({ subjectId }) => subjectId,
    ({ record }) => record,
  );
  const standing = new Map(held.map(({ subjectId, record }) => [`${subjectId} ${record.recordId}`, record]));
  const gone = changed.flatMap((unitId) => (frozen.get(unitId) ?? []).filter(([id]) => !standing.has(`${unitId} ${id}`)));
  const goneRecords = await stores.records.byIds(gone.map(([id]) => id));
  const records = new Map<string, (Correction & { record: StoredRecord })[]>();
  for (const unitId of changed) {
    const versions = new Map(frozen.get(unitId));
    const found: (Correction & { record: StoredRecord })[] = [];
    for (const record of heldOf.get(unitId) ?? []) {
      const since = versions.get(record.recordId) ?? 0;
      if (since !== record.version) found.push({ code: since === 0 ? "RECORDED" : "CORRECTED", record, since });
    }
    for (const [id, since] of versions) {
      const record = goneRecords.get(id);
      if (record && !standing.has(`${unitId} ${id}`)) found.push({ code: "WITHDRAWN", record, since });
    }
    if (found.length > 0) records.set(unitId, found);
  }
  return { changed: new Set(changed), records, directives: await changedDirectives(stores, compared) };
}

async function changedDirectives(stores: Stores, { definitions, published, live, schoolYear }: Compared): Promise<Happened["directives"]> {
  const units = [...published.values(), ...live.values()];
  const below = units.filter(({ level }) => (LEDGER_LEVELS as readonly Level[]).includes(level)).flatMap(({ line }) => line);
  const standing = await stores.records.reportedBy([...new Set(below)], directive.key);
  const before = await stores.records.byIds([...definitions.directives.keys()]);
  const all = new Map([...before.values(), ...standing].map((record) => [record.recordId, record]));
  const frozen = grouped(
    definitions.settings,
    ({ recordId }) => recordId,
    (setting) => setting,
  );
  return [...all.values()].flatMap((record) => {
    const since = definitions.directives.get(record.recordId) ?? 0;
    const says = settingsOf(record).filter((setting) => setting.schoolYear === schoolYear);
    if (since === record.version || (since === 0 && says.length === 0)) return [];
    const judging = [...says, ...(frozen.get(record.recordId) ?? [])].filter(isJudging);
    return [{ code: "DIRECTIVE" as const, record, since, judged: new Set(judging.map(({ indicator }) => indicator)) }];
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
  // By one formula only a dossier that changed adds something else.
  const suspects = formula ? new Set([...published.keys(), ...live.keys()]) : happened.changed;
  const causes = [...suspects].flatMap((unitId): Cause[] => {
    const [before, after] = [published.get(unitId), live.get(unitId)];
    const [then, now] = [inScope(before), inScope(after)];
    if (!then && !now) return [];
    const was = figures(indicator, then?.tally ?? {});
    const is = current ? figures(current, now?.tally ?? {}) : { numerator: 0, denominator: indicator.denominator && 0 };
    const [numerator, denominator] = [is.numerator - was.numerator, (is.denominator ?? 0) - (was.denominator ?? 0)];
    if (numerator === 0 && denominator === 0) return [];
    const whole = correctionsOf(unitId, before, after);
    return [
      { code: (after ?? before)?.code ?? "", unitId, numerator, denominator: indicator.denominator && denominator, corrections: whole },
    ];
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
    const directed = happened.directives.filter(
      ({ record, judged }) => line.includes(record.unitId) && (touching.length === 0 ? judged.size > 0 : judges(judged)),
    );
    const corrections = [
      ...unitChanges(then, now).map(plain),
      ...(formula ? [plain("DEFINITION")] : []),
      ...(touching.length > 0 || !measures?.length ? touching : found),
      ...(measures && measures.length > 0 ? directed : []),
    ];
    return corrections.length > 0 ? corrections : [plain(definitions.edition === EDITION ? "RECOMPUTED" : "EDITION")];
  }

  /** A target changes no figure. */
  function judges(judged: ReadonlySet<string>): boolean {
    return judged.has(indicator.key) || (indicator.judgedBy !== undefined && judged.has(indicator.judgedBy));
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
