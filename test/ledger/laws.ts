import { addDays, type Day, NEVER } from "../../src/domain/ground/day.js";
import { lives, type UnitHistory } from "../../src/domain/tree/history.js";
import type { Succession } from "../../src/domain/tree/lineage.js";
import { KnownLate } from "../../src/domain/counting/known-late.js";
import { measuresOfClosed } from "../../src/domain/counting/measures.js";
import { type SchoolYear } from "../../src/domain/tree/school-year.js";
import { sum, type Tally } from "../../src/domain/counting/tally.js";
import { isNonPublic, LEVELS, type Placement, rank } from "../../src/domain/tree/unit.js";
import { audit } from "../../src/ledger/audit.js";
import { tallies } from "../../src/rollup/tallies.js";
import type { Database } from "../../src/storage/database/database.js";
import { FOLLOWED, flowsSaid, levelIn, placeOf, type Woods } from "./flows.js";
import { FILTERS } from "./histories.js";
import type { Where } from "../../src/domain/tree/filter.js";
import type { DossierRow } from "../../src/domain/counting/stored-dossier.js";
import { type RollupKey, type Tree } from "../../src/domain/figures/rollup.js";

/** All that a database holds about units and what they add to the ledger. */
interface Hub {
  database: Database;
  today: Day;
  units: UnitHistory[];
  years: SchoolYear[];
  dossiers: DossierRow[];
  successions: Succession[];
  late: KnownLate;
  woods: Woods;
  /** What the records say of some measures, by "unit schoolYear". */
  said: Map<string, Tally>;
}

/** Fails where one of the laws of the ledger does not hold. */
export async function expectLaws(database: Database, today: Day): Promise<void> {
  expect((await audit(database)).differences).toEqual([]);
  const hub = await database.read(async (stores): Promise<Hub> => {
    const ids = await stores.units.allIds();
    const years = await stores.schoolYears.all();
    const histories = await stores.units.histories(ids);
    const units = [...histories.values()];
    const woods = {
      units: histories,
      successions: await stores.lineage.into(ids),
      late: new KnownLate(await stores.knownLate.ofUnits(ids)),
    };
    return {
      ...woods,
      woods,
      said: await flowsSaid(stores, years, woods),
      database,
      today,
      units,
      years,
      dossiers: await stores.ledger.dossiers(
        ids,
        years.map(({ label }) => label),
      ),
    };
  });
  for (const unit of hub.units) expectSoundHistory(unit, hub);
  expect(hub.dossiers.map(({ line, level, unitId }) => ({ unitId, level, line }))).toEqual(hub.dossiers.map((row) => lineOf(row, hub)));
  await expectFiltersAddUp(hub);
  await expectFamiliesAddUp(hub, "OF_THE_YEAR");
  await expectFamiliesAddUp(hub, "TODAY");
}

/** Placements do not overlap and lie inside the life of a parent of a higher level; profiles follow each other without gaps. */
function expectSoundHistory({ unit, placements, profiles }: UnitHistory, { units }: Hub) {
  const faults: string[] = [];
  for (const [index, { from, until, parentId }] of placements.entries()) {
    const next = placements[index + 1];
    if (from >= until || (next && next.from < until)) faults.push(`${from} to ${until} overlaps`);
    if (next && next.from === until && next.parentId === parentId) faults.push(`${from} to ${until} is cut without need`);
    const parent = units.find((candidate) => candidate.unit.id === parentId);
    if (parentId && !parent) faults.push("the parent is gone");
    if (parent && rank(parent.unit.level) >= rank(unit.level)) faults.push(`stands under the ${parent.unit.level} ${parent.unit.code}`);
    if (parent && !daysOf(placements[index]!).every((on) => isOpen(parent, on))) faults.push(`outlives ${parent.unit.code}`);
  }
  if (placements.length === 0) faults.push("has no life");
  if (profiles[0]?.from !== "0000-01-01" || profiles.at(-1)?.until !== NEVER) faults.push("profiles do not cover all time");
  if (profiles.some(({ until }, index) => index < profiles.length - 1 && profiles[index + 1]!.from !== until))
    faults.push("profiles have gaps");
  expect({ code: unit.code, faults, profiles }).toEqual({ code: unit.code, faults: [], profiles });

  /** Every day of a placement on which something may change above it. */
  function daysOf({ from, until }: Placement): Day[] {
    const edges = units.flatMap((other) => other.placements.flatMap((placement) => [placement.from, placement.until]));
    return [from, ...edges.filter((day) => from < day && day < until), ...(until === NEVER ? [] : [addDays(until, -1)])];
  }
}

const isOpen = ({ placements }: UnitHistory, on: Day) => placements.some(({ from, until }) => from <= on && on < until);

/** The parent in today's tree: of a unit that has closed the last one it had, of one not open yet its first. */
function standingParent({ placements }: UnitHistory, on: Day): string | null {
  return (placements.filter(({ from }) => from <= on).at(-1) ?? placements[0])!.parentId;
}

/** The line of a dossier as placements and successions say it. */
function lineOf({ unitId, schoolYear }: DossierRow, { woods, years }: Hub) {
  const year = years.find(({ label }) => label === schoolYear)!;
  const line: Record<string, string | null> = Object.fromEntries(
    LEVELS.filter((level) => level !== "SCHOOL").map((level) => [level, null]),
  );
  for (const id of [unitId, ...placeOf(unitId, year, woods)]) if (levelIn(id, woods) !== "SCHOOL") line[levelIn(id, woods)] = id;
  return { unitId, level: levelIn(unitId, woods), line };
}

/** Every filter of every unit is the sum of the dossiers that pass it; counted are the dossiers of units open on the reference date, and known in time. */
async function expectFiltersAddUp(hub: Hub) {
  const { dossiers, units, years, late } = hub;
  const isTimely = ({ unit: { id } }: UnitHistory, { label }: SchoolYear) => !late.in(id, label).has(id);
  const open = years.flatMap((year) =>
    units.filter((unit) => isOpen(unit, year.referenceDate) && isTimely(unit, year)).map(({ unit }) => `${unit.id} ${year.label}`),
  );
  expect(
    dossiers
      .filter(({ counted }) => counted)
      .map(({ unitId, schoolYear }) => `${unitId} ${schoolYear}`)
      .sort(),
  ).toEqual(open.sort());
  const left = dossiers.filter(({ counted }) => !counted).flatMap(({ tally }) => Object.keys(tally));
  expect(left.filter((measure) => !measuresOfClosed.includes(measure))).toEqual([]);
  expectUnionsBalance(hub);
  await expectFlowsInTheirPlace(hub);
  for (const schoolLevel of FILTERS.schoolLevels)
    for (const ownership of FILTERS.ownerships) {
      const where: Where = { schoolLevel, ownership };
      const expected = keysOf(hub, where, "OF_THE_YEAR").map((key) =>
        total(dossiers.filter((row) => isBelow(row, key) && passes(row, where))),
      );
      expect({ where, tallies: await tallied(hub, where, "OF_THE_YEAR") }).toEqual({ where, tallies: expected });
    }
}

/** The ledger comes to what the records say, unit by unit, in measures that are followed from the records alone. */
async function expectFlowsInTheirPlace(hub: Hub) {
  const keys = keysOf(hub, { schoolLevel: null, ownership: null }, "OF_THE_YEAR");
  const found = await tallied(hub, { schoolLevel: null, ownership: null }, "OF_THE_YEAR");
  const followed = (tally: Tally) => Object.fromEntries(FOLLOWED.flatMap((key) => (tally[key] ? [[key, tally[key]]] : [])));
  const named = (tallies: readonly Tally[]) =>
    Object.fromEntries(keys.map(({ unitId, schoolYear: { label } }, index) => [`${unitId} ${label}`, followed(tallies[index]!)]));
  expect(named(found)).toEqual(named(keys.map(({ unitId, schoolYear: { label } }) => hub.said.get(`${unitId} ${label}`) ?? {})));
}

/** The unions of a reference date are those of the last one, what was founded, what mergers and splits made, less what ended. */
function expectUnionsBalance({ units, years, dossiers, successions, late }: Hub) {
  for (const { label, referenceDate, countsFrom } of years) {
    const unions = units.filter(({ unit }) => unit.level === "GRASSROOTS" && !late.in(unit.id, label).has(unit.id));
    const start = addDays(countsFrom, -1);
    const openOn = (on: Day) => unions.filter((unit) => isOpen(unit, on)).length;
    const counts = Object.entries(total(dossiers.filter(({ schoolYear }) => schoolYear === label)));
    const sumOf = (pattern: RegExp) => counts.reduce((whole, [measure, count]) => (pattern.test(measure) ? whole + count : whole), 0);
    const made = unions.flatMap(({ unit, placements }) =>
      lives(placements).filter(
        ({ from, until }) =>
          start < from &&
          from <= referenceDate &&
          successions.some(
            ({ successorId, kind, on }) =>
              successorId === unit.id && kind !== "REPLACED" && from <= on && on < until && on <= referenceDate,
          ),
      ),
    );
    const balance = openOn(start) + sumOf(/nionsFounded$/) + made.length - sumOf(/nionsEnded/);
    expect({ label, open: openOn(referenceDate) }).toEqual({ label, open: balance });
  }
}

function isBelow({ unitId, schoolYear, line }: DossierRow, key: RollupKey): boolean {
  return schoolYear === key.schoolYear.label && (unitId === key.unitId || Object.values(line).includes(key.unitId));
}

function passes({ stratum }: DossierRow, { schoolLevel, ownership }: Where): boolean {
  const owned =
    ownership === "NON_PUBLIC" ? isNonPublic(stratum?.ownership ?? null) : ownership === null || stratum?.ownership === ownership;
  return owned && (schoolLevel === null || stratum?.schoolLevel === schoolLevel);
}

/** In either tree each unit is the sum of its children and its own dossier, and the whole is the same in both. */
async function expectFamiliesAddUp(hub: Hub, tree: Tree) {
  const where: Where = tree === "TODAY" ? { schoolLevel: null, ownership: "NON_PUBLIC" } : { schoolLevel: null, ownership: null };
  const all: Where = { schoolLevel: null, ownership: null };
  for (const filter of tree === "TODAY" ? [all, where] : [all]) {
    const keys = keysOf(hub, filter, tree);
    const found = await tallied(hub, filter, tree);
    const parents = keys.map(({ unitId, schoolYear }) =>
      tree === "TODAY" ? standingParent(hub.woods.units.get(unitId)!, hub.today) : (placeOf(unitId, schoolYear, hub.woods)[0] ?? null),
    );
    const own = keys.map((key) =>
      total(hub.dossiers.filter((row) => row.unitId === key.unitId && row.schoolYear === key.schoolYear.label && passes(row, filter))),
    );
    const summed = keys.map((key, at) =>
      keys.reduce(
        (whole, child, index) => (child.schoolYear === key.schoolYear && parents[index] === key.unitId ? sum(whole, found[index]!) : whole),
        own[at]!,
      ),
    );
    expect({ tree, tallies: found }).toEqual({ tree, tallies: summed });
    for (const year of hub.years) {
      const roots = keys.flatMap((key, index) => (key.schoolYear === year && parents[index] === null ? [found[index]!] : []));
      const counted = hub.dossiers.filter((row) => row.schoolYear === year.label && passes(row, filter));
      expect({ tree, year, whole: roots.reduce(sum, {}) }).toEqual({ tree, year, whole: total(counted) });
    }
  }
}

function keysOf({ units, years }: Hub, where: Where, tree: Tree): RollupKey[] {
  return years.flatMap((schoolYear) => units.map(({ unit }) => ({ unitId: unit.id, level: unit.level, schoolYear, where, tree })));
}

function tallied(hub: Hub, where: Where, tree: Tree): Promise<Tally[]> {
  return hub.database.read((stores) => tallies(stores, keysOf(hub, where, tree), hub.today));
}

function total(rows: readonly DossierRow[]): Tally {
  return rows.reduce<Tally>((whole, { tally }) => sum(whole, tally), {});
}
