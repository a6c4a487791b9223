import fc from "fast-check";
import { Desk, administrator } from "../desk.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { type Known, plant, plantPast } from "./forest.js";
import { type Answer, histories, MERGED, type Step, take, verbNames } from "./histories.js";
import { expectLaws } from "./laws.js";
import { expectUntouched, type Figures, figuresNow, FREE } from "./untouched.js";
import { expectOwnPast, expectRightlyRefused, judged } from "./verdicts.js";
import { isLocked, type Locked, lockedNow } from "./locks.js";

const RUNS = Number(process.env.TONGHOP_TEST_RUNS ?? 8);
const SEED = Number(process.env.TONGHOP_TEST_SEED ?? 20_241_123);
const STEPS = 120;
/** After so many steps the laws are looked at. */
const LOOK = 30;

let database: TestDatabase;
/** Which verb ended how. */
const outcomes = new Set<string>();
const successions = new Set<string>();
/** Which checks found something, and whether it was open. */
const findings = new Set<string>();

/** The steps that locks are to stop. */
const RECORDING: readonly Step["verb"][] = ["record", "batch", "withdraw"];
/** Whose branch a step is taken from; of `null` that of an administrator. */
const CALLERS = [null, null, null, "CB", "CB", "HN", "HN", "HN-TT"];
/** How often which reason stood in the way. */
const codes = new Map<string, number>();

/** A closing also ends what had been opened again after an earlier one, and who merges units takes their records along: these versions are their own doing. */
const VERSIONS = `SELECT COUNT(*) AS versions FROM record_version WHERE reason IS NULL OR reason NOT IN ('The period was closed again.', '${MERGED}')`;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("after any history the ledger equals its rebuild, parents their children, filters their dossiers and today's tree the year's", async () => {
  const property = fc.asyncProperty(histories(STEPS, STEPS / 2), async (steps) => {
    await database.empty();
    const office = new Desk(database, administrator, "2024-10-15");
    const known = await plant(office);
    await plantPast(office, known);
    let figures = await database.read(figuresNow);
    for (const [index, step] of steps.entries()) {
      figures = await takeWatched(step, known, figures);
      if (index % LOOK !== LOOK - 1) continue;
      await expectLaws(database, known.today);
      for (const { kind } of await database.raw("SELECT DISTINCT kind FROM succession")) successions.add(String(kind));
      for (const { check_key: check, is_open: open } of await database.raw("SELECT check_key, is_open FROM finding"))
        findings.add(String(check)).add(Number(open) === 1 ? "OPEN" : "ACKNOWLEDGED");
    }
    await expectLaws(database, known.today);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, unbiased: true });
}, 600_000);

test("the histories stored and refused something of every verb, or they would prove little", () => {
  const expected = verbNames.filter((verb) => verb !== "wait").flatMap((verb) => [`${verb} STORED`, `${verb} REJECTED`]);
  expect(expected.filter((outcome) => !outcomes.has(outcome))).toEqual([]);
  expect([...successions].sort()).toEqual(["MERGED", "REPLACED", "SPLIT"]);
});

test("the histories left findings of many checks, open ones and acknowledged ones, or the audit of them would prove little", () => {
  const expected = ["ACKNOWLEDGED", "MEMBERSHIP_DOES_NOT_BALANCE", "NOTHING_REPORTED", "OPEN", "PUBLISHED_DIFFERS", "QUORUM_NOT_MET"];
  expect([...findings].sort()).toEqual(expect.arrayContaining([...expected, "REPORT_LATE"]));
});

test("the locks stood in the way of something, or they would prove little", () => {
  expect(codes.get("PERIOD_LOCKED")).toBeGreaterThan(20);
});

test("refusals and the steps of stewards were looked at again, or the oracle of the past and of the locks would prove little", () => {
  expect(judged.get("own")).toBeGreaterThan(50);
  expect(judged.get("FORBIDDEN")).toBeGreaterThan(5);
  expect(judged.get("PERIOD_LOCKED")).toBeGreaterThan(5);
  expect(judged.get("late")).toBeGreaterThan(0);
});

/**
 * A step tried first and then taken: the answers are the same, and only what was stored has changed anything; it was stored or refused by the
 * rules of the past and of the locks. Answers the figures that it left.
 */
async function takeWatched(step: Step, known: Known, figures: Figures): Promise<Figures> {
  const office = new Desk(database, administrator, known.today);
  const top = CALLERS[step.numbers.at(-1)! % CALLERS.length]!;
  const desk = top === null ? office : await office.of("STEWARD", top);
  const before = step.tried ? await database.dump() : null;
  const tried = step.tried ? await take(step, desk.trying(), known) : null;
  if (before) expect(await database.dump()).toEqual(before);
  const versions = await database.raw(VERSIONS);
  const locked = RECORDING.includes(step.verb) ? await lockedNow(database) : null;
  const answers = await take(step, desk, known);
  if (tried) expect(withoutIds(tried)).toEqual(withoutIds(answers));
  for (const { outcome } of answers) outcomes.add(`${step.verb} ${outcome}`);
  if (locked) await expectLocksHeld(locked);
  for (const { problems = [] } of answers) for (const { code } of problems) codes.set(code, (codes.get(code) ?? 0) + 1);
  const stored = answers.filter(({ outcome }) => outcome === "STORED");
  if (before && stored.length === 0) expect(await database.dump()).toEqual(before);
  const records = stored.flatMap(({ record }) => record ?? []);
  const [after] = await database.raw(VERSIONS);
  expect(Number(after?.versions) - Number(versions[0]?.versions)).toBe(records.length);
  const kept = await database.read((stores) => stores.records.byIds(records.map(({ recordId }) => recordId)));
  expect(records.map(({ recordId }) => kept.get(recordId))).toEqual(records);
  await expectRightlyRefused(desk, step, known, { ...figures, places: locked?.places ?? new Set() }, answers);
  if (stored.length === 0) return figures;
  const left = await database.read(figuresNow);
  if (!FREE.includes(step.verb)) expectUntouched(step.verb, figures, left);
  await expectOwnPast(desk, step, { before: figures, after: left }, answers);
  return left;
}

/** A locked record stays as it is, and no record comes to where nothing may change. */
async function expectLocksHeld(before: Locked): Promise<void> {
  const { after, years } = await database.read(async (stores) => {
    const ids = (await database.raw("SELECT id FROM record")).map(({ id }) => String(id));
    return {
      after: await stores.records.byIds(ids),
      years: await stores.schoolYears.all(),
    };
  });
  for (const id of before.ids) expect(after.get(id)).toEqual(before.records.get(id));
  const changed = [...after.values()].filter(({ recordId, version }) => before.records.get(recordId)?.version !== version);
  expect(changed.filter((record) => record.state === "STANDING" && isLocked(record, before.places, years))).toEqual([]);
}

function withoutIds(answers: Answer[]): unknown {
  return JSON.parse(JSON.stringify(answers).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id"));
}
