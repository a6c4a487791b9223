import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;
beforeEach(async () => {
  database = await openTestDatabase();
  desk = new Desk(database);
  const unions = ["A", "B", "C"].map((code) => draft.union(code, "D"));
  const done = await desk.register(draft.province("P"), draft.district("D", "P"), draft.district("E", "P"), ...unions);
  expect([done.flatMap(refusals), refusals(await desk.openYear(schoolYear(2024)))]).toEqual([[], []]);
});
afterEach(() => database.close());

const DAY = "2025-02-01";
const merged = (into: string, code = "A", on = DAY) => desk.close(code, on, null, { reason: "MERGED", successors: [into] });
const successions = async () =>
  (
    await database.raw(
      "SELECT p.code AS a, s.code AS b, on_day, kind FROM succession JOIN unit p ON p.id = predecessor_id JOIN unit s ON s.id = successor_id ORDER BY a, b",
    )
  ).map(({ a, b, on_day, kind }) => `${String(a)} ${String(b)} ${String(on_day)} ${String(kind)}`);
const turnover = async (code = "P") =>
  Object.fromEntries(Object.entries(await desk.tally(code)).filter(([measure]) => /nions(Ended|Founded)|^grassroots/.test(measure)));

test("a union that is closed counts as ended, by its reason, at every level above it and in both trees", async () => {
  expect(refusals(await desk.close("A", DAY, null, { reason: "DISSOLVED_BUDGET_100" }))).toEqual([]);
  for (const code of ["D", "P"]) expect(await turnover(code)).toEqual({ grassrootsUnions: 2, unionsEndedDissolvedBudget: 1 });
  expect(await turnover("A")).toEqual({ unionsEndedDissolvedBudget: 1 });
  expect(await desk.tally("D", "2024-2025", {}, "TODAY")).toEqual(await desk.tally("D"));
  expect(await desk.tally("D", "2024-2025", { schoolLevel: "PRIMARY" })).toEqual({});
});

test("a merger: the new union is not founded, whether it was named by the closing or at its own registration", async () => {
  await desk.register(draft.union("N", "D", { openedOn: DAY, predecessors: ["A", "B"] }));
  expect(await turnover()).toEqual({ grassrootsUnions: 4 });
  expect(await successions()).toEqual([`A N ${DAY} MERGED`, `B N ${DAY} MERGED`]);
  expect(refusals(await desk.close("A", DAY, null, { reason: "MERGED" }))).toEqual([]);
  expect(refusals(await merged("N", "B"))).toEqual([]);
  expect(await turnover()).toEqual({ grassrootsUnions: 2, unionsEndedMerged: 2 });

  await desk.register(draft.union("M", "D", { openedOn: DAY }));
  expect(await turnover()).toMatchObject({ unionsFounded: 1 });
  expect(refusals(await merged("M", "C"))).toEqual([]);
  expect(await turnover()).toEqual({ grassrootsUnions: 2, unionsEndedMerged: 3 });
});

test("reopened on the day of its closing, the reason and the successors are taken back, and the other is founded again", async () => {
  await desk.register(draft.union("M", "D", { openedOn: DAY }));
  await merged("M");
  expect(refusals(await desk.reopen("A", DAY))).toEqual([]);
  expect([await turnover(), await successions()]).toEqual([{ grassrootsUnions: 4, unionsFounded: 1 }, []]);
  await merged("M");
  expect(refusals(await desk.reopen("A", DAY, "E"))).toEqual([]);
  expect([await turnover(), await successions()]).toEqual([{ grassrootsUnions: 4, unionsFounded: 1 }, []]);
  expect(await database.raw("SELECT end_reason FROM placement WHERE end_reason IS NOT NULL")).toEqual([]);
});

test("opened again later it ended all the same, and a move keeps the reason", async () => {
  await merged("B");
  await desk.reopen("A", "2025-04-01");
  expect(await turnover()).toEqual({ grassrootsUnions: 3, unionsFounded: 1, unionsEndedMerged: 1 });
  await desk.close("A", "2025-05-01", null, { reason: "SCHOOL_CLOSED" });
  await desk.move("A", "E", "2025-04-15");
  expect(await turnover("E")).toEqual({ unionsFounded: 1, unionsEndedMerged: 1, unionsEndedSchoolClosed: 1 });
  expect(await successions()).toEqual([`A B ${DAY} MERGED`]);
});

test("sent again for the same day the closing is corrected, without anything new it is unchanged", async () => {
  expect((await desk.close("A", DAY)).outcome).toBe("STORED");
  expect(await turnover()).toEqual({ grassrootsUnions: 2, unionsEndedOther: 1 });
  expect((await merged("B")).outcome).toBe("STORED");
  expect(await turnover()).toEqual({ grassrootsUnions: 2, unionsEndedMerged: 1 });
  expect((await merged("B")).outcome).toBe("UNCHANGED");
  expect((await desk.close("A", DAY)).outcome).toBe("UNCHANGED");
  expect((await desk.close("A", DAY, null, { reason: "SPLIT", successors: ["B", "C"] })).outcome).toBe("STORED");
  expect(await successions()).toEqual([`A B ${DAY} SPLIT`, `A C ${DAY} SPLIT`]);
  expect((await desk.close("A", DAY, null, { reason: "OTHER", successors: [] })).outcome).toBe("STORED");
  expect(await successions()).toEqual([]);
});

test("a reason that takes successors is refused without them, with all problems of those that are named", async () => {
  const close = async (reason: "MERGED" | "SPLIT" | "OTHER", successors: string[] | null) =>
    refusals(await desk.close("A", DAY, null, { reason, successors }));
  expect(await close("MERGED", null)).toEqual(["REQUIRED successors"]);
  expect(await close("SPLIT", ["B"])).toEqual(["REQUIRED successors"]);
  expect(await close("SPLIT", ["B", "B"])).toEqual(["REQUIRED successors"]);
  await desk.register(draft.union("LATE", "D", { openedOn: "2025-02-02" }));
  expect(await close("MERGED", ["A", "X", "D", "LATE"])).toEqual([
    "RULE successors.0",
    "UNIT_NOT_FOUND successors.1",
    "WRONG_LEVEL successors.2",
    "UNIT_CLOSED successors.3",
  ]);
  expect(await successions()).toEqual([]);
});

test("predecessors are of the same level and were there before; the same row sent again is unchanged", async () => {
  const row = (code: string, predecessors: string[]) => draft.union(code, "D", { openedOn: DAY, predecessors });
  const answers = await desk.register(row("N", ["A"]), row("N", ["A"]), row("O", ["D"]), row("Q", ["X"]), row("R", ["N"]));
  expect(answers.map(({ outcome, problems }) => [outcome, ...refusals({ problems })])).toEqual([
    ["STORED"],
    ["UNCHANGED"],
    ["REJECTED", "WRONG_LEVEL predecessors.0"],
    ["REJECTED", "UNIT_NOT_FOUND predecessors.0"],
    ["REJECTED", "UNIT_NOT_FOUND predecessors.0"],
  ]);
  expect(await successions()).toEqual([`A N ${DAY} SPLIT`]);
  expect((await desk.register(row("N", ["A"]))).map(({ outcome }) => outcome)).toEqual(["UNCHANGED"]);
  expect((await desk.register(row("N", ["B"]))).flatMap(refusals)).toEqual(["ALREADY_EXISTS code"]);
  expect((await desk.register(draft.union("S", "D", { openedOn: "2010-01-01", predecessors: ["A"] }))).flatMap(refusals)).toEqual([
    "RULE predecessors.0",
  ]);
});

test("the successor of a union that was dissolved is founded: its history is not merged silently", async () => {
  await desk.close("A", DAY, null, { reason: "DISSOLVED_BUDGET_100" });
  await desk.register(draft.union("A2", "D", { openedOn: "2025-05-01", predecessors: ["A"] }));
  expect(await successions()).toEqual(["A A2 2025-05-01 REPLACED"]);
  expect(await turnover()).toEqual({ grassrootsUnions: 3, unionsFounded: 1, unionsEndedDissolvedBudget: 1 });
});

test("nobody names a unit outside his branch as successor or predecessor", async () => {
  const steward = await desk.of("STEWARD", "D");
  await desk.register(draft.union("F", "E"));
  expect(refusals(await steward.close("A", DAY, null, { reason: "MERGED", successors: ["F"] }))).toEqual(["UNIT_NOT_FOUND successors.0"]);
  const [row] = await steward.register(draft.union("N", "D", { openedOn: DAY, predecessors: ["F"] }));
  expect(refusals(row!)).toEqual(["UNIT_NOT_FOUND predecessors.0"]);
});
