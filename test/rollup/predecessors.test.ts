import { indicatorByKey } from "../../src/domain/figures/catalogue.js";
import { audit } from "../../src/ledger/audit.js";
import { leftOutCounts } from "../../src/rollup/left-out.js";
import { openTestDatabase, type TestDatabase } from "../database.js";
import { Desk, draft, refusals, report, schoolYear } from "../desk.js";

let database: TestDatabase;
let desk: Desk;

const DAY = "2025-03-01";

/** OLD, in the first district, merges into NEW, in the second; a union has each of them. Both reported the year before. */
beforeEach(async () => {
  database ??= await openTestDatabase();
  await database.empty();
  desk = new Desk(database);
  const done = [
    ...(await desk.register(
      draft.province("P"),
      ...["1", "2"].flatMap((of) => [draft.district(`D${of}`, "P"), draft.union(`U${of}`, `D${of}`)]),
      draft.school("OLD", "U1"),
      draft.school("NEW", "U2"),
      draft.school("THIRD", "U2"),
    )),
    await desk.openYear(schoolYear(2023)),
    await desk.openYear(schoolYear(2024)),
    await desk.close("OLD", DAY, null, { reason: "MERGED", successors: ["NEW"] }),
  ];
  expect(done.flatMap(refusals)).toEqual([]);
});
afterEach(async () => expect((await audit(database)).differences).toEqual([]));
afterAll(() => database.close());

type More = Parameters<typeof report.membership>[3];
/** 20 members, 10 admitted, all of them to NEW; and 50 gifts. */
const ofOld = (code = "OLD", more: More = {}) => [
  report.membership(code, 20, { admitted: 10, structuralLoss: 30, membersClosing: 0, workersClosing: 0 }, more),
  activity(code, 50, null, more),
  report.conference(code, {}, more),
];
/** 100 members of its own, 3 admitted; with those of OLD, or without. */
const ofNew = (included: boolean | null, more: More = {}, code = "NEW") =>
  included
    ? report.membership(code, 120, { admitted: 13, membersClosing: 133, workersClosing: 140, includesPredecessors: true }, more)
    : report.membership(
        code,
        100,
        { admitted: 3, structuralGain: 30, membersClosing: 133, workersClosing: 140, includesPredecessors: included },
        more,
      );

function activity(code: string, gifts: number, included: boolean | null, more: More = {}) {
  const welfare = [{ paidBy: "UNION", gifts, recipients: gifts, amount: 1_000 * gifts }];
  const content = { policyApplied: true, communicationSessions: 4, communicationTurns: 60, welfare, includesPredecessors: included };
  return { ...report.conference(code), kind: "activityReport", content, ...more };
}

const MEASURES = [
  "membersAtStart",
  "membersAdmitted",
  "membersStructuralGain",
  "membersStructuralLoss",
  "members",
  "welfareGifts",
] as const;
async function figuresOf(code: string) {
  const tally = await desk.tally(code);
  return MEASURES.map((measure) => tally[measure] ?? 0);
}
const send = async (...rows: Parameters<Desk["submit"]>) => expect((await desk.submit(...rows)).flatMap(refusals)).toEqual([]);
/** What NEW and OLD come to together, as far as the one includes the other. */
const APART = [120, 13, 30, 30, 133, 57];
const TOGETHER = [120, 13, 0, 0, 133, 57];

async function expectBalanced(code: string) {
  const {
    membersAtStart = 0,
    membersAdmitted = 0,
    membersStructuralGain = 0,
    membersStructuralLoss = 0,
    members = 0,
  } = await desk.tally(code);
  expect([code, membersAtStart + membersAdmitted + membersStructuralGain - membersStructuralLoss]).toEqual([code, members]);
}

test("a successor that does not include its predecessor counts beside it", async () => {
  await send(...ofOld(), ofNew(false), activity("NEW", 7, false));
  expect(await figuresOf("P")).toEqual(APART);
  expect(await figuresOf("OLD")).toEqual([20, 10, 0, 30, 0, 50]);
  expect((await desk.tally("OLD")).recordsReported).toBe(3);
});

test("one that includes it counts alone: opening, gains and losses come to the members of it and of all above", async () => {
  await send(...ofOld(), ofNew(true), activity("NEW", 57, true));
  expect(await figuresOf("P")).toEqual(TOGETHER);
  for (const code of ["NEW", "U2", "D2"]) expect([code, await figuresOf(code)]).toEqual([code, TOGETHER]);
  for (const code of ["OLD", "U1", "D1"]) expect([code, await figuresOf(code)]).toEqual([code, [0, 0, 0, 0, 0, 0]]);
  for (const code of ["NEW", "U2", "D2", "P"]) await expectBalanced(code);
  // Its reports stay; its conference is its own.
  expect(await desk.tally("OLD")).toEqual({
    ...{ conferenceConvened: 30, conferencePresent: 28, staffConferencesCalled: 1, staffConferencesValidAtFirstCall: 1 },
    ...{ recordsReported: 1, membershipReportInSuccessor: 1, activityReportInSuccessor: 1 },
  });
  const held = await database.read(async (stores) => stores.records.heldBy([await desk.id("OLD")], ["membershipReport", "activityReport"]));
  expect(held.map(({ record }) => record.state)).toEqual(["STANDING", "STANDING"]);
});

test("each kind of report says it for itself", async () => {
  await send(...ofOld(), ofNew(false), activity("NEW", 57, true));
  expect(await figuresOf("P")).toEqual(APART);
  expect(await figuresOf("OLD")).toEqual([20, 10, 0, 30, 0, 0]);
});

test("whoever reports first: what the predecessor reports afterwards, or corrects, adds nothing", async () => {
  await send(ofNew(true), activity("NEW", 57, true));
  expect(await figuresOf("P")).toEqual(TOGETHER);
  await send(...ofOld());
  expect(await figuresOf("P")).toEqual(TOGETHER);
  await send(activity("OLD", 90, null, { expectedVersion: 1 }));
  expect(await figuresOf("P")).toEqual(TOGETHER);
});

test("corrected or withdrawn the predecessor counts again", async () => {
  await send(...ofOld(), ofNew(true), activity("NEW", 57, true));
  await send(ofNew(false, { expectedVersion: 1 }), activity("NEW", 7, false, { expectedVersion: 1 }));
  expect(await figuresOf("P")).toEqual(APART);
  await send(ofNew(true, { expectedVersion: 2 }));
  expect(await figuresOf("D1")).toEqual([0, 0, 0, 0, 0, 50]);
  const { record } = await desk.send(ofNew(true, { expectedVersion: 3 }));
  expect(refusals(await desk.withdraw("membershipReport", record!.recordId))).toEqual([]);
  expect(await figuresOf("D1")).toEqual([20, 10, 0, 30, 0, 50]);
  expect((await desk.trying().send(ofNew(true, { expectedVersion: 4 }))).outcome).toBe("STORED");
  expect(await figuresOf("D1")).toEqual([20, 10, 0, 30, 0, 50]);
});

describe("when the facts of the units change", () => {
  beforeEach(() => send(...ofOld(), ofNew(true), activity("NEW", 57, true)));
  const gone = [0, 0, 0, 0, 0, 0];
  const back = [20, 10, 0, 30, 0, 50];

  test("another successor of the same end includes nothing", async () => {
    expect(refusals(await desk.close("OLD", DAY, null, { reason: "MERGED", successors: ["THIRD"] }))).toEqual([]);
    expect(await figuresOf("D1")).toEqual(back);
    expect(refusals(await desk.close("OLD", DAY, null, { reason: "SPLIT", successors: ["THIRD", "NEW"] }))).toEqual([]);
    expect(await figuresOf("D1")).toEqual(gone);
  });

  test("the end of a unit that stands on the reference date is of no predecessor", async () => {
    expect(refusals(await desk.reopen("OLD", DAY))).toEqual([]);
    expect((await figuresOf("D1")).slice(0, 2)).toEqual([20, 10]);
    expect(refusals(await desk.close("OLD", "2025-06-01", null, { reason: "MERGED", successors: ["NEW"] }))).toEqual([]);
    expect((await figuresOf("D1")).slice(0, 2)).toEqual([20, 10]);
    expect(refusals(await desk.close("OLD", "2025-05-31", null, { reason: "MERGED", successors: ["NEW"] }))).toEqual([]);
    expect(await figuresOf("D1")).toEqual(gone);
  });

  test("nor is that of one that ended when no day of the year had begun", async () => {
    await desk.reopen("OLD", DAY);
    expect(refusals(await desk.close("OLD", "2024-06-01", null, { reason: "MERGED", successors: ["NEW"] }))).toEqual([]);
    expect(await figuresOf("D1")).toEqual(gone);
    expect(await desk.tally("OLD")).toEqual({});
  });

  test("other days of a school year decide anew", async () => {
    expect(refusals(await desk.correctYear("2024-2025", { referenceDate: "2025-02-15" }))).toEqual([]);
    expect((await figuresOf("D1")).slice(0, 2)).toEqual([20, 10]);
    expect(refusals(await desk.correctYear("2024-2025", { referenceDate: "2025-05-31" }))).toEqual([]);
    expect(await figuresOf("D1")).toEqual(gone);
  });
});

test("in a chain each says it of those that it followed itself", async () => {
  await send(...ofOld(), ofNew(true));
  expect(refusals(await desk.close("NEW", "2025-04-01", null, { reason: "MERGED", successors: ["THIRD"] }))).toEqual([]);
  expect(await figuresOf("P")).toEqual([120, 13, 0, 0, 0, 50]);
  const all = { admitted: 14, membersClosing: 334, workersClosing: 350, includesPredecessors: true };
  await send(report.membership("THIRD", 320, all));
  expect(await figuresOf("P")).toEqual([320, 14, 0, 0, 334, 50]);
  await expectBalanced("P");
  // The second no longer includes the first: that counts again, the second does not.
  await send(ofNew(false, { expectedVersion: 1 }));
  expect(await figuresOf("P")).toEqual([340, 24, 0, 30, 334, 50]);
});

test("who is in a successor's report is left out of what happened in the year for that reason", async () => {
  await send(...ofOld(), ofNew(true));
  const counts = async (code: string, key: string) =>
    database.read(async (stores) => {
      const schoolYears = await stores.schoolYears.all();
      const unitId = await desk.id(code);
      const level = (await stores.unitReader.levels([unitId])).get(unitId)!;
      const of = {
        unitId,
        level,
        schoolYear: schoolYears.at(-1)!,
        where: { schoolLevel: null, ownership: null },
        tree: "OF_THE_YEAR" as const,
      };
      const [found] = await leftOutCounts(stores, [{ of, indicator: indicatorByKey(key)! }], desk.today);
      return [found!.CLOSED, found!.IN_SUCCESSOR_REPORT];
    });
  for (const code of ["OLD", "D1", "P"]) expect([code, await counts(code, "membersAdmitted")]).toEqual([code, [0, 1]]);
  expect(await counts("D2", "membersAdmitted")).toEqual([0, 0]);
  // How things stand, and what it still counts itself.
  expect(await counts("P", "members")).toEqual([1, 0]);
  expect(await counts("P", "welfareGifts")).toEqual([0, 0]);
});
