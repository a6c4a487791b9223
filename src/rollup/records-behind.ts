import { type Dossier } from "../domain/counting/dossier.js";
import { formulaMeasures, type Indicator } from "../domain/figures/indicator.js";
import { account } from "../domain/counting/measures.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { passesFilter } from "../domain/analysis/vintage.js";
import { countedIn, DOSSIER_KINDS, dossierOf, heldIn } from "../ledger/assess.js";
import { groundsOf } from "../ledger/grounds.js";
import type { Stores } from "../storage/stores/stores.js";
import type { Where } from "../domain/tree/filter.js";

/**
 * The standing records of a unit's own dossier that make what it adds to an indicator in a school year, the newest first:
 * each without which the indicator's measures would be others, and each that makes them alone (one of two agreements in
 * force). So an agreement that has run out is none of them once another is in force, and a membership report that says
 * how small a school is may stand behind a conference. Where these do not make the measures, all records of the year do.
 */
export async function recordsBehind(
  stores: Stores,
  unitId: string,
  year: SchoolYear,
  where: Where,
  indicator: Indicator,
): Promise<StoredRecord[]> {
  const grounds = await groundsOf(stores, [unitId]);
  const history = grounds.histories.get(unitId);
  const held = (await stores.records.heldBy([unitId], DOSSIER_KINDS)).map(({ record }) => ({ record, part: heldIn(unitId, record) }));
  const dossier = history && dossierOf(history, year, grounds, []);
  if (!dossier || !passesFilter(dossier, where)) return [];
  const timely = new Set(
    countedIn(
      held.map(({ part }) => part),
      unitId,
      year,
      grounds,
    ),
  );
  const inYear = held.filter(({ part }) => timely.has(part));
  const says = (parts: typeof held) => figuresOf(indicator, { ...dossier, records: parts.map(({ part }) => part) });
  const [nothing, everything] = [says([]), says(inYear)];
  const makes = (one: (typeof held)[number]) =>
    says(inYear.filter((other) => other !== one)) !== everything || (everything !== nothing && says([one]) === everything);
  const behind = inYear.filter(makes);
  return (says(behind) === everything ? behind : inYear)
    .map(({ record }) => record)
    .sort((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime() || (a.recordId < b.recordId ? 1 : -1));
}

/** The measures of an indicator's formula as a dossier has them, as one text to compare. */
function figuresOf(indicator: Indicator, dossier: Dossier): string {
  const { tally } = account(dossier);
  return formulaMeasures(indicator)
    .map((key) => tally[key] ?? 0)
    .join();
}
