import { UNFILTERED } from "../domain/tree/filter.js";
import { acknowledged, findingsOfFigure, isOfFigures } from "../domain/findings/examination.js";
import { type Finding } from "../domain/findings/finding.js";
import { grouped } from "../domain/ground/grouped.js";
import { indicatorByKey } from "../domain/figures/catalogue.js";
import { measuresOf } from "../domain/figures/indicator.js";
import { type Printed } from "../domain/analysis/reconciliation.js";
import { publishedFigure } from "../domain/records/kinds/published-figure.js";
import { type StoredRecord } from "../domain/records/record.js";
import { type Tally } from "../domain/counting/tally.js";
import { type Level, isFederation } from "../domain/tree/unit.js";
import type { Stores } from "../storage/stores/stores.js";
import { inStretches } from "../stretches.js";
import { FINDING_KINDS, heldIn } from "./assess.js";
import { findingChanges } from "./findings.js";
import { type LeveledUnit, talliesOfTheYear } from "./tallies.js";
import type { Line } from "../domain/tree/line.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** What units published of school years. */
export function figuresOf(stores: Stores, unitIds: readonly string[], schoolYears: readonly string[]): Promise<StoredRecord[]> {
  return stores.records.reportedBy(unitIds, publishedFigure.key, schoolYears);
}

/**
 * Brings what is found in published figures of units up to date with the ledger, after it was posted to or the figures themselves changed. Whoever asks
 * keeps others from posting to these units: by the gate, or by the rows to which it posted itself. `figures`: all that the units published of these years.
 */
export async function examineFigures(
  stores: Stores,
  units: readonly LeveledUnit[],
  schoolYears: readonly string[],
  figures: readonly StoredRecord[],
): Promise<void> {
  const ids = units.map(({ unitId }) => unitId);
  const measures = new Set(figures.flatMap(({ content }) => wanted(content as unknown as Printed)));
  for (const schoolYear of schoolYears) {
    const published = figures.filter((figure) => figure.schoolYear === schoolYear);
    const publishers = new Set(published.map(({ unitId }) => unitId));
    const of = units.filter(({ unitId }) => publishers.has(unitId));
    const rows = of.length > 0 ? await talliesOfTheYear(stores, of, [schoolYear], UNFILTERED, [...measures]) : [];
    const tallies = new Map(rows.map(({ unitId, tally }) => [unitId, tally]));
    const expected = await findingsIn(stores, published, schoolYear, (unitId) => tallies.get(unitId) ?? {});
    const stored = (await stores.findings.ofUnits(ids, schoolYear)).filter(({ check }) => isOfFigures(check));
    const { gone, given } = findingChanges(stored, expected);
    await stores.findings.save(gone, given);
  }
}

/** The units to whose figures changed dossiers add, school year by school year. */
export class Reached {
  private readonly levels = new Map<string, Level>();
  private readonly years = new Set<string>();

  add({ unitId, level, line, schoolYear }: DossierRow): void {
    this.years.add(schoolYear);
    if (level === "SCHOOL") this.levels.set(unitId, level);
    for (const above in line) {
      const id = line[above as keyof Line];
      if (id !== null) this.levels.set(id, above as Level);
    }
  }

  /**
   * What these units published, before anything is posted. Unions have no cell in which those who post to them wait for each other: where they
   * published something they are locked.
   */
  async published(stores: Stores): Promise<StoredRecord[]> {
    const figures = await figuresOf(stores, [...this.levels.keys()], [...this.years]);
    const unions = figures.flatMap(({ unitId }) => (this.levels.get(unitId) === "GRASSROOTS" ? [unitId] : []));
    if (unions.length > 0) await stores.units.lock(unions);
    return figures;
  }

  /** Examines the figures of those units to which something was posted, and whose figures therefore nobody else changes now. */
  async examine(
    stores: Stores,
    figures: readonly StoredRecord[],
    isPosted: (unitId: string, schoolYear: string) => boolean,
  ): Promise<void> {
    for (const schoolYear of new Set(figures.map((figure) => figure.schoolYear ?? ""))) {
      const ids = new Set(figures.flatMap((figure) => (figure.schoolYear === schoolYear ? [figure.unitId] : [])));
      const units = [...ids].flatMap((unitId) => {
        const level = this.levels.get(unitId)!;
        return isFederation(level) && !isPosted(unitId, schoolYear) ? [] : [{ unitId, level }];
      });
      const examined = new Set(units.map(({ unitId }) => unitId));
      const ofThese = figures.filter(({ unitId }) => examined.has(unitId));
      await examineFigures(stores, units, [schoolYear], ofThese);
    }
  }
}

/** What is found in the published figures of a school year, with its acknowledgements. */
export async function findingsIn(
  stores: Stores,
  figures: readonly StoredRecord[],
  schoolYear: string,
  tallyOf: (unitId: string) => Tally,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const examine = (figure: StoredRecord) =>
    void found.push(...findingsOfFigure(figure.unitId, schoolYear, heldIn(figure.unitId, figure), tallyOf(figure.unitId)));
  await inStretches(figures, examine, stores.pause);
  const differing = [...new Set(found.map(({ unitId }) => unitId))];
  const given = grouped(
    await stores.records.heldBy(differing, FINDING_KINDS, schoolYear),
    ({ subjectId }) => subjectId,
    ({ record }) => record,
  );
  return differing.flatMap((id) =>
    acknowledged(
      found.filter(({ unitId }) => unitId === id),
      given.get(id) ?? [],
    ),
  );
}

/** The measures that are compared with a figure. */
function wanted({ indicator }: Printed): string[] {
  const known = indicatorByKey(indicator);
  return known ? measuresOf(known) : [];
}
