import { notFigures } from "../domain/counting/measures.js";
import { isNonPublic } from "../domain/tree/unit.js";
import { type SchoolYear } from "../domain/tree/school-year.js";
import { difference, isSameTally, isZero, type Tally } from "../domain/counting/tally.js";
import { LEDGER_LEVELS } from "../domain/tree/unit.js";
import { type Cell } from "../domain/counting/cell.js";
import type { Stores } from "../storage/stores/stores.js";
import { inStretches, sortInStretches } from "../stretches.js";
import { assess } from "./assess.js";
import { CommonGrounds } from "./grounds.js";
import { storeFindings } from "./findings.js";
import { Reached } from "./published-figures.js";
import { UnionsBeside } from "./schools-of-unions.js";
import type { Line } from "../domain/tree/line.js";
import type { DossierRow } from "../domain/counting/stored-dossier.js";

/** A dossier whose figures a change touched, with the lines in which it added before and adds now; none where it added nothing. */
export interface Touched {
  unitId: string;
  schoolYear: string;
  lines: readonly Line[];
}

/** Units whose facts are held in memory at once. */
const PORTION = 1_000;

/**
 * Brings the ledger up to date with the facts of some units: works out their dossiers anew and posts to the unit and all
 * its ancestors what changed, in the transaction of the change. The one way in which the ledger ever changes.
 *
 * Whoever changed the tree (`structure`) has the gate alone and may make cells that are missing. A record never needs
 * one: its school was counted, in its stratum, when it was registered or the year was opened.
 *
 * Answers which figures it touched. What the checks find in the units is brought up to date with them. `opened`: all school years, where they have been read.
 */
export async function repost(
  stores: Stores,
  unitIds: readonly string[],
  years: readonly SchoolYear[],
  structure: boolean,
  opened?: readonly SchoolYear[],
): Promise<Touched[]> {
  const schoolYears = opened ?? (await stores.schoolYears.all());
  const postings = new Postings();
  const common = new CommonGrounds();
  const touched: Touched[] = [];
  const reached = new Reached();
  const beside = new UnionsBeside();
  const ids = [...new Set(unitIds)].sort();
  for (let start = 0; start < ids.length; start += PORTION) {
    const portion = ids.slice(start, start + PORTION);
    const labels = years.map(({ label }) => label);
    const before = new Map((await stores.ledger.dossiers(portion, labels)).map((row) => [dossierKey(row), row]));
    const { dossiers: after, findings } = await assess(stores, portion, years, schoolYears, common);
    const changed: DossierRow[] = [];
    await inStretches(after, (row) => void (isSame(before.get(dossierKey(row)), row) || changed.push(row)), stores.pause);
    await stores.ledger.saveDossiers(changed.map((row) => ({ row, before: before.get(dossierKey(row)) })));
    await storeFindings(stores, portion, labels, findings);
    const post = (row: DossierRow) => {
      const old = before.get(dossierKey(row));
      for (const one of old ? [old, row] : [row]) reached.add(one);
      beside.add(old, row);
      if (!old || !addsTheSame(old, row))
        touched.push({ ...row, lines: [old, row].flatMap((one) => (one && adds(one) ? [one.line] : [])) });
      const cells = cellsOf(row);
      if (old && isSamePlace(old, row)) postings.add(difference(row.tally, old.tally), cells);
      else {
        if (old) postings.add(difference({}, old.tally), cellsOf(old));
        postings.add(row.tally, cells);
      }
    };
    await inStretches(changed, post, stores.pause);
  }
  await beside.examine(stores, structure);
  const figures = await reached.published(stores);
  await postings.post(stores, structure);
  await reached.examine(stores, figures, (unitId, schoolYear) => postings.reach(unitId, schoolYear));
  return touched;
}

/**
 * The cells to which a dossier adds: its own and its ancestors', each filter that it passes. A unit that is not open on the
 * reference date adds only what it did until it closed, where it last stood. Also what may still be recorded of it has its cells.
 */
export function cellsOf(row: DossierRow): Cell[] {
  if (!hasCells(row)) return [];
  const { schoolYear, stratum, line } = row;
  const levels = stratum ? (["ALL", stratum.schoolLevel] as const) : (["ALL"] as const);
  const ownerships = !stratum
    ? (["ALL"] as const)
    : isNonPublic(stratum.ownership)
      ? (["ALL", "NON_PUBLIC", stratum.ownership] as const)
      : (["ALL", stratum.ownership] as const);
  return LEDGER_LEVELS.flatMap((level) => {
    const unitId = line[level];
    return unitId === null
      ? []
      : levels.flatMap((schoolLevel) => ownerships.map((ownership) => ({ unitId, schoolYear, schoolLevel, ownership })));
  });
}

/** Amounts to be added, merged cell by cell. */
export class Postings {
  private readonly byCell = new Map<string, { cell: Cell; amount: Record<string, number> }>();

  add(amount: Tally, cells: readonly Cell[]): void {
    for (const cell of cells) {
      const key = keyOf(cell);
      const present = this.byCell.get(key);
      if (present) addTo(present.amount, amount);
      else this.byCell.set(key, { cell, amount: { ...amount } });
    }
  }

  /** Whether something is added to the figures of a unit, all schools together. */
  reach(unitId: string, schoolYear: string): boolean {
    const posting = this.byCell.get(keyOf({ unitId, schoolYear, schoolLevel: "ALL", ownership: "ALL" }));
    return posting !== undefined && !isZero(posting.amount);
  }

  /**
   * Adds the amounts, cells in the order of their key, so that all writers take their rows in the same order; where all
   * cells get the same amount, as after one record, in one plain update.
   */
  async post(stores: Stores, structure: boolean): Promise<void> {
    const { pause } = stores;
    const entries = await sortInStretches([...this.byCell], ([a], [b]) => (a < b ? -1 : 1), pause);
    if (structure) await stores.ledger.ensure(entries.map(([, { cell }]) => cell));
    const changed: { cell: Cell; amount: Tally }[] = [];
    await inStretches(entries, ([, posting]) => void (isZero(posting.amount) || changed.push(posting)), pause);
    const [first] = changed;
    if (!first) return;
    let isOneAmount = true;
    await inStretches(changed, ({ amount }) => void (isOneAmount &&= isSameTally(amount, first.amount)), pause);
    if (isOneAmount) {
      await stores.ledger.add(
        first.amount,
        changed.map(({ cell }) => cell),
      );
      return;
    }
    await stores.ledger.addEach(changed.map(({ cell, amount }) => ({ ...cell, tally: amount })));
  }
}

function keyOf({ unitId, schoolYear, schoolLevel, ownership }: Cell): string {
  return [unitId, schoolYear, schoolLevel, ownership].join("|");
}

export function dossierKey({ unitId, schoolYear }: Pick<DossierRow, "unitId" | "schoolYear">): string {
  return `${unitId} ${schoolYear}`;
}

/** Adds in place: postings and audits add up thousands of tallies. */
export function addTo(total: Record<string, number>, amount: Tally): void {
  for (const measure in amount) total[measure] = (total[measure] ?? 0) + amount[measure]!;
}

/** Whether a dossier says anything in a figure; how many records of which source it holds is none. */
export const adds = ({ counted, tally }: DossierRow) => counted || !isZero(figures(tally));

/** Whether a dossier has cells, also where it adds nothing yet. */
const hasCells = ({ counted, closedInYear, tally }: DossierRow) => counted || closedInYear || !isZero(tally);

/** Whether two dossiers add to the same cells. */
function isSamePlace(a: DossierRow, b: DossierRow): boolean {
  return (
    hasCells(a) === hasCells(b) &&
    a.stratum?.schoolLevel === b.stratum?.schoolLevel &&
    a.stratum?.ownership === b.stratum?.ownership &&
    LEDGER_LEVELS.every((level) => a.line[level] === b.line[level])
  );
}

/** Whether two dossiers add the same to the same units, unions too, which have no cells. */
function addsTheSame(a: DossierRow, b: DossierRow): boolean {
  if (!adds(a) && !adds(b)) return true;
  const sameLine = isSamePlace(a, b) && a.line.GRASSROOTS === b.line.GRASSROOTS;
  return adds(a) === adds(b) && sameLine && isZero(figures(difference(a.tally, b.tally))) && isSameDue(a, b);
}

/** A tally without what it says of the records on which it rests. */
export function figures(tally: Tally): Tally {
  return Object.fromEntries(Object.entries(tally).filter(([measure]) => !notFigures.has(measure)));
}

/** Whether two dossiers say the same. */
export function isSame(a: DossierRow | undefined, b: DossierRow): boolean {
  return (
    a !== undefined &&
    a.counted === b.counted &&
    a.closedInYear === b.closedInYear &&
    a.level === b.level &&
    a.stratum?.schoolLevel === b.stratum?.schoolLevel &&
    a.stratum?.ownership === b.stratum?.ownership &&
    a.line.GRASSROOTS === b.line.GRASSROOTS &&
    LEDGER_LEVELS.every((level) => a.line[level] === b.line[level]) &&
    isSameDue(a, b) &&
    a.prints.WHOLE_YEAR === b.prints.WHOLE_YEAR &&
    a.prints.FIRST_HALF === b.prints.FIRST_HALF &&
    isSameTally(a.tally, b.tally)
  );
}

/** Whether the same reports are not yet due until the same days. */
function isSameDue({ due: a }: DossierRow, { due: b }: DossierRow): boolean {
  return Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key]);
}
