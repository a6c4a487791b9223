import fc from "fast-check";
import { Desk, administrator } from "../desk.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { type Known, plant } from "./forest.js";
import { type Answer, histories, type Step, take, verbNames } from "./histories.js";
import { expectLaws } from "./laws.js";

const RUNS = Number(process.env.TONGHOP_TEST_RUNS ?? 12);
const SEED = Number(process.env.TONGHOP_TEST_SEED ?? 20_241_122);
const STEPS = 120;
/** After so many steps the laws are looked at. */
const LOOK = 30;

let database: TestDatabase;
/** Which verb ended how. */
const outcomes = new Set<string>();
const successions = new Set<string>();
/** Which checks found something, and whether it was open. */
const findings = new Set<string>();

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("after any history the ledger equals its rebuild, parents their children, filters their dossiers and today's tree the year's", async () => {
  const property = fc.asyncProperty(histories(STEPS), async (steps) => {
    await database.empty();
    const known = await plant(new Desk(database, administrator, "2024-10-15"));
    for (const [index, step] of steps.entries()) {
      await takeWatched(step, known);
      if (index % LOOK !== LOOK - 1) continue;
      await expectLaws(database, known.today);
      for (const { kind } of await database.raw("SELECT DISTINCT kind FROM succession")) successions.add(String(kind));
    }
    await expectLaws(database, known.today);
    for (const { check, open } of await database.read(async (stores) => stores.findings.ofUnits(await stores.units.allIds())))
      findings.add(check).add(open ? "OPEN" : "ACKNOWLEDGED");
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, unbiased: true, interruptAfterTimeLimit: 120_000 });
}, 600_000);

test("the histories stored and refused something of every verb, or they would prove little", () => {
  const expected = verbNames.filter((verb) => verb !== "wait").flatMap((verb) => [`${verb} STORED`, `${verb} REJECTED`]);
  expect(expected.filter((outcome) => !outcomes.has(outcome))).toEqual([]);
  expect([...successions].sort()).toEqual(["MERGED", "REPLACED", "SPLIT"]);
});

test("the histories left findings of many checks, open ones and acknowledged ones, or the audit of them would prove little", () => {
  const expected = ["ACKNOWLEDGED", "OPEN", "AGREEMENT_EXPIRED", "AGREEMENT_OVERLAPS", "MEETINGS_TOO_FEW", "MEMBERSHIP_DOES_NOT_BALANCE"];
  expect([...findings].sort()).toEqual(expect.arrayContaining([...expected, "NOTHING_REPORTED", "QUORUM_NOT_MET", "REPORT_LATE"]));
});

/** A step tried first and then taken: the answers are the same, and only what was stored has changed anything. */
async function takeWatched(step: Step, known: Known): Promise<void> {
  const desk = new Desk(database, administrator, known.today);
  const before = step.tried ? await database.dump() : null;
  const tried = step.tried ? await take(step, desk.trying(), known) : null;
  if (before) expect(await database.dump()).toEqual(before);
  const versions = await database.raw("SELECT COUNT(*) AS versions FROM record_version");
  const answers = await take(step, desk, known);
  if (tried) expect(withoutIds(tried)).toEqual(withoutIds(answers));
  for (const { outcome } of answers) outcomes.add(`${step.verb} ${outcome}`);
  const stored = answers.filter(({ outcome }) => outcome === "STORED");
  if (before && stored.length === 0) expect(await database.dump()).toEqual(before);
  const records = stored.flatMap(({ record }) => record ?? []);
  const [after] = await database.raw("SELECT COUNT(*) AS versions FROM record_version");
  expect(Number(after?.versions) - Number(versions[0]?.versions)).toBe(records.length);
  const kept = await database.read((stores) => stores.records.byIds(records.map(({ recordId }) => recordId)));
  expect(records.map(({ recordId }) => kept.get(recordId))).toEqual(records);
}

function withoutIds(answers: Answer[]): unknown {
  return JSON.parse(JSON.stringify(answers).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id"));
}
