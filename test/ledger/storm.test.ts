import { type Caller } from "../../src/domain/ground/caller.js";
import { type StoredRecord } from "../../src/domain/records/record.js";
import { sum } from "../../src/domain/counting/tally.js";
import { audit } from "../../src/ledger/audit.js";
import type { RecordDraft } from "../../src/intake/records/reading.js";
import type { RowResult } from "../../src/intake/records/batch.js";
import { tallies } from "../../src/rollup/tallies.js";
import { diceFor } from "../../src/seeding/demonstration/dice.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { caller, Desk, draft, noon, refusals, report, schoolYear, TODAY } from "../desk.js";
import { type RollupKey } from "../../src/domain/figures/rollup.js";

const WRITERS = 20;
const DEEDS = 12;
const DISTRICTS = ["D1", "D2", "D3", "D4"] as const;
const UNIONS = ["U1", "U2", "U3", "U4", "U5"] as const;
const SCHOOLS = Array.from({ length: 40 }, (_, index) => `S${index + 1}`) as [string, ...string[]];
const isPrivate = (code: string) => Number(code.slice(1)) % 4 === 0;
const PRIVATE = SCHOOLS.filter(isPrivate) as [string, ...string[]];

let database: TestDatabase;
let desk: Desk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(draft.province("P"), ...DISTRICTS.map((code) => draft.district(code, "P")));
  await desk.register(...UNIONS.map((code, index) => draft.union(code, DISTRICTS[index % 4]!)));
  const owned = (code: string) => (isPrivate(code) ? { ownership: "PRIVATE" as const, schoolLevel: "PRESCHOOL" as const } : {});
  await desk.register(...SCHOOLS.map((code, index) => draft.school(code, UNIONS[index % 5]!, owned(code))));
  for (const first of [2023, 2024]) await desk.openYear(schoolYear(first));
  // What is found in them follows every posting below.
  await desk.submit(...["P", ...DISTRICTS, ...UNIONS, "S1"].map((code) => report.figure(code, { indicator: "members", value: 1 })));
});
afterAll(() => database.close());

/** What a client was told is stored: it may rely on it. */
type Acknowledged = Pick<StoredRecord, "recordId" | "version" | "state" | "content" | "recordedBy">;

/** Who waits until something more has been stored: before that, whoever looks sees the same again. */
let waiting: (() => void)[] = [];
const somethingStored = () => new Promise<void>((resolve) => waiting.push(resolve));
function tellStored(): void {
  const told = waiting;
  waiting = [];
  for (const goOn of told) goOn();
}

/** A district app in the storm: whatever it sends it sends until it is stored, as the answer tells it to. */
class App {
  readonly acknowledged: Acknowledged[] = [];
  private readonly desk: Desk;

  constructor(name: string, unitId: string) {
    const by: Caller = { ...caller("RECORDER", unitId), name };
    this.desk = new Desk(database, by);
  }

  /** Sends rows, and again those that somebody else had changed before. */
  async send(drafts: RecordDraft[]): Promise<void> {
    for (let open = drafts; open.length > 0;) {
      const results = await this.desk.submit(...open);
      for (const { outcome, record } of results) if (outcome === "STORED" && record) this.acknowledged.push(record);
      tellStored();
      open = open.flatMap((sent, row) => again(sent, results[row]!));
    }
  }

  async withdrawSomething(kind: string): Promise<void> {
    const known = this.acknowledged.find(({ state }) => state === "STANDING");
    if (!known) return;
    const { outcome, record } = await this.desk.withdraw(kind, known.recordId);
    if (outcome === "STORED" && record) this.acknowledged.push(record);
  }
}

function again(sent: RecordDraft, result: RowResult): RecordDraft[] {
  if (result.outcome !== "REJECTED") return [];
  expect(refusals(result)).toEqual(["VERSION_CONFLICT expectedVersion"]);
  return [{ ...sent, expectedVersion: result.record!.state === "STANDING" ? result.record!.version : null }];
}

async function writer(number: number, unitId: string): Promise<App> {
  const name = `app ${number}`;
  const app = new App(name, unitId);
  const dice = diceFor(name);
  for (let deed = 0; deed < DEEDS; deed++) {
    const school = dice.pick(SCHOOLS);
    const mark = { remark: `${name}, ${deed}` };
    const kind = dice.between(0, 5);
    if (kind <= 1) await app.send([report.conference(school, { ...mark, present: dice.between(15, 28), votesFor: 15 })]);
    else if (kind === 2) await app.send([report.membership(school, dice.between(10, 1_000) * 100 + number)]);
    else if (kind === 3) {
      const schools = [...new Set(Array.from({ length: dice.pick([4, 8, 50]) }, () => dice.pick(SCHOOLS)))];
      await app.send(schools.flatMap((code) => [report.conference(code, mark), report.membership(code, deed * 100 + number)]));
    } else if (kind === 4) {
      const schools = Array.from({ length: 3 }, () => dice.pick(PRIVATE));
      await app.send([report.agreement(dice.pick(UNIONS), { ...mark, schools, reference: `0${dice.between(1, 2)}` })]);
    } else await app.withdrawSomething("conference");
  }
  return app;
}

/** Moves, closes, opens and directs meanwhile. */
async function steward(): Promise<void> {
  const dice = diceFor("steward");
  for (let deed = 0; deed < 24; deed++) {
    const deeds = [
      () => desk.move(dice.pick(UNIONS), dice.pick(DISTRICTS), "2024-11-01"),
      () => desk.move(dice.pick(SCHOOLS), dice.pick(UNIONS), "2025-02-01"),
      () =>
        desk.send(
          report.directive(
            dice.pick(DISTRICTS),
            [{ indicator: "staffConferenceCompletion", schoolYear: "2024-2025", deadline: "2024-09-20" }],
            { number: `${deed}` },
          ),
        ),
      () => desk.register(draft.school(`N${deed}`, dice.pick(UNIONS))),
      () => desk.close(`N${dice.between(0, 23)}`, "2025-05-01"),
      () => desk.update(dice.pick(SCHOOLS), { autonomyGroup: null, schoolLevel: dice.chance(0.5) ? "PRIMARY" : "SPECIAL" }),
    ];
    await deeds[deed % deeds.length]!();
    tellStored();
  }
}

/** Reads the province and its districts, in one statement, after each change while others are under way, until the storm is over. */
async function reader(isOver: () => boolean): Promise<number> {
  const codes = ["P", ...DISTRICTS];
  const ids = await database.read((stores) => stores.unitReader.idsByCode(codes));
  const keys = codes.map((code, index): RollupKey => ({
    unitId: ids.get(code)!,
    level: index === 0 ? "PROVINCE" : "DISTRICT",
    schoolYear: schoolYear(2024),
    where: { schoolLevel: null, ownership: null },
    tree: "OF_THE_YEAR",
  }));
  const own = await database.read(async (stores) => (await stores.ledger.dossiers([ids.get("P")!], ["2024-2025"]))[0]!.tally);
  const seen = new Set<string>();
  while (!isOver()) {
    const [province, ...districts] = await database.read((stores) => tallies(stores, keys, TODAY));
    expect(districts.reduce(sum, own)).toEqual(province);
    seen.add(JSON.stringify(province));
    if (!isOver()) await somethingStored();
  }
  return seen.size;
}

/** Audits again and again, each time the ledger of one instant. */
async function auditing(isOver: () => boolean): Promise<number> {
  let audits = 0;
  for (; !isOver(); audits++) {
    expect((await audit(database)).differences).toEqual([]);
    for (let changes = 0; changes < 10 && !isOver(); changes++) await somethingStored();
  }
  return audits;
}

test("in a storm of 20 writers, a steward and readers nothing is lost, doubled or torn", async () => {
  const province = await desk.id("P");
  let over = false;
  const readers = [reader(() => over), reader(() => over)];
  const auditor = auditing(() => over);
  const storm = Promise.all([steward(), ...Array.from({ length: WRITERS }, (_, number) => writer(number, province))]).finally(() => {
    over = true;
    tellStored();
  });
  const seen = await Promise.all(readers);
  const [, ...apps] = await storm;
  expect(await auditor).toBeGreaterThan(1);

  const told = apps
    .flatMap(({ acknowledged }) => acknowledged)
    .map(({ recordId, version, state, content, recordedBy }) => ({ recordId, version, state, content, recordedBy }));
  const ids = [...new Set(told.map(({ recordId }) => recordId))];
  const kept = await database.read((stores) => stores.records.versions(ids.map((recordId) => ({ recordId, from: 1, to: 1_000_000 }))));
  const place = ({ recordId, version }: { recordId: string; version: number }) => `${recordId} ${String(version).padStart(4)}`;
  const inOrder = <T extends Acknowledged>(list: T[]) => list.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  expect(
    inOrder(kept.map(({ recordId, version, state, content, recordedBy }) => ({ recordId, version, state, content, recordedBy }))),
  ).toEqual(inOrder(told));
  const newest = await database.read((stores) => stores.records.byIds(ids));
  for (const id of ids) expect(newest.get(id)!.version).toBe(kept.filter(({ recordId }) => recordId === id).length);

  expect(told.length).toBeGreaterThan(WRITERS * DEEDS);
  expect(Math.min(...seen)).toBeGreaterThan(5);
  expect((await audit(database)).differences).toEqual([]);
}, 600_000);

describe("20 first submissions of one record at once", () => {
  const store = (drafts: RecordDraft[]) => Promise.all(drafts.map((sent) => desk.send(sent)));

  test("store it once when they are equal; the others hear that nothing changed", async () => {
    const sent = report.conference("S1", { remark: "once" }, { schoolYear: "2023-2024" });
    const results = await store(Array<RecordDraft>(20).fill({ ...sent, content: { ...sent.content, heldOn: "2023-09-25" } }));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(["STORED", ...Array<string>(19).fill("UNCHANGED")]);
    expect(new Set(results.map(({ record }) => `${record!.recordId} ${record!.version}`)).size).toBe(1);
  });

  test("store the first when they differ; the others are told which version stands", async () => {
    const results = await store(
      Array.from({ length: 20 }, (_, index) => report.membership("S2", 10 + index, {}, { schoolYear: "2023-2024" })),
    );
    const winner = results.find(({ outcome }) => outcome === "STORED")!;
    expect(results.filter(({ outcome }) => outcome === "STORED")).toEqual([winner]);
    for (const result of results.filter((other) => other !== winner)) {
      expect(refusals(result)).toEqual(["VERSION_CONFLICT expectedVersion"]);
      expect(result.record).toEqual({ ...winner.record, recordedAt: noon(TODAY) });
    }
    expect((await desk.tally("S2", "2023-2024")).members).toBe(winner.record!.content.membersClosing);
  });
});
