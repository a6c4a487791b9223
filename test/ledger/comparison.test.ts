import fc from "fast-check";
import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { figures } from "../../src/domain/figures/indicator.js";
import { yearBefore } from "../../src/domain/tree/school-year.js";
import { LEDGER_LEVELS, type Level } from "../../src/domain/tree/unit.js";
import { digestOf, verifyVintage } from "../../src/ledger/vintage.js";
import { tallies } from "../../src/rollup/tallies.js";
import { trendBreaks } from "../../src/rollup/trend-breaks.js";
import { LiveBranches } from "../../src/rollup/counted.js";
import { Causes } from "../../src/rollup/vintage-causes.js";
import { type VintageChange, vintageChanges } from "../../src/rollup/vintage-changes.js";
import { happenedSince } from "../../src/rollup/vintage-happened.js";
import { frozenUnits } from "../../src/rollup/vintages.js";
import { administrator, Desk } from "../desk.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { type Known, plant } from "./forest.js";
import { histories, take } from "./histories.js";
import type { Where } from "../../src/domain/tree/filter.js";
import { type RollupKey, type Tree } from "../../src/domain/figures/rollup.js";

const RUNS = Number(process.env.TONGHOP_TEST_RUNS ?? 5);
const SEED = Number(process.env.TONGHOP_TEST_SEED ?? 20_261_130);
const STEPS = 60;
/** After so many steps something is published and everything looked at. */
const LOOK = 15;
const TABLES = ["vintage", "vintage_definition", "vintage_dossier", "vintage_cell"];
const FILTERS: Where[] = [
  { schoolLevel: null, ownership: null },
  { schoolLevel: "PRESCHOOL", ownership: "NON_PUBLIC" },
  { schoolLevel: null, ownership: "PUBLIC" },
];

let database: TestDatabase;
/** What was seen at all, or the laws would prove little. */
const seen = new Map<string, number>();
const saw = (what: string, count = 1) => seen.set(what, (seen.get(what) ?? 0) + count);

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("after any history vintages are as published, their changes are the live ledger's, each with its causes; and breaks tell who came and went", async () => {
  const property = fc.asyncProperty(histories(STEPS), async (steps) => {
    await database.empty();
    const known = await plant(new Desk(database, administrator, "2025-10-15"));
    const published = new Map<string, string>();
    for (const [index, step] of steps.entries()) {
      await take(step, new Desk(database, administrator, known.today), known);
      if (index % LOOK !== LOOK - 1) continue;
      await expectVintages(published);
      await publish(known, published);
      await correctOne(new Desk(database, administrator, known.today), index);
    }
    await expectVintages(published);
    await expectBreaks(known);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, unbiased: true, endOnFailure: true });
}, 600_000);

test("the histories published, changed and corrected something of every sort", () => {
  const expected = ["published", "change", "RECORDED", "ENTERED", "LEFT", "RECLASSIFIED", "entered", "left"];
  expect(expected.filter((what) => !seen.has(what))).toEqual([]);
  expect([seen.get("RECOMPUTED"), seen.get("DEFINITION")]).toEqual([undefined, undefined]);
});

async function publish(known: Known, published: Map<string, string>): Promise<void> {
  const desk = new Desk(database, administrator, known.today);
  for (const code of ["CB", "HN"])
    for (const label of known.years) {
      const { outcome, vintage } = await desk.publish(code, label);
      if (outcome === "STORED") {
        saw("published");
        expect(published.has(vintage!.id)).toBe(false);
        published.set(vintage!.id, await rowsOf(vintage!.id));
        expect(await changesOf(vintage!.id)).toMatchObject({ changes: [] });
      }
      expect((await desk.publish(code, label)).outcome).toBe(outcome === "REJECTED" ? "REJECTED" : "UNCHANGED");
    }
}

/** Corrects a membership report by one member: the histories alone seldom correct what was just published. */
async function correctOne(desk: Desk, choice: number): Promise<void> {
  const records = await database.read(async (stores) => stores.records.heldBy(await stores.units.allIds(), ["membershipReport"]));
  const { record } = records[choice % Math.max(1, records.length)] ?? {};
  if (!record) return;
  const { unitId, schoolYear, version, content } = record;
  const more = { membersClosing: Number(content.membersClosing) + 1, workersClosing: Number(content.workersClosing) + 1 };
  await desk.send({ ...draftOf(unitId, schoolYear), content: { ...content, ...more }, expectedVersion: version });
}

const draftOf = (unit: string, schoolYear: string | null) => ({ kind: "membershipReport", unit, schoolYear, reason: "counted again" });

/** Every byte that is kept of a vintage. */
async function rowsOf(id: string): Promise<string> {
  const rows = await Promise.all(
    TABLES.map((table) => database.raw(`SELECT * FROM ${table} WHERE ${table === "vintage" ? "id" : "vintage_id"} = ?`, [id])),
  );
  return rows.flatMap((list) => list.map((row) => JSON.stringify(row)).sort()).join("\n");
}

const changesOf = (id: string) =>
  database.read(async (stores) => {
    const { changes, compared } = await vintageChanges(stores, id, new LiveBranches(stores));
    return { changes: changes.map((change) => change.tell()), compared };
  });

async function expectVintages(published: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, rows] of published) {
    expect(await rowsOf(id)).toBe(rows);
    const verified = (await database.read((stores) => verifyVintage(stores, id)))!;
    expect(verified.found).toBe(verified.vintage.digest);
    const { changes, compared } = await changesOf(id);
    const found = new Causes(compared, await database.read((stores) => happenedSince(stores, compared)));
    for (const change of changes) {
      saw("change");
      const causes = await found.behind(change);
      const total = (of: "numerator" | "denominator") => causes.reduce((whole, cause) => whole + (cause[of] ?? 0), 0);
      const changed = (of: "numerator" | "denominator") => (change.live?.[of] ?? 0) - (change.published?.[of] ?? 0);
      expect([total("numerator"), total("denominator")]).toEqual([changed("numerator"), changed("denominator")]);
      for (const { corrections } of causes) {
        expect(corrections().length).toBeGreaterThan(0);
        for (const { code } of corrections()) saw(code);
      }
    }
    await expectFrozen(id, changes);
  }
}

/** What is frozen reads as the ledger does, and what differs from it now stands among the changes, and nothing else. */
async function expectFrozen(id: string, changes: readonly VintageChange[]): Promise<void> {
  const { compared } = await changesOf(id);
  const ids = [...compared.published.keys()];
  const frozen = await database.read((stores) => frozenUnits(stores, id, ids));
  const listed = new Set(
    changes
      .filter(({ differs }) => differs.includes("FIGURE"))
      .map(({ unitId, where, indicator }) => JSON.stringify([unitId, where.schoolLevel, where.ownership, indicator.key])),
  );
  for (const where of FILTERS) {
    const all = [...compared.published.values()].filter(
      ({ level }) => where === FILTERS[0] || (LEDGER_LEVELS as readonly Level[]).includes(level),
    );
    const keys = all.map(({ unitId, level }): RollupKey => ({
      unitId,
      level,
      schoolYear: compared.definitions.schoolYear,
      where,
      tree: "OF_THE_YEAR",
    }));
    const live = await database.read((stores) => tallies(stores, keys, "2025-10-15"));
    for (const [index, { unitId }] of keys.entries())
      for (const { key } of compared.definitions.indicators) {
        const indicator = indicatorByKey(key)!;
        const then = figures(indicator, frozen.get(unitId)!.tally(where));
        const now = figures(indicator, compared.live.has(unitId) ? live[index]! : {});
        const name = JSON.stringify([unitId, where.schoolLevel, where.ownership, key]);
        const same = then.numerator === now.numerator && then.denominator === now.denominator && then.value === now.value;
        if (listed.has(name) === same) throw new Error(`${name}: ${JSON.stringify({ then, now, listed: !same })}`);
      }
  }
}

/** The schools of a year are those of the year before, with who entered and without who left. */
async function expectBreaks({ today }: Known): Promise<void> {
  await database.read(async (stores) => {
    const years = await stores.schoolYears.all();
    const ids = await stores.units.allIds();
    const levels = await stores.unitReader.levels(ids);
    for (const tree of ["OF_THE_YEAR", "TODAY"] as Tree[])
      for (const where of FILTERS) {
        const keys = years.flatMap((schoolYear) =>
          ids.map((unitId): RollupKey => ({ unitId, level: levels.get(unitId)!, schoolYear, where, tree, measures: ["schools"] })),
        );
        const found = await tallies(stores, keys, today);
        const schools = new Map(keys.map((key, index) => [`${key.unitId} ${key.schoolYear.label}`, found[index]!.schools ?? 0]));
        const breaks = await trendBreaks(stores, keys, today);
        for (const [index, { unitId, schoolYear }] of keys.entries()) {
          const before = yearBefore(years, schoolYear);
          expect(breaks[index]!.some(({ code }) => code === "FIRST_YEAR")).toBe(before === null);
          if (!before) continue;
          const count = (code: string) => {
            const units = breaks[index]!.find((one) => one.code === code)?.units ?? [];
            if (units.length > 0) saw(code === "UNITS_ENTERED" ? "entered" : "left");
            return units.filter((unit) => levels.get(unit.unitId) === "SCHOOL").length;
          };
          const change = schools.get(`${unitId} ${schoolYear.label}`)! - schools.get(`${unitId} ${before.label}`)!;
          expect({ unitId, tree, where, change: count("UNITS_ENTERED") - count("UNITS_LEFT") }).toEqual({ unitId, tree, where, change });
        }
      }
  });
}

test("one character more or less in anything that is kept changes the digest", async () => {
  const [row] = await database.raw("SELECT id FROM vintage");
  const id = String(row!.id);
  const { vintage, content } = await database.read(async (stores) => ({
    vintage: (await stores.vintages.byIds([id])).get(id)!,
    content: await stores.vintages.content(id),
  }));
  expect(await digestOf(vintage, content)).toBe(vintage.digest);
  const [definition, dossier] = [content.definitions[0]!, content.dossiers[0]!];
  const cell = content.cells[0]!;
  const damaged = await Promise.all([
    digestOf({ ...vintage, title: `${vintage.title}.` }, content),
    digestOf({ ...vintage, publishedBy: "somebody else" }, content),
    digestOf({ ...vintage, publishedByToken: "another" }, content),
    digestOf({ ...vintage, publishedByUnit: "another" }, content),
    digestOf(vintage, { ...content, definitions: [{ ...definition, content: `${definition.content} ` }, ...content.definitions.slice(1)] }),
    digestOf(vintage, { ...content, dossiers: [{ ...dossier, records: "[]" + dossier.records }, ...content.dossiers.slice(1)] }),
    digestOf(vintage, { ...content, dossiers: content.dossiers.slice(1) }),
    digestOf(vintage, { ...content, cells: [{ ...cell, tally: cell.tally.replace("}", ',"members":1}') }, ...content.cells.slice(1)] }),
  ]);
  expect(new Set([vintage.digest, ...damaged]).size).toBe(9);
});
