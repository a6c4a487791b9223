import { addedDue, type FrozenDue } from "../domain/counting/frozen-due.js";
import { KnownLate, TimelySettings } from "../domain/counting/known-late.js";
import { sum, type Tally } from "../domain/counting/tally.js";
import { type Level, isFederation } from "../domain/tree/unit.js";
import { type FrozenDefinitions, frozenDefinitions, passesFilter } from "../domain/analysis/vintage.js";
import type { Stores } from "../storage/stores/stores.js";
import { type VintageDossier } from "../domain/analysis/vintage-content.js";
import { type Standards, standardsOn } from "./standards.js";
import type { Where } from "../domain/tree/filter.js";

/** The published figures of a unit under any filter, with what it was called and what held for it then. */
export interface FrozenUnit {
  unitId: string;
  level: Level;
  /** Code and name on the reference date of the school year. */
  code: string;
  name: string;
  standards: Standards;
  tally(where: Where): Tally;
  /** Until which days its duties were judged; null where the vintage did not keep it. */
  due(where: Where): FrozenDue | null;
}

/** What the figures of a vintage are computed by. */
export async function definitionsOf(stores: Stores, vintageId: string): Promise<FrozenDefinitions> {
  return frozenDefinitions(await stores.vintages.definitions(vintageId));
}

/** What held at the publication for the first unit of a line. */
export function frozenStandards({
  schoolYear: { label },
  settings: published,
  late: marks,
  isOwnTarget,
}: FrozenDefinitions): (line: readonly [string, ...string[]]) => Standards {
  const [settings, late] = [new TimelySettings(published), new KnownLate(marks)];
  return (line) => standardsOn(settings.without(late.over(line, label)), line, label, isOwnTarget);
}

/** The published figures of units, by id, in four statements; units that the vintage does not hold are missing. */
export async function frozenUnits(stores: Stores, vintageId: string, unitIds: readonly string[]): Promise<Map<string, FrozenUnit>> {
  const standardsOf = frozenStandards(await definitionsOf(stores, vintageId));
  const { dossiers, cells } = await stores.vintages.figures(vintageId, unitIds);
  const wanted = new Set(unitIds);
  const cellOf = new Map(cells.map((row) => [[row.unitId, row.schoolLevel, row.ownership].join(" "), row]));
  const membersOf = new Map<string, VintageDossier[]>();
  for (const row of dossiers)
    for (const id of new Set([row.unitId, row.grassrootsId])) if (id && !membersOf.get(id)?.push(row)) membersOf.set(id, [row]);
  return new Map(
    dossiers
      .filter(({ unitId }) => wanted.has(unitId))
      .map((dossier) => {
        const { unitId, level, code, name } = dossier;
        const line = lineOf(dossier);
        const standards = standardsOf(line);
        const inLedger = isFederation(level);
        const rowsIn = ({ schoolLevel, ownership }: Where): { tally: string; due: string | null }[] => {
          if (!inLedger) return (membersOf.get(unitId) ?? []).filter((row) => passesFilter(row, { schoolLevel, ownership }));
          const cell = cellOf.get([unitId, schoolLevel ?? "ALL", ownership ?? "ALL"].join(" "));
          return cell ? [cell] : [];
        };
        const tally = (where: Where) => rowsIn(where).map(tallyIn).reduce(sum, {});
        const due = (where: Where) => (dossier.due === null ? null : addedDue(rowsIn(where).map(dueIn)));
        return [unitId, { unitId, level, code, name, standards, tally, due }];
      }),
  );
}

/** The unit and everything above it as it stood then, nearest first. */
export function lineOf({ unitId, grassrootsId, districtId, provinceId, confederationId }: VintageDossier): [string, ...string[]] {
  const above = [grassrootsId, districtId, provinceId, confederationId].flatMap((id) => id ?? []);
  return [unitId, ...above.filter((id) => id !== unitId)];
}

/** The days that a row keeps as text. */
export function dueIn({ due }: { due: string | null }): FrozenDue {
  return JSON.parse(due ?? "{}") as FrozenDue;
}

/** The tally that a row keeps as text. */
export function tallyIn({ tally }: { tally: string }): Tally {
  return JSON.parse(tally) as Tally;
}
