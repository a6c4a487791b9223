import { type Caller } from "../../src/domain/ground/caller.js";
import { type RowDraft } from "../../src/intake/records/reading.js";
import { submit } from "../../src/intake/records/submit.js";
import { changeBy } from "../../src/work/change.js";
import { type Asked, perform } from "../../src/work/performed.js";
import { RECORD_INSTANTS } from "../../src/work/stored-answer.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { caller, Desk, draft, noon, report, schoolYear, TODAY } from "../desk.js";

/** A change as an import makes it that knows nothing of GraphQL: rows, a key, who sends them. */
let database: TestDatabase;
let desk: Desk;
let recorder: Caller;
beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  await desk.register(
    draft.province("P"),
    ...["D", "E"].map((code) => draft.district(code, "P")),
    draft.union("U", "D"),
    ...["S1", "S2"].map((code) => draft.school(code, "U")),
  );
  await desk.openYear(schoolYear(2024));
  recorder = caller("RECORDER", await desk.id("D"));
});
afterEach(() => database.close());

const send = (rows: RowDraft[], asked: Partial<Asked> = {}, by = recorder) => {
  const change = changeBy(by, noon(TODAY));
  const usual = { words: ["import", rows], idempotencyKey: "k", dryRun: false, effects: true, judging: false };
  return perform(database, change, { ...usual, ...asked }, { record: RECORD_INSTANTS }, (stores) => submit(stores, change, rows));
};
const keys = async () => (await database.raw("SELECT id FROM idempotency_key")).length;

test("rows under a key are stored once, and answered as they were answered then", async () => {
  const rows = [report.conference("S1"), report.conference("S2", { present: 90 })];
  const first = await send(rows);
  expect(first.results.map(({ outcome, problems }) => [outcome, ...problems.map(({ field }) => field)])).toEqual([
    ["STORED"],
    ["REJECTED", "present"],
  ]);
  expect(first.replayed).toBe(false);
  expect(first.changes!.map(({ unit, schoolYear: label }) => `${unit.code} ${label}`)).toEqual([
    "S1 2024-2025",
    "U 2024-2025",
    "D 2024-2025",
  ]);
  expect(await send(rows)).toEqual({ ...first, replayed: true });
  expect(first.results[0]!.result!.record!.recordedAt).toEqual(noon(TODAY));
  expect(await keys()).toBe(1);
  expect(await desk.send(report.conference("S1", { present: 29 }))).toMatchObject({ outcome: "REJECTED" });
});

test("a key stands for the words, the caller and nothing else; what is tried or refused leaves none", async () => {
  const rows = [report.conference("S1")];
  expect(await send(rows, { dryRun: true })).toMatchObject({ results: [{ outcome: "STORED" }], replayed: false });
  expect(await send([report.conference("S1", { present: 90 })])).toMatchObject({ results: [{ outcome: "REJECTED" }] });
  expect(await keys()).toBe(0);
  expect(await send(rows, { effects: false })).toMatchObject({ changes: null, replayed: false });
  await expect(send(rows, { words: ["import", []] })).rejects.toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
  expect(await send(rows, { dryRun: true })).toMatchObject({ replayed: false });
  expect(await send(rows, {}, { ...recorder, tokenId: "another" })).toMatchObject({ results: [{ outcome: "UNCHANGED" }], replayed: false });
  await expect(send(rows, { idempotencyKey: "" })).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
});

test("of what a change came to a caller is told what it may see, now", async () => {
  const rows = [report.conference("S1"), report.conference("S2")];
  await send(rows);
  await desk.move("U", "E", "2025-01-01");
  await desk.register(draft.union("V", "D"));
  await desk.move("S2", "V", "2025-01-02");
  const { results, changes, replayed } = await send(rows);
  expect(replayed).toBe(true);
  expect(results.map(({ outcome, result }) => [outcome, result?.record?.kind ?? null])).toEqual([
    ["STORED", null],
    ["STORED", "conference"],
  ]);
  expect(changes!.map(({ unit }) => unit.code)).toEqual(["S2", "D"]);
});
